import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { expectRefused, expectRefusedOrSound } from "../testing/mutations.js";
import {
  checkNull,
  combinedEvidence,
  NullDistribution,
  type NullTable,
  type RankEvidence,
  smoothEvidence,
  tablesOf,
} from "./null-distribution.js";
import { TailTable } from "./tail-table.js";

const tail = [0.9, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const sizes = [10, 100, 1000];
const PROBABILITIES = [0.5, 0.2, 0.05, 0.013, 0.001, 1e-4, 1e-8];
// An exponential statistic with mean 1, P(T > t) = exp(−t): a table in closed form.
const quantile = (p: number): number => -Math.log(p);
const exponential = sizes.map(() => tail.map(quantile));

// What is combined reads its own table: with exponential ones, p-values are what the combinations say.
const table: NullTable = {
  weights: "abc",
  draws: 1,
  seed: 1,
  n: sizes,
  tail,
  ...tablesOf(() => exponential),
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

test("without the evidence of ranks the network's estimate is tested alone", () => {
  for (const n of [10, 550]) {
    for (const p of PROBABILITIES) expect(distribution.pValue(median(p, n), n) / p).toBeCloseTo(1, 6);
  }
});

const ranks = (n: number, waves = 1, xi = 1, neighbours = 1): RankEvidence => ({ n, waves, xi, neighbours });

test("all tests are combined: the network and the waves by Fisher's way, then all by Cauchy's", () => {
  for (const [information, waves, xi, neighbours] of [
    [0.3, 0.02, 0.5, 0.4],
    [0.04, 0.04, 0.04, 0.04],
    [0.6, 0.5, 0.0005, 0.1],
  ].map((parts) => parts.map(quantile))) {
    const smooth = smoothEvidence(information, waves);
    const cot = (evidence: number): number => 1 / Math.tan(Math.PI * Math.exp(-evidence));
    const parts = 10 * cot(smooth) + 2.2 * cot(information) + 1.4 * cot(xi) + 1.5 * cot(neighbours);
    const expected = 0.5 - Math.atan(parts / 15.1) / Math.PI;
    const p = distribution.pValue(Math.sqrt(information / 100), 100, ranks(100, waves, xi, neighbours));
    expect(p / expected).toBeCloseTo(1, 6);
    expect(combinedEvidence({ smooth, information, xi, neighbours })).toBeCloseTo(-Math.log(expected), 9);
  }
});

test("the ranks of all rows count, whatever the network saw", () => {
  const growing = sizes.map((_, k) => tail.map((p) => quantile(p) * (k + 1)));
  const law = new NullDistribution({ ...table, waves: growing }, "abc");
  expect(law.pValue(0.1, 100, ranks(1000, 9))).toBeGreaterThan(law.pValue(0.1, 100, ranks(100, 9)));
});

test("p-values fall with every statistic, from 1 to 0", () => {
  for (const move of [
    (t: number) => distribution.pValue(t, 57),
    (t: number) => distribution.pValue(t, 57, ranks(57)),
    (t: number) => distribution.pValue(0.1, 57, ranks(57, 20 * t)),
    (t: number) => distribution.pValue(0.1, 57, ranks(57, 0, 20 * t)),
    (t: number) => distribution.pValue(0.1, 57, ranks(57, 0, 0, 20 * t)),
  ]) {
    let last = 1;
    for (let t = -0.5; t < 1; t += 0.003) {
      const p = move(t);
      expect(p).toBeLessThanOrEqual(last * (1 + 1e-12));
      expect(p).toBeGreaterThanOrEqual(0);
      last = p;
    }
  }
  expect(distribution.pValue(-5, 57)).toBeGreaterThan(0.99);
  expect(distribution.pValue(3, 1000)).toBeLessThan(1e-300);
  expect(distribution.pValue(3, 1000, ranks(1000, 900))).toBe(0);
});

test("a table of other weights is refused", () => {
  expect(() => new NullDistribution(table, "def")).toThrow(/null\.json was made with weights abc…, not def…/);
});

const released = JSON.parse(
  readFileSync(new URL("../../model/null.json", import.meta.url), "utf8"),
) as NullTable;

test.each<[string, (table: NullTable) => unknown, RegExp]>([
  [
    "without a part",
    (t) => Reflect.deleteProperty(t, "waves"),
    /null\.json: waves is missing; .*npm run null-table/,
  ],
  [
    "with null for a part",
    (t) => Object.assign(t, { waves: null }),
    /waves is null; it must be a list of rows/,
  ],
  ["with a row too few", (t) => t.combined.pop(), /combined is a list of 53; it must be a list of 54/],
  ["with a short row", (t) => t.combined[3].pop(), /combined\[3\] is a list of 14; it must be a list of 15/],
  ["with descending sizes", (t) => t.n.reverse(), /n\[1\] is 8192; it must be above 10000/],
  ["with ascending tails", (t) => t.tail.reverse(), /tail\[1\] is 0\.002; it must be below 0\.001/],
  ["with a tail of 0", (t) => t.tail.push(0), /tail\[15\] is 0; it must be a probability/],
  ["with falling quantiles", (t) => t.waves[2].reverse(), /waves\[2\]\[1\] is .*; it must be at least/],
  ["with a tail that is flat", (t) => t.waves[2].fill(1), /waves\[2\]\[14\] is 1; it must be above 1/],
  ["with NaN", (t) => t.waves[2].splice(1, 1, Number.NaN), /waves\[2\]\[1\] is NaN; it must be a number/],
])("a table %s is refused, and the wrong part named", (_, change, message) => {
  expectRefused(released, checkNull, change, message);
});

test("any change of the released table is refused as a model's fault, or gives p-values", () => {
  expectRefusedOrSound(released, checkNull, (read, t, n) => {
    const p = new NullDistribution(read, read.weights).pValue(t, n, { n, waves: 2, xi: 1, neighbours: 1 });
    expect(p).toBeGreaterThanOrEqual(0);
    expect(p).toBeLessThanOrEqual(1);
  });
});

test("no p-value is below that of perfect agreement: two of n! permutations", () => {
  expect(distribution.pValue(5, 8, ranks(8, 99, 99, 99))).toBeCloseTo(2 / 40_320, 12);
  expect(distribution.pValue(5, 3, ranks(3, 99, 99, 99))).toBeCloseTo(1 / 3, 9);
});
