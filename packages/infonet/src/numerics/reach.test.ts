import { expect, test } from "vitest";
import { missingExponent, scaled, withinReach } from "./reach.js";

test("large columns come down no further than they must, small ones come up to one", () => {
  for (const [values, reach, exponent] of [
    [[], 10, 0],
    [[0, Number.NaN], 10, 0],
    [[3, -1000], 10, 0],
    [[2 ** 10, 1], 10, 0],
    [[2 ** 11, 1], 10, -1],
    [[1, -(2 ** 31)], 10, -21],
    [[2 ** -10, 0], 10, 0],
    [[2 ** -11, 0], 10, 11],
    [[1.5 * 2 ** -30], 10, 30],
    [[2 ** -1022], 400, 1022],
    [[3 * 2 ** -1074], 400, 1073],
    [[Number.MAX_VALUE], 1000, -24],
  ] as const) {
    expect(missingExponent([values], reach), `${values.join(" ")}`).toBeCloseTo(exponent, 12);
  }
  expect(missingExponent([[1], [2 ** 20], [5]], 10)).toBe(-10);
});

test("columns in reach are themselves, others are multiplied by one power of two", () => {
  const near = [Float64Array.of(1, 2), Float64Array.of(-3, 1000)];
  const same = withinReach(near, 10);
  expect(same.exponent).toBe(0);
  expect(same.columns.every((column, k) => column === near[k])).toBe(true);
  const far = withinReach([Float64Array.of(1, -(2 ** 30)), Float64Array.of(3, Number.NaN)], 10);
  expect(far.exponent).toBe(-20);
  expect(far.columns.map((column) => [...column])).toEqual([
    [2 ** -20, -(2 ** 10)],
    [3 * 2 ** -20, Number.NaN],
  ]);
});

test("columns come into reach from either end of the doubles, with all their digits", () => {
  const tiny = withinReach([Float64Array.of(2 ** -1074, -3 * 2 ** -1074)], 400);
  expect(tiny.exponent).toBe(1073);
  expect(tiny.columns[0]).toEqual(Float64Array.of(0.5, -1.5));
  const huge = withinReach([Float64Array.of(1.5 * 2 ** 1023, 2 ** 600)], 400);
  expect(huge.exponent).toBe(-623);
  expect(huge.columns[0]).toEqual(Float64Array.of(1.5 * 2 ** 400, 2 ** -23));
});

test("a power of two beyond the doubles is one all the same", () => {
  expect(scaled(2 ** -1074, 2000)).toBe(2 ** 926);
  expect(scaled(1.5 * 2 ** 1000, -2001)).toBe(1.5 * 2 ** -1001);
  expect(scaled(5, 3)).toBe(40);
});
