import { expect, test } from "vitest";
import { stream } from "../numerics/random.js";
import { tableOfCounts } from "../testing/count-tables.js";
import { chaoWangJost } from "./entropy.js";
import { expectedTable, MANY, MOST_TOTALS } from "./expected.js";
import { independencePValue } from "./independence.js";
import { tableFacts } from "./summary.js";
import { tallyOf } from "./tally.js";

const margins = (rows: readonly number[], columns: readonly number[]) =>
  expectedTable(
    tallyOf(Uint32Array.from(rows)),
    tallyOf(Uint32Array.from(columns)),
    rows.reduce((sum, count) => sum + count, 0),
  );

/** All tables of 2 × 2 with these margins, and how likely they are. */
function all(r: number, s: number, n: number): { table: number[][]; weight: number }[] {
  const choose = (m: number, k: number): number => (k === 0 ? 1 : (choose(m, k - 1) * (m - k + 1)) / k);
  const from = Math.max(0, r + s - n);
  return Array.from({ length: Math.min(r, s) - from + 1 }, (_, k) => {
    const c = from + k;
    return {
      table: [
        [c, r - c],
        [s - c, n - r - s + c],
      ],
      weight: (choose(r, c) * choose(n - r, s - c)) / choose(n, s),
    };
  });
}

test("it is the mean over all tables", () => {
  for (const [r, s, n] of [
    [5, 7, 20],
    [1, 1, 9],
    [9, 3, 12],
  ]) {
    const mean = { information: 0, occupied: 0, once: 0 };
    for (const { table, weight } of all(r, s, n)) {
      mean.information += weight * tableFacts(tableOfCounts(table)).plugIn;
      mean.occupied += weight * table.flat().filter((count) => count > 0).length;
      mean.once += weight * table.flat().filter((count) => count === 1).length;
    }
    const expected = margins([r, n - r], [s, n - s]);
    expect(expected.information).toBeCloseTo(mean.information, 11);
    expect(expected.occupied).toBeCloseTo(mean.occupied, 10);
    expect(expected.once).toBeCloseTo(mean.once, 10);
  }
});

test("exchanging the margins changes nothing", () => {
  const [a, b] = [
    [1, 4, 4, 11, 30],
    [7, 7, 36],
  ];
  expect(margins(a, b)).toEqual(margins(b, a));
});

test("it goes on smoothly where cells are told by their moments", () => {
  // Cells of just below and just above MANY expected rows.
  const [below, above] = [-1, 1].map((step) => {
    const half = Math.round(Math.sqrt(MANY * 10_000)) + step;
    return margins([half, 10_000 - half], [half, 10_000 - half]).information;
  });
  expect(Math.abs(above - below)).toBeLessThan(1e-9);
});

test("it goes on smoothly where totals are interpolated", () => {
  const { whole } = stream(3);
  for (const largest of [30, 300, 3000]) {
    // As many different totals as are looked at one by one, and then a few more.
    const few = Array.from(
      { length: MOST_TOTALS },
      (_, k) => 1 + k + Math.floor((largest * k) / MOST_TOTALS),
    );
    const many = [...few, ...Array.from({ length: 4 }, () => whole(1, largest))];
    many.push(largest + 1_000, largest + 1_001);
    const n = many.reduce((sum, count) => sum + count, 0);
    const columns = Array.from(
      { length: 20 },
      (_, k) => Math.floor(((k + 1) * n) / 20) - Math.floor((k * n) / 20),
    );
    const across = tallyOf(Uint32Array.from(columns));
    // Level by level it is exact.
    const exact = many.reduce((sum, total) => {
      const level = { counts: Uint32Array.of(total), times: Uint32Array.of(1) };
      return sum + expectedTable(level, across, n).information;
    }, 0);
    expect(margins(many, columns).information / exact).toBeCloseTo(1, 5);
  }
});

test("entropy and p-value of the same table agree that nothing is there", () => {
  const table = tableOfCounts([
    [10, 10, 10],
    [10, 10, 10],
    [10, 10, 10],
  ]);
  expect(tableFacts(table).chaoWangJost).toBeCloseTo(0, 2);
  expect(chaoWangJost(table.cells.count)).toBeGreaterThan(2);
  expect(independencePValue(table)).toBeGreaterThan(0.999);
});
