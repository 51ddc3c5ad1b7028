import { expect, test } from "vitest";
import { logChoose, logFactorial, logGamma, logGammaTail } from "./gamma.js";

test("ln Γ of halves and whole numbers", () => {
  expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 14);
  expect(logGamma(1)).toBeCloseTo(0, 14);
  expect(logFactorial(20)).toBeCloseTo(Math.log(2432902008176640000), 12);
  expect(logChoose(52, 5)).toBeCloseTo(Math.log(2598960), 12);
});

test("tails of whole shapes are those of the Poisson law", () => {
  // P(X > x) of shape k is P(N < k) of a Poisson number of mean x.
  const poisson = (k: number, x: number): number => {
    let [term, sum] = [1, 0];
    for (let i = 0; i < k; i++) {
      sum += term;
      term *= x / (i + 1);
    }
    return Math.log(sum) - x;
  };
  for (const [k, x] of [
    [1, 0.1],
    [1, 3],
    [5, 2],
    [5, 30],
    [20, 60],
    [3, 700],
  ]) {
    expect(logGammaTail(k, x)).toBeCloseTo(poisson(k, x), 9);
  }
});

test("far out it keeps its digits, and at 0 it is all", () => {
  expect(logGammaTail(1, 5000)).toBeCloseTo(-5000, 8);
  expect(logGammaTail(2.5, 0)).toBe(0);
  expect(logGammaTail(2.5, -3)).toBe(0);
});

test("of a large shape it is nearly that of the normal law", () => {
  const shape = 160_000;
  expect(Math.exp(logGammaTail(shape, shape))).toBeCloseTo(0.5 - 1 / (3 * Math.sqrt(2 * Math.PI * shape)), 5);
  expect(Math.exp(logGammaTail(shape, shape + 400 * 1.6448536))).toBeCloseTo(0.05, 3);
});
