import { describe, expect, test } from "vitest";
import { COMPONENT_NUMBERS, MIXTURE_NUMBERS } from "../density/index.js";
import {
  FEATURE_SIZES,
  featureArrays,
  NORMAL_NUMBERS,
  normalCopula,
  writeFeatures,
  writeSmoothFeatures,
} from "../features/index.js";
import { order } from "../numerics/order.js";
import { FakeTensor, fakeNetwork, files, type Tensors } from "../testing/fake-network.js";
import { permutation } from "../testing/random.js";
import type { DifferentiableSample } from "./network.js";

const ranks = (n: number) => permutation(n, n);
const perm = (n: number) => ({ perm: ranks(n) });
const perms = (...sizes: number[]) => sizes.map(perm);

describe("graphs", () => {
  test("those that take the least time for the samples are chosen, and opened when they are first needed", async () => {
    const { network, log } = await fakeNetwork();
    expect(log.read).toEqual(["model.json", "weights"]);
    for (const count of [1, 2, 4, 1]) await network.run(Array.from({ length: count }, () => perm(9)));
    for (const count of [1, 2, 3, 8]) await network.values(Array.from({ length: count }, () => perm(9)));
    expect(log.runs.map(({ graph }) => graph)).toEqual([
      ...["values-two", "one", "values-two", "four"],
      ...["values-two", "four", "values-two", "four", "values-two", "one"],
      ...["values-two", "values-two", "values-two", "values-two", "values-eight"],
    ]);
    // A graph without weights and weights without a graph are a model together.
    expect(log.models).toEqual(["values-two", "one", "four", "values-eight"].map((name) => `${name}weights`));
  });

  test("more samples than the largest takes go through several", async () => {
    const { network, log } = await fakeNetwork();
    expect([network.largestBatch, network.largestDifferentiated]).toEqual([8, 2]);
    const sizes = [8, 9, 10, 11, 12, 13, 14, 15, 16];
    const { quantiles, mixtures } = await network.run(perms(...sizes), 16);
    expect(sizes.map((_, k) => quantiles[3 * k])).toEqual(sizes);
    expect(mixtures.map((numbers) => numbers?.[0])).toEqual([...new Array(8).fill(undefined), 16]);
    expect(log.runs.map(({ graph }) => graph)).toEqual(["values-eight", "values-two", "four"]);
  });

  test("a model without graphs of derivatives says so, and does the rest", async () => {
    const { gradients: _, ...parts } = files;
    const { network } = await fakeNetwork({ parts });
    const error = expect.objectContaining({
      code: "model",
      message:
        "model.json names no gradient graphs; add them with `npm run graphs`, or use a model that has them.",
    });
    expect(() => network.largestDifferentiated).toThrow(error);
    await expect(network.differentiate([])).rejects.toEqual(error);
    expect((await network.values([perm(8)]))[0]).toBe(8);
  });

  test.each(["read", "open"] as const)(
    "one that could not be %s is tried again by the next run",
    async (what) => {
      const { network, refuse } = await fakeNetwork();
      refuse[what] = "one";
      await expect(network.run([perm(8)])).rejects.toMatchObject({
        code: "model",
        message: expect.stringMatching(
          what === "read"
            ? /^one of the model cannot be read \(EIO\)/
            : /^one cannot be run \(no memory\); model\.json/,
        ),
      });
      expect((await network.run(perms(8, 9))).quantiles[0]).toBe(8);
      refuse[what] = undefined;
      expect((await network.run([perm(8)])).quantiles[0]).toBe(8);
    },
  );
});

