import { expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import { position, requireWeights } from "./table.js";
import { TailTable } from "./tail-table.js";

test("a position between knots is the knot before and the share of the way; beyond them it is at their end", () => {
  const knots = [1, 2, 4, 8];
  for (const [value, at, share] of [
    [-7, 0, 0],
    [1, 0, 0],
    [1.25, 0, 0.25],
    [2, 0, 1],
    [3, 1, 0.5],
    [4, 1, 1],
    [5, 2, 0.25],
    [8, 2, 1],
    [100, 2, 1],
  ]) {
    expect(position(knots, value), `${value}`).toEqual([at, share]);
  }
});

test("weights are named by their first twelve digits", () => {
  const [made, used] = ["0123456789abcdef", "fedcba9876543210"];
  expect(() => requireWeights("null", "null-table", made, used)).toThrow(InfoNetError);
  expect(() => requireWeights("null", "null-table", made, used)).toThrow(
    "null.json was made with weights 0123456789ab…, not fedcba987654…; make it again with `npm run null-table`.",
  );
  expect(() => requireWeights("null", "null-table", made, made)).not.toThrow();
});

const tail = [0.5, 0.2, 0.1, 0.05, 0.02, 0.01];

test("evidence between quantiles is linear, before the first falls to nothing, after the last goes on as there", () => {
  const quantiles = [1, 2, 4, 4, 6, 9];
  const law = new TailTable([10], tail, [quantiles]);
  const at = tail.map((p) => -Math.log(p));
  expect(law.evidence(1, 500)).toBe(at[0]);
  expect(law.evidence(0.5, 10)).toBeCloseTo(at[0] * Math.exp(-0.5), 14);
  expect(law.evidence(1.25, 10)).toBeCloseTo(0.75 * at[0] + 0.25 * at[1], 14);
  expect(law.evidence(2, 10)).toBeCloseTo(at[1], 14);
  // Two probabilities with the same quantile: the smaller one holds.
  expect(law.evidence(4, 10)).toBeCloseTo(at[3], 14);
  expect(law.evidence(5, 10)).toBeCloseTo((at[3] + at[4]) / 2, 14);
  expect(law.evidence(9, 10)).toBeCloseTo(at[5], 14);
  // At the rate of the last four steps.
  expect(law.evidence(10, 10)).toBeCloseTo(at[5] + (at[5] - at[1]) / 7, 14);
});

test("a short table goes on at the rate of all its steps", () => {
  const law = new TailTable([10], [0.5, 0.1], [[1, 3]]);
  expect(law.evidence(5, 10)).toBeCloseTo(2 * Math.log(10) - Math.log(2), 14);
});

test("quantiles of two sizes are interpolated in ln n, and are those of the last size beyond", () => {
  const law = new TailTable(
    [10, 100, 1000],
    [0.5, 0.1],
    [
      [1, 2],
      [3, 4],
      [7, 8],
    ],
  );
  const [a, b] = [Math.log(2), Math.log(10)];
  expect(law.evidence(2.25, Math.sqrt(1000))).toBeCloseTo(0.75 * a + 0.25 * b, 12);
  expect(law.evidence(5.5, Math.sqrt(100_000))).toBeCloseTo((a + b) / 2, 12);
  expect(law.evidence(7.5, 1e6)).toBeCloseTo((a + b) / 2, 12);
  expect(law.evidence(1.5, 2)).toBeCloseTo((a + b) / 2, 12);
});
