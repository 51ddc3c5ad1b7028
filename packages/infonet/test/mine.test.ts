/** `mine` of the built package: it trains, compiles and runs through ONNX Runtime. */
import { readFile } from "node:fs/promises";
import { InfoNetError } from "infonet";
import { type MineOptions, mine } from "infonet/classical";
import { expect, test } from "vitest";
import { draws, normalInformation, normalPair } from "../src/testing/random.js";

// A small network learns these as well, in a fraction of the time.
const SMALL: MineOptions = { hidden: 32, batch: 64, learningRate: 2e-3, iterations: 600 };

/** Mean exact log density ratio over a sample of the normal distribution: what the best critic would say. */
function sampleInformation([x, y]: [Float64Array, Float64Array], correlation: number): number {
  const rest = 1 - correlation ** 2;
  const ratio = x.map(
    (a, i) => ((2 * a * y[i] - correlation * (a * a + y[i] ** 2)) * correlation) / (2 * rest),
  );
  return normalInformation(correlation) + ratio.reduce((sum, r) => sum + r, 0) / ratio.length;
}

test("the paper's network finds the information of a normal pair", async () => {
  const pair = normalPair(1, 2000, 0.5);
  expect(Math.abs((await mine(...pair)) - sampleInformation(pair, 0.5))).toBeLessThan(0.04);
});

// The mean of e^T over ten thousand points alone has a standard error of 0.02 nats at 0.9, of 0.006 at 0.5.
test.each([
  ["mine", 0.9, 0.04],
  ["nwj", 0.9, 0.05],
  ["infonce", 0.9, 0.05],
  ["mine", 0.5, 0.02],
  ["nwj", 0.5, 0.02],
  ["infonce", 0.5, 0.02],
] as const)("objective %s at correlation %d, within %d nats", async (objective, correlation, tolerance) => {
  const pair = normalPair(2, 2000, correlation);
  const value = await mine(...pair, { ...SMALL, objective });
  expect(Math.abs(value - sampleInformation(pair, correlation))).toBeLessThan(tolerance);
});

test("independent variables share next to nothing, on the sample and on held-out rows", async () => {
  const [x, y] = normalPair(3, 2000, 0);
  expect(Math.abs(await mine(x, y, SMALL))).toBeLessThan(0.04);
  expect(Math.abs(await mine(x, y, { ...SMALL, heldOut: 0.3 }))).toBeLessThan(0.04);
});

test("value on rows that were learnt by heart is too large, on held-out rows it is not", async () => {
  const [x, y] = normalPair(4, 60, 0);
  const options: MineOptions = { ...SMALL, iterations: 1500, batch: 30 };
  expect(await mine(x, y, options)).toBeGreaterThan(0.1);
  expect(await mine(x, y, { ...options, heldOut: 0.5 })).toBeLessThan(0.05);
});

test("dependence without correlation, between variables of several columns", async () => {
  const { normal } = draws(5);
  const n = 1500;
  // y is the length of a point in the plane, with noise; the last column of x means nothing.
  const data = Float64Array.from({ length: 3 * n }, normal);
  const y = Float64Array.from(
    { length: n },
    (_, i) => Math.hypot(data[3 * i], data[3 * i + 1]) + 0.3 * normal(),
  );
  const x = { data, width: 3 };
  expect(await mine(x, y, SMALL)).toBeGreaterThan(0.4);
  expect(Math.abs(await mine({ data: data.filter((_, k) => k % 3 === 2), width: 1 }, y, SMALL))).toBeLessThan(
    0.05,
  );
});

