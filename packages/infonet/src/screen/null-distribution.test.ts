import { expect, test } from "vitest";
import { combinedEvidence, NullDistribution, type NullTable } from "./null-distribution.js";
import { TailTable } from "./tail-table.js";

const tail = [0.9, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const sizes = [10, 100, 1000];
const PROBABILITIES = [0.5, 0.2, 0.05, 0.013, 0.001, 1e-4, 1e-8];
// An exponential statistic with mean 1, P(T > t) = exp(−t): a table in closed form.
const quantile = (p: number): number => -Math.log(p);
const rows = (of: (p: number) => number): number[][] => sizes.map(() => tail.map(of));

// e + e'/2 of two independent exponentials exceeds t with probability 2 exp(−t) − exp(−2t).
function combinedQuantile(p: number): number {
  return -Math.log(1 - Math.sqrt(1 - p));
}

const table: NullTable = {
  ...{ weights: "abc", draws: 1, seed: 1, n: sizes, tail },
  information: rows(quantile),
  waves: rows(quantile),
  combined: rows(combinedQuantile),
};
const distribution = new NullDistribution(table, "abc");
// n·T² is the information statistic.
const median = (p: number, n: number): number => Math.sqrt(quantile(p) / n);

test("evidence is that of the law that was tabulated, between sizes and beyond the last probability", () => {
  const law = new TailTable(sizes, tail, table.information);
  for (const n of [10, 30, 100, 550, 1000]) {
    for (const p of PROBABILITIES) expect(law.evidence(quantile(p), n)).toBeCloseTo(quantile(p), 6);
  }
});

test("a statistic whose quantiles change with n is interpolated in ln n", () => {
  const growing = new TailTable(
    [10, 1000],
    tail,
    [1, 3].map((factor) => tail.map((p) => factor * quantile(p))),
  );
  expect(growing.evidence(2 * quantile(0.01), 100)).toBeCloseTo(quantile(0.01), 6);
});

test("without the evidence of waves the network's estimate is tested alone", () => {
  for (const n of [10, 550]) {
    for (const p of PROBABILITIES) expect(distribution.pValue(median(p, n), n) / p).toBeCloseTo(1, 6);
  }
});

test("two independent tests are combined: p-values of the combination's own law", () => {
  const n = 100;
  for (const [p, q] of [
    [0.3, 0.02],
    [0.04, 0.04],
    [0.005, 0.6],
  ]) {
    const t = combinedEvidence(quantile(p), quantile(q));
    const expected = 2 * Math.exp(-t) - Math.exp(-2 * t);
    expect(distribution.pValue(median(p, n), n, quantile(q)) / expected).toBeCloseTo(1, 1);
  }
});

test("p-values fall with either statistic, from 1 to 0", () => {
  for (const move of [
    (t: number) => distribution.pValue(t, 57),
    (t: number) => distribution.pValue(t, 57, 1),
    (t: number) => distribution.pValue(0.1, 57, 20 * t),
  ]) {
    let last = 1;
    for (let t = -0.5; t < 1; t += 0.003) {
      const p = move(t);
      expect(p).toBeLessThanOrEqual(last);
      expect(p).toBeGreaterThanOrEqual(0);
      last = p;
    }
  }
  expect(distribution.pValue(-5, 57)).toBeGreaterThan(0.99);
  expect(distribution.pValue(3, 1000)).toBeLessThan(1e-300);
});

test("a table of other weights, or an incomplete one, is refused", () => {
  expect(() => new NullDistribution(table, "def")).toThrow(/null\.json was made with weights abc…, not def…/);
  const { waves: _, ...older } = table;
  expect(() => new NullDistribution(older as NullTable, "abc")).toThrow(
    /null\.json lacks a part.*null-table/,
  );
});
