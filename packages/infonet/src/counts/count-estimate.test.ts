import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stream } from "../numerics/random.js";
import { columnsOfLevels, inOtherWords, tableOf, tableOfCounts } from "../testing/count-tables.js";
import { estimateCounts } from "./count-estimate.js";
import { CountsHead, checkCounts } from "./counts-head.js";
import { independencePValue } from "./independence.js";
import { tableFacts } from "./summary.js";

const released = JSON.parse(readFileSync(new URL("../../model/counts.json", import.meta.url), "utf8"));
const head = new CountsHead(checkCounts(released));

test("names of levels, order of rows and of the columns do not reach the last bit", () => {
  fc.assert(
    fc.property(columnsOfLevels, fc.nat(), (columns, seed) => {
      const other = inOtherWords(columns, stream(seed));
      const [a, b] = [tableOf(columns.x, columns.y), tableOf(other.x, other.y)];
      for (const used of [undefined, head]) {
        const [one, two] = [estimateCounts(a, used), estimateCounts(b, used)];
        expect(two).toEqual({ ...one, entropies: [one.entropies[1], one.entropies[0]] });
      }
      expect(independencePValue(b)).toBe(independencePValue(a));
    }),
  );
});

test("estimate and interval lie between 0 and the smaller entropy, and the entropies below ln(levels)", () => {
  fc.assert(
    fc.property(columnsOfLevels, ({ x, y }) => {
      for (const used of [undefined, head]) {
        const { mi, interval, entropies } = estimateCounts(tableOf(x, y), used);
        const ordered = [0, interval[0], mi, interval[1], Math.min(...entropies)];
        expect(ordered).toEqual([...ordered].sort((a, b) => a - b));
        expect(entropies[0]).toBeLessThanOrEqual(Math.log(new Set(x).size));
        expect(entropies[1]).toBeLessThanOrEqual(Math.log(new Set(y).size));
      }
    }),
  );
});

test("a column with itself has its entropy, whatever the head says", () => {
  const x = Array.from({ length: 60 }, (_, k) => k % 7);
  const { mi, interval, entropies } = estimateCounts(tableOf(x, x), head);
  expect(mi).toBe(entropies[0]);
  expect(interval[1]).toBe(mi);
  expect(mi).toBeCloseTo(Math.log(7), 2);
});

test.each([12, 40, 100])("a binary column of %i rows with itself has at most ln 2", (n) => {
  const x = Array.from({ length: n }, (_, k) => k % 2);
  const { mi } = estimateCounts(tableOf(x, x), head);
  expect(mi).toBeLessThanOrEqual(Math.LN2);
  expect(mi).toBeGreaterThan(Math.LN2 - 0.02);
});

test("levels that never come back are not taken for a one-to-one law", () => {
  const x = Array.from({ length: 30 }, (_, k) => k);
  const { interval } = estimateCounts(tableOf(x, x), head);
  expect(interval[0]).toBeLessThan(interval[1]);
});

test("a single level has no information", () => {
  expect(estimateCounts(tableOf([1, 2, 2, 3], [9, 9, 9, 9]), head)).toMatchObject({
    mi: 0,
    interval: [0, 0],
  });
});

test("without a head it is Chao, Wang & Jost with the standard error of the delta method", () => {
  const table = tableOfCounts([
    [300, 100],
    [100, 300],
  ]);
  const { chaoWangJost, error } = tableFacts(table);
  const { mi, interval } = estimateCounts(table);
  expect(mi).toBe(chaoWangJost);
  // Of the binary symmetric channel: n times the variance is Σ p ln² − I².
  const logs = [0.75, 0.25].map((p) => p * Math.log(2 * p) ** 2);
  const information = 0.75 * Math.log(1.5) + 0.25 * Math.log(0.5);
  expect(error).toBeCloseTo(Math.sqrt((logs[0] + logs[1] - information ** 2) / 800), 10);
  expect(interval[1] - mi).toBeCloseTo(1.6448536 * error, 7);
});