describe("runs", () => {
  test("read the features of each sample in its slot; log n is finite in the slots that are not used", async () => {
    const { network, log } = await fakeNetwork();
    await network.run(perms(20, 30));
    const [{ feeds, n }, densities] = log.runs;
    const expected = featureArrays(2);
    [20, 30].forEach((n, slot) => void writeFeatures(ranks(n), expected, slot));
    for (const name of ["counts", "local", "spectrum"] as const)
      expect(feeds[name].data).toEqual(expected[name]);
    const shapes = (of: Tensors) => Object.entries(of).map(([name, { type, dims }]) => [name, type, dims]);
    const common = (batch: number) => [
      ["counts", "float32", [batch, 64, 64]],
      ["local", "float32", [batch, 64, expected.local.length / 128]],
      ["spectrum", "float32", [batch, expected.spectrum.length / 2]],
      ["n", "float32", [batch]],
    ];
    expect(n).toEqual([20, 30]);
    expect(shapes(feeds)).toEqual([...common(2), ["levels", "float32", [2]]]);
    // The same features, and the tokens that were made from them.
    expect(densities.n).toEqual([20, 30, 1, 1]);
    expect(shapes(densities.feeds)).toEqual([
      ...common(4),
      ["tokens", "float32", [4, 64, 2]],
      ["quantiles", "float32", [4, 3]],
      ["normal", "float32", [4, NORMAL_NUMBERS]],
    ]);
    for (const name of ["counts", "local", "spectrum"] as const) {
      expect(densities.feeds[name].data.subarray(0, expected[name].length)).toEqual(expected[name]);
    }
    expect(densities.feeds.tokens.data[128]).toBe(30);
    expect([...densities.feeds.quantiles.data.subarray(0, 6)]).toEqual([
      ...[20, 20 + 1 / 8192, 20 + 2 / 8192].map(Math.fround),
      ...[30, 30 + 1 / 8192, 30 + 2 / 8192].map(Math.fround),
    ]);
    const normal = new Float32Array(2 * NORMAL_NUMBERS);
    [20, 30].forEach((n, slot) => void normalCopula([ranks(n)], normal, slot * NORMAL_NUMBERS));
    expect(densities.feeds.normal.data.subarray(0, normal.length)).toEqual(normal);
    await network.values(perms(10, 11, 12, 13, 14));
    expect(log.runs[2].n).toEqual([10, 11, 12, 13, 14, 1, 1, 1]);
    await network.values(perms(40, 41, 42, 43, 44, 45));
    expect(log.runs[3].n).toEqual([40, 41, 42, 43, 44, 45, 1, 1]);
  });

  test("give the outputs of the samples alone, slot after slot", async () => {
    const { network } = await fakeNetwork();
    const { quantiles, mixtures } = await network.run(perms(20, 30, 40));
    expect([...quantiles]).toEqual([20, 30, 40].flatMap((n) => [n, n + 1 / 8192, n + 2 / 8192]));
    expect(mixtures.map((numbers) => numbers?.length)).toEqual([20, 30, 40].map(() => MIXTURE_NUMBERS));
    expect([mixtures[0]?.[0], mixtures[1]?.[1], mixtures[2]?.at(-1)]).toEqual(
      [20, 30 + 1 / 8192, 40 + (MIXTURE_NUMBERS - 1) / 8192].map(Math.fround),
    );
    expect(await network.values(perms(8, 9, 10))).toHaveLength(9);
  });

  test("leave the normal copula, the last component, out of what has levels or ties", async () => {
    const { network } = await fakeNetwork();
    const { mixtures } = await network.run([
      perm(20),
      { ...perm(30), levels: 3 },
      { ...perm(40), others: [permutation(1, 40)] },
    ]);
    const last = MIXTURE_NUMBERS - COMPONENT_NUMBERS;
    expect(mixtures.map((numbers) => numbers?.[last])).toEqual([
      Math.fround(20 + last / 8192),
      -Infinity,
      -Infinity,
    ]);
    expect(mixtures[1]?.[last - 1]).toBe(Math.fround(30 + (last - 1) / 8192));
  });

  test("make densities of those alone whose median reaches what was asked for", async () => {
    const { network, log } = await fakeNetwork();
    const { mixtures } = await network.run(perms(20, 30, 40, 50, 60, 70), 55);
    expect(mixtures.map((numbers) => numbers?.[0])).toEqual([...new Array(4).fill(undefined), 60, 70]);
    expect((await network.run(perms(20, 30), 25)).mixtures.map((numbers) => numbers?.[0])).toEqual([
      undefined,
      30,
    ]);
    expect((await network.run(perms(20, 30), Infinity)).mixtures).toEqual([undefined, undefined]);
    expect(log.runs.map(({ graph }) => graph)).toEqual([
      "values-eight",
      "four",
      "values-two",
      "four",
      "values-two",
    ]);
    const six = await network.run(perms(10, 20, 30, 40, 50, 60));
    expect(six.mixtures.map((numbers) => numbers?.[0])).toEqual([10, 20, 30, 40, 50, 60]);
  });

  test("take turns, since they share the graphs' input arrays", async () => {
    const { network, log } = await fakeNetwork();
    const sizes = [10, 20, 30, 40, 50];
    const results = await Promise.all(sizes.map((n) => network.run([perm(n)])));
    expect(results.map(({ quantiles }) => quantiles[0])).toEqual(sizes);
    expect(log.most).toBe(1);
  });

  test("that fail are named after their graph and stop no others", async () => {
    let count = 0;
    const { network } = await fakeNetwork({
      change: async (outputs) => {
        if (++count === 2) throw new Error("out of\n memory");
        return outputs;
      },
    });
    const results = await Promise.allSettled([10, 20, 30].map((n) => network.values([perm(n)])));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({
      reason: {
        code: "model",
        message: expect.stringMatching(/^values-two cannot be run \(out of memory\); model/),
      },
    });
  });

  test.each<[string, FakeTensor | undefined, string]>([
    ["is missing", undefined, "is missing"],
    ["has too few values", new FakeTensor("float32", new Float32Array(2)), "has 2 values of type float32"],
    ["is of doubles", new FakeTensor("float64", new Float64Array(3)), "has 3 values of type float64"],
  ])("whose output %s are refused", async (_, wrong, received) => {
    const change = async ({ quantiles: _, ...outputs }: Tensors): Promise<Tensors> =>
      wrong === undefined ? outputs : { ...outputs, quantiles: wrong };
    const { network } = await fakeNetwork({ change });
    await expect(network.run([perm(8)])).rejects.toMatchObject({
      code: "model",
      message:
        `values-two cannot be run (its output quantiles ${received}; 6 of type float32 are needed); ` +
        "model.json, graphs and weights must be of one model, and that of a version that this one reads.",
    });
  });
});

