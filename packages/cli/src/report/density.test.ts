import { describe, expect, test } from "vitest";
import { normalCopula } from "../testing/normal-copula.js";
import { tableCopula } from "../testing/table-copula.js";
import { blockRatio, blockRatios, columnRatio, medianWithin, rowRatio, tableRatios } from "./density.js";

const halves = [
  { from: 0, to: 0.5, label: "low" },
  { from: 0.5, to: 1, label: "high" },
];
const r = 0.6;
const copula = normalCopula(r);

describe("blockRatios", () => {
  test("is the mean ratio of each block, in the right corner", () => {
    // Three times as often where u is low and v high, as often elsewhere; no copula, but easy to check.
    const patch = {
      ...normalCopula(0),
      conditional: (u: number, v: number) => ({ v: u < 0.5 && v > 0.5 ? 0.5 + 3 * (v - 0.5) : v, u }),
    };
    const ratios = blockRatios(patch, halves, [halves[0], { ...halves[1], to: 0.9 }]);
    expect(ratios.map(({ x, y, ratio }) => [x.label, y.label, Number(ratio.toFixed(6))])).toEqual([
      ["low", "low", 1],
      ["high", "low", 1],
      ["low", "high", 3],
      ["high", "high", 1],
    ]);
  });

  test("knows how often two normal variables are on the same side", () => {
    // Sheppard 1899: P(both below their medians) = 1/4 + asin(r)/2π.
    const same = 4 * (0.25 + Math.asin(r) / (2 * Math.PI));
    const [lowLow, highLow, lowHigh, highHigh] = blockRatios(copula, halves, halves).map(
      ({ ratio }) => ratio,
    );
    for (const ratio of [lowLow, highHigh]) expect(ratio).toBeCloseTo(same, 3);
    for (const ratio of [highLow, lowHigh]) expect(ratio).toBeCloseTo(2 - same, 3);
  });

  test("leaves out bands too narrow to be resolved", () => {
    const narrow = [{ from: 0, to: 0.04, label: "rare" }, ...halves];
    const blocks = blockRatios(normalCopula(0), narrow, halves);
    expect(blocks.map(({ x }) => x.label)).not.toContain("rare");
    expect(blocks).toHaveLength(4);
  });
});

test("tableRatios are those of the counts, of groups of levels too, where enough rows are expected", () => {
  const counts = [
    [8, 2, 30],
    [12, 18, 30],
  ];
  const copula = tableCopula(counts);
  const [a, b, c] = [
    { from: 0, to: 0.2, label: "a" },
    { from: 0.2, to: 0.4, label: "b" },
    { from: 0.4, to: 1, label: "c" },
  ];
  const ab = { from: 0, to: 0.4, label: "ab" };
  const ys = [
    { from: 0, to: 0.4, label: "p" },
    { from: 0.4, to: 1, label: "q" },
  ];
  const y = { levels: ys, groups: ys };
  const ratios = (groups: typeof ys, n: number) =>
    tableRatios(copula, { levels: [a, b, c], groups }, y, n).map(
      (block) => `${block.x.label}${block.y.label} ${block.ratio.toFixed(6)}`,
    );
  expect(ratios([a, b, c], 100)).toEqual([
    "ap 1.000000",
    "bp 0.250000",
    "cp 1.250000",
    "aq 1.000000",
    "bq 1.500000",
    "cq 0.833333",
  ]);
  expect(ratios([ab, c], 100)).toEqual(["abp 0.625000", "cp 1.250000", "abq 1.250000", "cq 0.833333"]);
  expect(ratios([a, c], 50)).toEqual(["cp 1.250000", "aq 1.000000", "cq 0.833333"]);
});

test("the mean over a thin stretch is the density there, either way", () => {
  const density = Math.exp(copula.logDensity(0.3, 0.7));
  const [u, v] = [
    { from: 0.299, to: 0.301 },
    { from: 0.699, to: 0.701 },
  ];
  expect(columnRatio(copula, 0.3, v)).toBeCloseTo(density, 4);
  expect(rowRatio(copula, u, 0.7)).toBeCloseTo(density, 4);
  expect(blockRatio(copula, u, v)).toBeCloseTo(density, 4);
});

test("the mean over all of an axis is 1", () => {
  const whole = { from: 0, to: 1 };
  expect(columnRatio(copula, 0.2, whole)).toBe(1);
  expect(rowRatio(copula, whole, 0.9)).toBe(1);
});

describe("medianWithin", () => {
  test("is the conditional median where the stretch is thin, and the middle for all rows", () => {
    expect(medianWithin(copula, { from: 0.0999, to: 0.1001 })).toBeCloseTo(copula.quantile(0.5, 0.1), 3);
    expect(medianWithin(copula, { from: 0, to: 1 })).toBeCloseTo(0.5, 4);
  });
});
