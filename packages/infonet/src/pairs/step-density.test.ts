import { describe, expect, test } from "vitest";
import { normalMixture } from "../testing/mixtures.js";
import { draws } from "../testing/random.js";
import type { Column } from "../types.js";
import { type NetworkPart, networkParts, type PairPlan, planPair } from "./plan.js";
import { prepareColumn } from "./prepared.js";
import { stepDensity } from "./step-density.js";

const { uniform, normal } = draws(17);
const rows = <Value>(n: number, cell: (row: number) => Value): Value[] =>
  Array.from({ length: n }, (_, k) => cell(k));
const planOf = (x: Column, y: Column): PairPlan =>
  planPair(prepareColumn("x", x), prepareColumn("y", y), 10_000);

/** The density of a pair whose parts the network takes for normal ones, its numbers for correlated ones. */
function densityOf(plan: PairPlan, rho: number, ofLevels = rho) {
  const mixtures = new Map<NetworkPart, ArrayLike<number>>();
  for (const part of networkParts(plan)) {
    mixtures.set(part, normalMixture(part.sample.levels === undefined ? rho : ofLevels));
  }
  return stepDensity(plan, mixtures);
}

test("of a table is that of its counts", () => {
  const x = rows(60, (k) => (k < 20 ? "a" : "b"));
  const y = rows(60, (k) => (k < 15 || k >= 50 ? "p" : "q"));
  const density = densityOf(planOf(x, y), 0);
  // a p: 15 of 60, where 20 and 25 are.
  expect(Math.exp(density.logDensity(0.1, 0.1))).toBeCloseTo((15 * 60) / (20 * 25), 9);
  expect(Math.exp(density.logDensity(0.9, 0.9))).toBeCloseTo((30 * 60) / (40 * 35), 9);
});

describe("of levels beside a number", () => {
  const n = 200;
  const x = rows(n, (k) => "abcd"[k % 4]);
  const y = rows(n, (k) => (k % 4) + 0.5 * normal());
  const density = densityOf(planOf(x, y), 0.8);

  test("is constant over a level", () => {
    for (const v of [0.1, 0.55, 0.93]) {
      expect(density.logDensity(0.01, v)).toBe(density.logDensity(0.24, v));
      expect(density.logDensity(0.26, v)).toBe(density.logDensity(0.49, v));
    }
  });

  test("is the mean of the network's density over it", () => {
    // The levels lie in their order or the other way round: their mean over a corner is that of the normal copula.
    const corner = density.logDensity(0.1, 0.02);
    const far = density.logDensity(0.9, 0.02);
    expect(Math.abs(corner - far)).toBeGreaterThan(2);
  });

  test("exchanged is the same, exchanged", () => {
    const other = densityOf(planOf(y, x), 0.8);
    for (const [u, v] of [
      [0.1, 0.3],
      [0.6, 0.9],
      [0.8, 0.05],
    ]) {
      expect(other.logDensity(v, u)).toBeCloseTo(density.logDensity(u, v), 9);
    }
  });
});

test("of independent parts is flat, whatever the atoms", () => {
  const zeros = (): number[] => rows(600, () => (uniform() < 0.3 ? 0 : normal()));
  const density = densityOf(planOf(zeros(), zeros()), 0);
  for (const u of [0.05, 0.4, 0.6, 0.95]) {
    for (const v of [0.02, 0.5, 0.8]) expect(Math.abs(density.logDensity(u, v))).toBeLessThan(0.35);
  }
});

test("numbers beside numbers keep their dependence where no atom is", () => {
  const [x, y] = [rows(600, (k) => (k % 3 === 0 ? -9 : normal())), rows(600, normal)];
  const density = densityOf(planOf(x, y), 0.9, 0);
  // Atoms fill the first third of u; after it the numbers begin, lowest first.
  const ends = [density.logDensity(0.36, 0.03), density.logDensity(0.36, 0.97)];
  expect(Math.max(...ends)).toBeGreaterThan(1);
  expect(Math.min(...ends)).toBeLessThan(-4);
  expect(density.logDensity(0.1, 0.03)).toBe(density.logDensity(0.3, 0.03));
});
