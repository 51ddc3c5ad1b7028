import { expect, test } from "vitest";
import { LongCall } from "../long-call.js";
import { correlation } from "../numerics/moments.js";
import { normalMixture } from "../testing/mixtures.js";
import { draws } from "../testing/random.js";
import type { PairEngine } from "./pair-engine.js";
import { residual } from "./residual.js";
import { readSides } from "./variables.js";

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

function sides(n: number) {
  const { normal } = draws(1);
  const z = Float64Array.from({ length: n }, normal);
  const x = z.map((v) => v + 0.5 * normal());
  return readSides(
    [
      { name: "X", value: x },
      { name: "Z", value: z },
    ],
    1,
    n,
  ).sides;
}

test("nothing is taken off a variable that the pair's test calls independent", async () => {
  const [x, z] = sides(300);
  const { ranks, predictions } = await residual(x, z, 1, blind, call);
  expect(ranks).toEqual(x.ranks[0]);
  expect(predictions).toEqual([]);
});

test("what a single column tells is taken off; ranks stay a permutation", async () => {
  const [x, z] = sides(600);
  const { ranks, predictions } = await residual(x, z, 1, bent, call);
  expect(correlation(predictions[0], z.scores[0])).toBeGreaterThan(0.99);
  expect([...ranks].sort((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, k) => k));
  expect(correlation(x.ranks[0], z.ranks[0])).toBeGreaterThan(0.8);
  expect(Math.abs(correlation(ranks, z.ranks[0]))).toBeLessThan(0.3);
});

test("no columns: the variable itself", async () => {
  const [x, z] = sides(100);
  const none = { ...z, index: [], columns: [], ranks: [], scores: [] };
  const { ranks } = await residual(x, none, 1, bent, call);
  expect(ranks).toBe(x.ranks[0]);
});
