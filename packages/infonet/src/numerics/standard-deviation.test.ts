import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { ascending, standardDeviation } from "./moments.js";

test("1 … n: √((n² − 1) / 12), and with n − 1 in the denominator √(n (n + 1) / 12)", () => {
  for (const n of [2, 3, 10, 1001]) {
    const column = Float64Array.from({ length: n }, (_, k) => k + 1);
    expect(standardDeviation(column, 0) / Math.sqrt((n * n - 1) / 12)).toBeCloseTo(1, 14);
    expect(standardDeviation(column, 1) / Math.sqrt((n * (n + 1)) / 12)).toBeCloseTo(1, 14);
  }
});

test("two values: half their difference, to the last bit and wherever they lie", () => {
  // The sum of two such numbers is exact, and so is their mean.
  for (let a = -20; a < 20; a++) {
    for (let b = a + 1; b <= 20; b++) {
      expect(standardDeviation(Float64Array.of(b, a), 0), `${a}, ${b}`).toBe((b - a) / 2);
    }
  }
});

test("a constant has none", () => {
  for (const value of [0, 3, -2.5, 2 ** 500]) {
    expect(standardDeviation(Float64Array.of(value, value, value, value), 1)).toBe(0);
  }
});

test("a unit changes nothing but the unit, at the edge of the doubles too", () => {
  const { normal } = draws(1);
  const column = Float64Array.from({ length: 100 }, normal);
  const deviation = standardDeviation(column, 1);
  for (const exponent of [-900, -600, 600, 900]) {
    const scaled = column.map((value) => value * 2 ** exponent);
    expect(standardDeviation(scaled, 1), `2^${exponent}`).toBe(deviation * 2 ** exponent);
  }
});

test("values that the mean falls together with: one last bit is seen all the same", () => {
  // The mean is 1 in doubles, so that no value lies below it. The true deviation is √2/3 = 0.47 of the bit.
  const bit = 2 ** -52;
  const deviation = standardDeviation(Float64Array.of(1, 1, 1 + bit), 0);
  expect(deviation).toBeGreaterThan(0.4 * bit);
  expect(deviation).toBeLessThan(0.6 * bit);
});

test("the order of the rows changes no bit, and the column stays as it is", () => {
  const { normal } = draws(2);
  const column = Float64Array.from({ length: 999 }, () => normal() ** 3);
  const given = column.slice();
  const deviation = standardDeviation(column, 0);
  expect(column).toEqual(given);
  expect(standardDeviation(column.toReversed(), 0)).toBe(deviation);
  const sorted = ascending(column);
  expect(standardDeviation(sorted, 0)).toBe(deviation);
  expect(sorted.every((value, k) => k === 0 || value >= sorted[k - 1])).toBe(true);
  expect(column).toEqual(given);
});
