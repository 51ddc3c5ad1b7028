import { describe, expect, test } from "vitest";
import type { Codes } from "../input/variables.js";
import { codesOf } from "../testing/count-tables.js";
import { draws } from "../testing/random.js";
import { centredWithin, freedOfLevels, standardizedWithin } from "./freed.js";

test("a number freed of levels: its places within each, those of ties shared", () => {
  const levels = codesOf([0, 1, 0, 1, 0, 1, 1]);
  const freed = freedOfLevels(Float64Array.of(5, 1, 3, 9, 3, 7, 8), levels);
  expect([...freed]).toEqual([5 / 6, 1 / 8, 1 / 3, 7 / 8, 1 / 3, 3 / 8, 5 / 8]);
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
