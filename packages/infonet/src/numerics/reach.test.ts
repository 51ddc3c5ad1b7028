import fc from "fast-check";
import { expect, test } from "vitest";
import { missingExponent, scaled, withinReach } from "./reach.js";

test("columns within reach are left as they are, the arrays themselves", () => {
  const columns = [Float64Array.of(0, 2 ** 400, -1), Float64Array.of(2 ** -400, Number.NaN)];
  const { columns: same, exponent } = withinReach(columns, 400);
  expect(exponent).toBe(0);
  expect(same[0]).toBe(columns[0]);
  expect(same[1]).toBe(columns[1]);
  for (const nothing of [[], [Float64Array.of()], [Float64Array.of(0, -0)], [Float64Array.of(Number.NaN)]]) {
    expect(missingExponent(nothing, 400)).toBe(0);
  }
});

test("large columns come down to the reach by a common power of two, small ones up to 1", () => {
  const [a, b] = [Float64Array.of(-(2 ** 1023), 3, Number.NaN), Float64Array.of(1, 2)];
  const down = withinReach([a, b], 400);
  expect(down.exponent).toBe(400 - 1023);
  expect([...down.columns[0]]).toEqual([-(2 ** 400), 3 * 2 ** -623, Number.NaN]);
  expect([...down.columns[1]]).toEqual([2 ** -623, 2 ** -622]);
  const up = withinReach([Float64Array.of(Number.MIN_VALUE, -5 * Number.MIN_VALUE)], 400);
  expect(up.exponent).toBe(1072);
  expect([...up.columns[0]]).toEqual([0.25, -1.25]);
});

test("the largest value lies within reach, and nothing but its exponent has changed", () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((v) => v !== 0);
  fc.assert(
    fc.property(value, fc.constantFrom(0, 100, 400, 900, 1000), (v, reach) => {
      const { columns, exponent } = withinReach([Float64Array.of(v)], reach);
      const size = Math.abs(columns[0][0]);
      expect(size).toBeGreaterThanOrEqual(2 ** -reach / 2);
      expect(size).toBeLessThanOrEqual(2 * 2 ** reach);
      expect(scaled(columns[0][0], -exponent)).toBe(v);
      expect(scaled(v, exponent)).toBe(columns[0][0]);
    }),
  );
});
