import { describe, expect, test } from "vitest";
import type { Codes } from "../input/variables.js";
import { codesOf } from "../testing/count-tables.js";
import { draws } from "../testing/random.js";
import { logHomogeneity } from "./numbers-within.js";
import { added } from "./part.js";
import { between, centredWithin, freedOfLevels, standardizedWithin, weighted } from "./within-levels.js";
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
  const rounds = 100;
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

describe("numbers in units of their spread within levels", () => {
  const spreadsOf = (values: Float64Array, levels: Codes): number[] =>
    Array.from({ length: levels.distinct }, (_, level) => {
      const own = values.filter((_, row) => levels.codes[row] === level);
      return Math.sqrt(own.reduce((sum, value) => sum + value * value, 0) / own.length);
    });
  const codes = Uint32Array.from({ length: 400 }, (_, row) => row % 8);
  const levels = { codes, distinct: 8 };

  test("spreads that differ by chance alone are left as they are", () => {
    const { normal } = draws(31);
    const values = Float64Array.from(codes, (level) => 10 * level + 3 * normal());
    const before = spreadsOf(centredWithin(values, levels), levels);
    const after = spreadsOf(standardizedWithin(values, levels), levels);
    const ratios = after.map((spread, level) => spread / before[level]);
    expect(Math.max(...ratios) / Math.min(...ratios)).toBeLessThan(1.1);
    // Some are a quarter larger than others.
    expect(Math.max(...before) / Math.min(...before)).toBeGreaterThan(1.25);
  });

  test("spreads that differ are made one, and the scale of the number means nothing", () => {
    const { normal } = draws(32);
    const values = Float64Array.from(codes, (level) => 5 ** (level / 2) * normal());
    const standard = standardizedWithin(values, levels);
    for (const spread of spreadsOf(standard, levels)) expect(Math.abs(spread - 1)).toBeLessThan(0.1);
    const scaled = standardizedWithin(
      values.map((value) => 7 * value + 3),
      levels,
    );
    for (const [row, value] of scaled.entries()) expect(value).toBeCloseTo(standard[row], 9);
  });

  test("a level in which the number is constant, or all of them", () => {
    const values = Float64Array.from(codes, (level, row) => (level === 0 ? 4 : row));
    const standard = standardizedWithin(values, levels);
    expect(standard.filter((_, row) => codes[row] === 0).every((value) => value === 0)).toBe(true);
    expect([...standardizedWithin(new Float64Array(400), levels)]).toEqual(new Array(400).fill(0));
  });
});
