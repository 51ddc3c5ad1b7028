import { expect, test } from "vitest";
import { logBetaTail } from "./beta.js";

test("powers: P(B > x) is (1 − x)^b for a = 1, and 1 − x^a for b = 1", () => {
  for (const x of [1e-6, 0.1, 0.5, 0.93, 1 - 1e-9]) {
    for (const shape of [0.5, 1, 3, 40]) {
      expect(logBetaTail(x, 1, shape)).toBeCloseTo(shape * Math.log1p(-x), 9);
      expect(Math.exp(logBetaTail(x, shape, 1))).toBeCloseTo(1 - x ** shape, 12);
    }
  }
});

test("binomial sums: whole shapes", () => {
  // P(B(3, 5) > x) = Σ_{k < 3} C(7, k) x^k (1 − x)^(7 − k).
  const exact = (x: number) => (1 - x) ** 7 + 7 * x * (1 - x) ** 6 + 21 * x ** 2 * (1 - x) ** 5;
  for (const x of [0.05, 0.3, 0.6, 0.95]) {
    expect(Math.exp(logBetaTail(x, 3, 5)) / exact(x)).toBeCloseTo(1, 12);
  }
});

test("far tails keep their digits, and the ends are the ends", () => {
  expect(logBetaTail(0.9, 1, 5000)).toBeCloseTo(5000 * Math.log(0.1), 6);
  expect(logBetaTail(0.5, 0.5, 5000)).toBeLessThan(-3400);
  expect(logBetaTail(0, 2, 3)).toBe(0);
  expect(logBetaTail(1, 2, 3)).toBe(-Infinity);
});