test("the same seed gives the very same number, another seed another", async () => {
  const [x, y] = normalPair(6, 300, 0.6);
  const options: MineOptions = { ...SMALL, iterations: 30 };
  const first = await mine(x, y, { ...options, seed: 2 ** 40 + 1 });
  expect(await mine(x, y, { ...options, seed: 2 ** 40 + 1 })).toBe(first);
  // Two at once do not disturb each other.
  const [again, other] = await Promise.all([
    mine(x, y, { ...options, seed: 2 ** 40 + 1 }),
    mine(x, y, { ...options, seed: 2 ** 40 + 2 }),
  ]);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test("options: units, normal scores, missing rows, unscaled data", async () => {
  const [x, y] = normalPair(7, 400, 0.7);
  const options: MineOptions = { ...SMALL, iterations: 40 };
  const nats = await mine(x, y, options);
  expect(await mine(x, y, { ...options, units: "bits" })).toBeCloseTo(nats / Math.LN2, 12);
  // A shift and a positive factor, and with scores any increasing map, change rounding at most.
  expect(
    await mine(
      x.map((v) => 1e6 + 1e3 * v),
      y,
      options,
    ),
  ).toBeCloseTo(nats, 3);
  const scores = await mine(x, y, { ...options, normalScores: true });
  expect(await mine(x.map(Math.exp), y, { ...options, normalScores: true })).toBe(scores);
  expect(await mine(x.map(Math.exp), y, options)).not.toBeCloseTo(nats, 3);
  expect(await mine([...x, Number.NaN], [...y, 1], options)).toBe(nats);
  expect(await mine(x, y, { ...options, standardize: false })).not.toBe(nats);
});

test("progress goes up to the number of iterations; an abort ends the training with its reason", async () => {
  const [x, y] = normalPair(8, 200, 0.5);
  const seen: number[] = [];
  await mine(x, y, { ...SMALL, iterations: 35, onProgress: ({ done }) => seen.push(done) });
  expect(seen).toEqual([10, 20, 30, 35]);

  const controller = new AbortController();
  let last = 0;
  const aborted = mine(x, y, {
    ...SMALL,
    iterations: 1e6,
    signal: controller.signal,
    onProgress: ({ done }) => {
      last = done;
      if (done === 50) controller.abort();
    },
  });
  await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
  expect(last).toBe(50);
  const reason = new Error("enough");
  await expect(mine(x, y, { ...SMALL, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});

test.each([
  [{ iterations: 0 }, /iterations is 0; pass a whole number from 1/],
  [{ hidden: 2.5 }, /hidden is 2.5/],
  [{ hidden: 1e5 }, /hidden is 100000; pass a whole number from 1 to 4096/],
  [{ batch: 1 }, /batch is 1; pass a whole number from 2/],
  [{ learningRate: 0 }, /learningRate is 0; pass a number above 0/],
  [{ learningRate: Number.NaN }, /learningRate is NaN/],
  [{ heldOut: 1 }, /heldOut is 1; pass a share/],
  [{ heldOut: -0.1 }, /heldOut is -0.1/],
  [{ objective: "dv" }, /objective is "dv"; pass "mine", "nwj" or "infonce"/],
  [{ seed: -1 }, /seed is -1/],
  [{ units: "hartley" }, /units is "hartley"/],
  [{ normalScores: 1 }, /normalScores is 1; pass true or false/],
  [{ standardize: "no" }, /standardize is "no"/],
])("%j is refused", async (options, message) => {
  const [x, y] = normalPair(9, 50, 0.5);
  const error = await mine(x, y, options as MineOptions).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(InfoNetError);
  expect(error).toMatchObject({ code: "invalid-option", message: expect.stringMatching(message) });
});

test("samples that are too small, or whose training diverges, are refused", async () => {
  const [x, y] = normalPair(10, 20, 0.5);
  await expect(mine(x.slice(0, 7), y.slice(0, 7))).rejects.toMatchObject({ code: "too-few-samples" });
  await expect(mine(x, y, { heldOut: 0.1 })).rejects.toThrow(/18 of 20 rows to train on and 2 to read/);
  await expect(mine(x, y.slice(1))).rejects.toMatchObject({ code: "unequal-lengths" });
  await expect(mine(x, x.fill(3))).rejects.toMatchObject({ code: "constant" });
  const [a, b] = normalPair(11, 20, 0.5);
  const steep: MineOptions = { ...SMALL, learningRate: 1e30, iterations: 20 };
  await expect(mine(a, b, steep)).rejects.toMatchObject({ code: "not-finite" });
});

test("columns at the edges of the doubles train as they do in another unit; as they are, float32 is what counts", async () => {
  const [a, y] = normalPair(12, 40, 0.7);
  const x = a.map((v) => Math.round(1000 * v));
  const times = (power: number) => x.map((v) => v * 2 ** (power / 2) * 2 ** (power / 2));
  const options = { ...SMALL, iterations: 10 };
  const expected = await mine(x, y, options);
  for (const power of [-1074, 600, 1010]) expect(await mine(times(power), y, options)).toBe(expected);
  const raw = { ...options, standardize: false };
  await expect(mine(times(1000), y, raw)).rejects.toMatchObject({
    code: "not-finite",
    message: expect.stringMatching(/^x has .*e\+30\d, more than the 3\.4e38 of the float32/),
  });
  await expect(mine(y, times(-600), raw)).rejects.toMatchObject({
    code: "constant",
    message: expect.stringMatching(/^y has values that are all -?0 in the float32/),
  });
});

test("importing the classical estimators loads neither compiler nor runtime", async () => {
  const entry = new URL(import.meta.resolve("infonet/classical"));
  const read = [entry];
  const statically: string[] = [];
  for (const file of read) {
    for (const [, from] of (await readFile(file, "utf8")).matchAll(/^(?:import|export) .*?"([^"]+)";?$/gm)) {
      if (from.startsWith(".")) read.push(new URL(from, file));
      else statically.push(from);
    }
  }
  expect(read.length).toBeGreaterThan(1);
  expect([...new Set(statically)].sort()).toEqual([
    "fastest-levenshtein",
    "pure-rand/distribution/uniformFloat64",
    "pure-rand/distribution/uniformInt",
    "pure-rand/generator/xoroshiro128plus",
  ]);
});
