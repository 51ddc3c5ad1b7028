import { expect, test } from "vitest";
import { codesOf } from "../testing/count-tables.js";
import { draws } from "../testing/random.js";
import { added } from "./part.js";
import { between, freedOfLevels, logHomogeneity, weighted } from "./within-levels.js";
import { logLevelsWithin } from "./within-tests.js";

test("a number freed of levels: its places within each, those of ties shared", () => {
  const levels = codesOf([0, 1, 0, 1, 0, 1, 1]);
  const freed = freedOfLevels(Float64Array.of(5, 1, 3, 9, 3, 7, 8), levels);
  expect([...freed]).toEqual([5 / 6, 1 / 8, 1 / 3, 7 / 8, 1 / 3, 3 / 8, 5 / 8]);
});

test("dependence that is alike in all levels, and such that is not", () => {
  const { uniform, normal } = draws(1);
  const kinds = Array.from({ length: 1000 }, () => Math.floor(4 * uniform()));
  const levels = codesOf(kinds);
  const x = Float64Array.from(kinds, normal);
  const of = (slope: (kind: number) => number): number => {
    const y = x.map((value, row) => slope(kinds[row]) * value + normal());
    return logHomogeneity(freedOfLevels(x, levels), freedOfLevels(y, levels), levels);
  };
  expect(of(() => 1)).toBeGreaterThan(Math.log(0.01));
  expect(of((kind) => (kind === 2 ? -1 : 1))).toBeLessThan(-20);
  expect(logHomogeneity(x, x, codesOf(kinds.map(() => 0)))).toBe(0);
});

test("the test of levels beside a number within strata holds its level, and sees what strata have in common", () => {
  const { uniform, normal } = draws(2);
  const rounds = 200;
  for (const strata of [4, 60]) {
    let [below, seen] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const z = Array.from({ length: 180 }, () => Math.floor(strata * uniform()));
      const a = codesOf(z.map((v) => (uniform() < (v + 1) / (strata + 1) ? 1 : 0)));
      const levels = codesOf(z);
      const p = (effect: number): number => {
        const y = Float64Array.from(z, (v, row) => v + effect * a.codes[row] + normal());
        return logLevelsWithin(a, freedOfLevels(y, levels), levels);
      };
      if (p(0) <= Math.log(0.05)) below++;
      if (round < 20 && p(1.2) <= Math.log(0.05)) seen++;
    }
    // Four standard errors above 5 %.
    expect(below / rounds).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / rounds));
    expect(seen).toBeGreaterThan(15);
  }
});

test("sums and means of parts: errors add up by their squares", () => {
  const [one, other] = [
    { mi: 1, low: 0.7, high: 1.3, pValue: undefined },
    { mi: 0.5, low: 0.1, high: 0.9, pValue: undefined },
  ];
  const sum = added([one, other]);
  expect([sum.mi, sum.low, sum.high]).toEqual([1.5, 1, 2]);
  const mean = weighted([one, other], [0.5, 0.5]);
  expect([mean.mi, mean.low, mean.high]).toEqual([0.75, 0.5, 1]);
  const middle = between(one, { ...one, mi: 1.2, low: 0.9, high: 1.5 });
  expect(middle.mi).toBeCloseTo(1.1, 12);
  expect(middle.high - middle.mi).toBeCloseTo(Math.hypot(0.3, 0.1), 12);
});
