import fc from "fast-check";
import { expect, test } from "vitest";
import { firstAbove, order } from "./order.js";

test("sorts any finite numbers, stably", () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1, -1, 5e-324, -5e-324, Number.MAX_VALUE, -Number.MAX_VALUE),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 200 }), (values) => {
      const expected = values.map((_, i) => i).sort((i, j) => values[i] - values[j] || i - j);
      expect([...order(Float64Array.from(values))]).toEqual(expected);
    }),
  );
});

test("numbers that differ in one bit of sixty-four are told apart, whichever it is", () => {
  for (const sign of [1, -1]) {
    for (let bit = 0; bit < 52; bit++) {
      const above = 1 + 2 ** (bit - 52);
      expect([...order(Float64Array.of(sign * above, sign))], `bit ${bit}`).toEqual(
        sign > 0 ? [1, 0] : [0, 1],
      );
    }
    for (let bit = 0; bit < 10; bit++) {
      const above = 2 ** (2 ** bit - 1000);
      const expected = sign > 0 ? [1, 0] : [0, 1];
      expect([...order(Float64Array.of(sign * above, sign * 2 ** -1000))], `exponent, bit ${bit}`).toEqual(
        expected,
      );
    }
  }
  expect(order(new Float64Array(0))).toHaveLength(0);
});

test("many numbers that differ in their low words alone are sorted too, equal ones in their order", () => {
  const close = (steps: (k: number) => number): number[] =>
    Array.from({ length: 600 }, (_, k) => 1 + steps(k) * 2 ** -50);
  for (const values of [
    close((k) => 600 - k),
    close((k) => (k * 7919) % 601),
    close((k) => (k * 7919) % 50),
  ]) {
    const expected = values.map((_, i) => i).sort((i, j) => values[i] - values[j] || i - j);
    expect([...order(Float64Array.from(values))]).toEqual(expected);
    expect([...order(Float64Array.from(values, (value) => -value))]).toEqual(
      values.map((_, i) => i).sort((i, j) => values[j] - values[i] || i - j),
    );
  }
});

test("the first above a number: none of an empty list, none where all are below, the next of equal ones", () => {
  expect(firstAbove(new Float64Array(), 3)).toBe(0);
  const ascending = Float64Array.of(1, 2, 2, 5);
  expect([0, 1, 1.5, 2, 4, 5, 9].map((number) => firstAbove(ascending, number))).toEqual([
    0, 1, 1, 3, 3, 4, 4,
  ]);
});
