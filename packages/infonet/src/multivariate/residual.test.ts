import { expect, test } from "vitest";
import { Course, type PairEngine } from "../engine/pair-engine.js";
import { draws } from "../testing/random.js";
import { correlation } from "./canonical.js";
import { residual } from "./residual.js";
import { readSides } from "./variables.js";

/** A network that has never seen dependence: every pair is inside the null. */
const blind: PairEngine = {
  largestBatch: 4,
  levels: 1,
  rows: [64, 10_000],
  ceiling: 5,
  run: async (perms) => ({
    quantiles: new Float32Array(perms.length),
    critics: new Float32Array(perms.length * 64 * 64),
  }),
  values: async (perms) => new Float32Array(perms.length),
  read: () => ({ mi: 0, low: 0, high: 0, pValue: 1 }),
  breathe: async () => {},
};
/** One that takes every pair for dependent, with a copula of one bend: more mass where both ranks are alike. */
const bent: PairEngine = {
  ...blind,
  run: async (perms) => {
    const critics = new Float32Array(perms.length * 64 * 64);
    for (let at = 0; at < critics.length; at++) {
      const [u, v] = [at % 64, Math.floor(at / 64) % 64];
      critics[at] = -(((u - v) / 16) ** 2);
    }
    return { quantiles: new Float32Array(perms.length), critics };
  },
  read: () => ({ mi: 1, low: 1, high: 1, pValue: 0 }),
};

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
  const { ranks, predictions } = await residual(x, z, 1, blind, new Course(blind, undefined, undefined));
  expect(ranks).toEqual(x.ranks[0]);
  expect(predictions).toEqual([]);
});

test("a single column stands for itself; what it tells is taken off; ranks stay a permutation", async () => {
  const [x, z] = sides(600);
  const { ranks, predictions } = await residual(x, z, 1, bent, new Course(bent, undefined, undefined));
  expect(predictions[0]).toBe(z.scores[0]);
  expect([...ranks].sort((a, b) => a - b)).toEqual(Array.from({ length: 600 }, (_, k) => k));
  expect(correlation(x.ranks[0], z.ranks[0])).toBeGreaterThan(0.8);
  expect(Math.abs(correlation(ranks, z.ranks[0]))).toBeLessThan(0.3);
});

test("no columns: the variable itself", async () => {
  const [x, z] = sides(100);
  const none = { ...z, index: [], columns: [], ranks: [], scores: [] };
  const { ranks } = await residual(x, none, 1, bent, new Course(bent, undefined, undefined));
  expect(ranks).toBe(x.ranks[0]);
});
