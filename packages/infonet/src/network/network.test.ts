import { describe, expect, test } from "vitest";
import { MIXTURE_NUMBERS } from "../density/index.js";
import { FEATURE_SIZES, featureArrays, writeFeatures, writeSmoothFeatures } from "../features/index.js";
import { order } from "../numerics/order.js";
import { FakeTensor, fakeNetwork, files, type Tensors } from "../testing/fake-network.js";
import { permutation } from "../testing/random.js";
import type { DifferentiableSample } from "./network.js";

const perm = (n: number) => permutation(n, n);
const perms = (...sizes: number[]) => sizes.map(perm);

describe("graphs", () => {
  test("the smallest that takes the samples is chosen, and opened when it is first needed", async () => {
    const { network, log } = await fakeNetwork();
    expect(log.read).toEqual(["model.json", "weights"]);
    for (const count of [1, 2, 4, 1]) await network.run(Array.from({ length: count }, () => perm(9)));
    for (const count of [1, 2, 3, 8]) await network.values(Array.from({ length: count }, () => perm(9)));
    expect(log.runs.map(({ graph }) => graph)).toEqual([
      ...["one", "four", "four", "one"],
      ...["values-two", "values-two", "values-eight", "values-eight"],
    ]);
    // A graph without weights and weights without a graph are a model together.
    expect(log.models).toEqual(["one", "four", "values-two", "values-eight"].map((name) => `${name}weights`));
  });

  test("none takes more samples than the largest, of which both kinds have one", async () => {
    const { network, log } = await fakeNetwork();
    expect([network.largestBatch, network.largestDifferentiated]).toEqual([4, 2]);
    await expect(network.run(perms(8, 8, 8, 8, 8))).rejects.toThrow("5 samples; one run takes at most 4");
    expect(log.models).toEqual([]);
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
    const { feeds, n } = log.runs[0];
    const expected = featureArrays(4);
    perms(20, 30).forEach((sample, slot) => void writeFeatures(sample, expected, slot));
    for (const name of ["counts", "local", "spectrum"] as const)
      expect(feeds[name].data).toEqual(expected[name]);
    expect(n).toEqual([20, 30, 1, 1]);
    expect(Object.entries(feeds).map(([name, { type, dims }]) => [name, type, dims])).toEqual([
      ["counts", "float32", [4, 64, 64]],
      ["local", "float32", [4, 64, expected.local.length / 256]],
      ["spectrum", "float32", [4, expected.spectrum.length / 4]],
      ["n", "float32", [4]],
      ["levels", "float32", [4]],
    ]);
    await network.run(perms(10, 11, 12, 13));
    await network.run(perms(40, 41));
    expect(log.runs[2].n).toEqual([40, 41, 12, 13]);
  });

  test("give the outputs of the samples alone, slot after slot", async () => {
    const { network } = await fakeNetwork();
    const { quantiles, mixtures } = await network.run(perms(20, 30, 40));
    expect([...quantiles]).toEqual([20, 30, 40].flatMap((n) => [n, n + 1 / 8192, n + 2 / 8192]));
    expect(mixtures).toHaveLength(3 * MIXTURE_NUMBERS);
    const places = [0, MIXTURE_NUMBERS + 1, 3 * MIXTURE_NUMBERS - 1];
    expect(places.map((at) => mixtures[at])).toEqual(
      [20, 30 + 1 / 8192, 40 + (MIXTURE_NUMBERS - 1) / 8192].map(Math.fround),
    );
    expect(await network.values(perms(8, 9, 10))).toHaveLength(9);
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
    const results = await Promise.allSettled([10, 20, 30].map((n) => network.run([perm(n)])));
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(results[1]).toMatchObject({
      reason: {
        code: "model",
        message: expect.stringMatching(/^one cannot be run \(out of memory\); model/),
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
        `one cannot be run (its output quantiles ${received}; 3 of type float32 are needed); ` +
        "model.json, graphs and weights must be of one model, and that of a version that this one reads.",
    });
  });
});

/** A sample whose soft ranks are its ranks. */
function sample(n: number): DifferentiableSample {
  const [u, v] = [
    Float64Array.from({ length: n }, (_, k) => k + 1),
    Float64Array.from(perm(n), (rank) => rank + 1),
  ];
  return { perm: perm(n), soft: { u, v, byU: order(u), byV: order(v), smoothing: 1, randomOrder: perm(n) } };
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
  refuse.open = "values-two";
  await expect(network.values([perm(8)])).rejects.toMatchObject({ code: "model" });
  await network.run(perms(8, 9));
  const under = network.run([perm(20)]);
  await expect.poll(() => log.runs.length).toBe(2);
  const waiting = network.run([perm(30)]);
  const ends = [network.dispose(), network.dispose()];
  await expect(waiting).rejects.toMatchObject({ code: "disposed" });
  expect((await under).quantiles[0]).toBe(20);
  await Promise.all([...ends, network.dispose()]);
  expect(log.released.sort()).toEqual(["four", "one"]);
  await expect(network.values([perm(8)])).rejects.toMatchObject({ code: "disposed" });
});
