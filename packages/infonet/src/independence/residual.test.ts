import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inverse } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { LongCall } from "../long-call.js";
import { readSides } from "../multivariate/variables.js";
import { correlation } from "../numerics/moments.js";
import { order } from "../numerics/order.js";
import { ofColumns } from "../testing/matrices.js";
import { normalMixture } from "../testing/mixtures.js";
import { draws } from "../testing/random.js";
import { releasedEngine } from "../testing/released.js";
import { type PairEngine, pairEngine } from "../vine/pair-engine.js";
import { conditionOf, type Residual, residual, toldOf } from "./residual.js";

/** A network that takes every pair for as dependent as it is told, with the same normal copula. */
const engine = (pValue: number, rho: number): PairEngine => ({
  model: {
    ...{ largestBatch: 4, levels: 1, rows: [64, 10_000], ceiling: 5 },
    readPair: () => ({ mi: 1 - pValue, low: 0, high: 1, pValue }),
  },
  workers: { parallel: 1, run: async (task, input) => task.run(input, undefined as never) },
  densities: async (perms) =>
    perms.map(() => ({ quantiles: new Float32Array(1), mixture: normalMixture(rho) })),
});
/** One that has never seen dependence: every pair is inside the null. */
const blind = engine(1, 0);
/** One that takes every pair for dependent, with more mass where both ranks are alike. */
const bent = engine(0, 0.89);
const call = new LongCall({}, "pairs", async () => {});

/** X = f(Z, noise), with the noise. */
function sides(n: number, f: (z: number, noise: number) => number) {
  const { normal } = draws(1);
  const z = Float64Array.from({ length: n }, normal);
  const noise = Float64Array.from({ length: n }, normal);
  const x = z.map((value, row) => f(value, noise[row]));
  const given = [
    { name: "X", value: x },
    { name: "Z", value: z },
  ];
  const [sideX, sideZ] = readSides(given, 1, n).sides;
  return { x: sideX, z: sideZ, noise };
}

const freed = async ({ x, z }: ReturnType<typeof sides>, by: PairEngine): Promise<Residual> =>
  residual(toldOf([x], conditionOf(z), 1)[0], 1, by, call);

test("nothing is taken off a variable of which the columns tell nothing", async () => {
  const independent = sides(300, (_, noise) => noise);
  const { ranks, predictions, noise } = await freed(independent, blind);
  expect(ranks).toEqual(independent.x.ranks[0]);
  expect(predictions).toEqual([]);
  expect(noise).toBeUndefined();
});

test("what the columns predict is taken off as it is: the noise is left, however little it is", async () => {
  for (const size of [1, 0.1, 0.01]) {
    const little = sides(300, (z, noise) => z + size * noise);
    const { ranks, predictions, noise } = await freed(little, blind);
    expect(correlation(ranks, inverse(order(little.noise)))).toBeGreaterThan(0.95);
    expect(predictions).toHaveLength(1);
    expect(correlation(predictions[0], little.z.columns[0])).toBeGreaterThan(0.97);
    // In deviations of X; 4 % is the standard error of a deviation of 300 rows.
    const share = size / Math.hypot(1, size);
    expect(Math.abs((noise ?? 0) / share - 1)).toBeLessThan(0.12);
  }
});

test("of a scale nothing is taken off as it is", async () => {
  const { predictions, noise } = await freed(
    sides(300, (z, noise) => Math.exp(z) * noise),
    blind,
  );
  expect(predictions).toEqual([]);
  expect(noise).toBeUndefined();
});

test("ties are freed by the pair alone; ranks stay a permutation", async () => {
  const tied = sides(600, (z, noise) => Math.round(2 * (z + 0.5 * noise)));
  const { ranks, predictions, noise } = await freed(tied, bent);
  const { x, z } = tied;
  expect(noise).toBeUndefined();
  expect(correlation(predictions[0], z.scores[0])).toBeGreaterThan(0.99);
  expect([...ranks].sort((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, k) => k));
  expect(correlation(x.ranks[0], z.ranks[0])).toBeGreaterThan(0.8);
  expect(Math.abs(correlation(ranks, z.ranks[0]))).toBeLessThan(0.3);
});

test("no columns: the variable itself", async () => {
  const { x, z } = sides(100, (value, noise) => value + noise);
  const none = { ...z, index: [], columns: [], ranks: [], scores: [] };
  const { ranks } = await residual(toldOf([x], conditionOf(none), 1)[0], 1, bent, call);
  expect(ranks).toBe(x.ranks[0]);
});

describe("with the released model", () => {
  let released: Engine;
  beforeAll(async () => {
    released = await releasedEngine();
  });
  afterAll(() => released.dispose());

  test("what is left of two functions of one radius shares nothing, of few rows as well", async () => {
    for (const seed of [1, 2, 3]) {
      const { normal } = draws(seed);
      const n = 400;
      const z = [0, 1, 2].map(() => Float64Array.from({ length: n }, normal));
      const squares = z[0].map((_, row) => z.reduce((sum, column) => sum + column[row] ** 2, 0));
      const x = squares.map((value) => value + 0.3 * normal());
      const y = squares.map((value) => Math.sqrt(value) + 0.1 * normal());
      const given = [
        { name: "X", value: x },
        { name: "Y", value: y },
        { name: "Z", value: ofColumns(...z) },
      ];
      const [sideX, sideY, sideZ] = readSides(given, seed, n).sides;
      expect(correlation(sideX.ranks[0], sideY.ranks[0])).toBeGreaterThan(0.95);
      const engine = await pairEngine(released, 1);
      const left: Residual[] = [];
      for (const told of toldOf([sideX, sideY], conditionOf(sideZ), seed)) {
        left.push(await residual(told, seed, engine, call));
      }
      // Three standard errors of a correlation.
      expect(Math.abs(correlation(left[0].ranks, left[1].ranks))).toBeLessThan(3 / Math.sqrt(n));
      for (const { ranks, predictions } of left) {
        expect(predictions.length).toBeGreaterThan(0);
        expect(Math.abs(correlation(ranks, squares))).toBeLessThan(0.2);
      }
    }
  });
});
