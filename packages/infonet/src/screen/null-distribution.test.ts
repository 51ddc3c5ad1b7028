import { expect, test } from "vitest";
import { NullDistribution, type NullTable } from "./null-distribution.js";

const tail = [0.9, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
// If n·T² is exponential with mean 1, P(T > t) = exp(−n t²): a table in closed form.
const quantile = (p: number, n: number): number => Math.sqrt(-Math.log(p) / n);
const sizes = [10, 100, 1000];
const table: NullTable = {
  weights: "abc",
  draws: 1,
  seed: 1,
  n: sizes,
  tail,
  statistic: sizes.map((n) => tail.map((p) => quantile(p, n))),
};
const distribution = new NullDistribution(table, "abc");

test("p-values are those of the law that was tabulated, between sizes and beyond the last probability", () => {
  for (const n of [10, 30, 100, 550, 1000]) {
    for (const p of [0.5, 0.2, 0.05, 0.013, 0.001, 1e-4, 1e-8]) {
      expect(distribution.pValue(quantile(p, n), n) / p, `n ${n}, p ${p}`).toBeCloseTo(1, 1);
    }
  }
});

test("they fall with the statistic, from 1 to 0", () => {
  let last = 1;
  for (let t = -0.5; t < 1; t += 0.003) {
    const p = distribution.pValue(t, 57);
    expect(p).toBeLessThanOrEqual(last);
    expect(p).toBeGreaterThanOrEqual(0);
    last = p;
  }
  expect(distribution.pValue(-5, 57)).toBeGreaterThan(0.99);
  expect(distribution.pValue(3, 1000)).toBeLessThan(1e-300);
});

test("a table of other weights is refused", () => {
  expect(() => new NullDistribution(table, "def")).toThrow(/null\.json was made with weights abc…, not def…/);
});