/** A sample whose soft ranks are its ranks. */
function sample(n: number): DifferentiableSample {
  const [u, v] = [
    Float64Array.from({ length: n }, (_, k) => k + 1),
    Float64Array.from(ranks(n), (rank) => rank + 1),
  ];
  const soft = { u, v, byU: order(u), byV: order(v), smoothing: 1, randomOrder: ranks(n) };
  return { perm: ranks(n), soft };
}

test("derivatives by the features are taken back to the ranks of each sample, with its median", async () => {
  const { network, log } = await fakeNetwork();
  const samples = [sample(20), sample(30)];
  const both = await network.differentiate(samples);
  expect(both.map(({ median }) => median)).toEqual([20, 30]);
  const slopes = featureArrays(2);
  for (const name of ["counts", "local", "spectrum"] as const) {
    const width = FEATURE_SIZES[name];
    slopes[name].forEach((_, at) => {
      slopes[name][at] = [20, 30][Math.floor(at / width)] + (at % width) / 8192;
    });
  }
  samples.forEach(({ soft }, slot) => {
    expect(both[slot].gradient).toEqual(writeSmoothFeatures(soft, featureArrays(2), slot)(slopes));
  });
  expect(log.runs.map(({ graph }) => graph)).toEqual(["slopes"]);
});

test("the end: the run under way is finished, waiting ones are refused, and what was opened is released once", async () => {
  const { network, log, refuse } = await fakeNetwork();
  refuse.open = "values-eight";
  await expect(network.values(perms(8, 8, 8, 8, 8))).rejects.toMatchObject({ code: "model" });
  await network.run(perms(8, 9));
  const under = network.run([perm(20)]);
  await expect.poll(() => log.runs.length).toBe(4);
  const waiting = network.run([perm(30)]);
  const ends = [network.dispose(), network.dispose()];
  await expect(waiting).rejects.toMatchObject({ code: "disposed" });
  expect((await under).quantiles[0]).toBe(20);
  await Promise.all([...ends, network.dispose()]);
  expect(log.released.sort()).toEqual(["four", "one", "values-two"]);
  await expect(network.values([perm(8)])).rejects.toMatchObject({ code: "disposed" });
});
