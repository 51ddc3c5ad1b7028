import { Random } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { averagePrecision, GROUP_LAWS, geneTable, groupTable, PAIRS } from "./group-tables.js";

test("tables of groups have their pairs and no others", () => {
  const { columns, related } = groupTable(GROUP_LAWS[0], new Random(1, 1), 50, false);
  expect(Object.keys(columns)).toHaveLength(2 * PAIRS + 1);
  const all = (2 * PAIRS * (2 * PAIRS - 1)) / 2;
  expect(related).toHaveLength(all - PAIRS);
  for (const values of Object.values(columns)) expect(values).toHaveLength(50);
});

test("genes: regulators come before their targets, and counts are counts", () => {
  const { columns, links } = geneTable(new Random(1, 2), 30, 40);
  expect(links.length).toBeGreaterThan(20);
  for (const [from, to] of links) expect(Number(from.slice(1))).toBeLessThan(Number(to.slice(1)));
  for (const values of Object.values(columns)) {
    expect(values.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
  }
});

test("average precision: 1 of a perfect ranking, the share of links among the first where they come last", () => {
  expect(averagePrecision([true, true, false], 2)).toBe(1);
  expect(averagePrecision([false, false, true], 1)).toBeCloseTo(1 / 3, 12);
  expect(averagePrecision([true], 2)).toBe(0.5);
});
