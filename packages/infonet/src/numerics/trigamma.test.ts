import { expect, test } from "vitest";
import { digamma } from "./digamma.js";
import { trigamma } from "./trigamma.js";

test("closed forms: one, a half, and the reflection of a quarter", () => {
  expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 12);
  expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 12);
  expect(trigamma(0.25) + trigamma(0.75)).toBeCloseTo(2 * Math.PI ** 2, 11);
});

test.each([0.3, 1.7, 6, 9.99, 10, 25])("at %f it is the slope of ψ", (x) => {
  const step = 1e-4 * x;
  expect(trigamma(x)).toBeCloseTo((digamma(x + step) - digamma(x - step)) / (2 * step), 6);
});
