import { expect, test } from "vitest";
import { column, tableOf } from "../testing/samples.js";
import { halfOf } from "./half.js";

const ROWS = 101;
const rows = Float64Array.from({ length: ROWS }, (_, row) => row);
const table = tableOf([
  column("a", rows),
  column(
    "b",
    rows.map((row) => (row % 10 === 0 ? Number.NaN : -row)),
  ),
]);

test("half of the rows, each once, the same ones of every column", () => {
  const { rows: kept, columns } = halfOf(table, 3, 7);
  const [a, b] = columns;
  expect(kept).toBe(50);
  expect(new Set(a.values).size).toBe(50);
  expect([...b.values]).toEqual([...a.values].map((row) => (row % 10 === 0 ? Number.NaN : -row)));
  expect(b.missing).toBe([...b.values].filter(Number.isNaN).length);
});

test("replicate and seed say which half, and every row has the same chance", () => {
  const of = (replicate: number, seed: number) => [...halfOf(table, replicate, seed).columns[0].values];
  expect(of(1, 0)).toEqual(of(1, 0));
  expect(of(2, 0)).not.toEqual(of(1, 0));
  expect(of(1, 1)).not.toEqual(of(1, 0));
  const times = new Array<number>(ROWS).fill(0);
  const together = new Array<number>(ROWS).fill(0);
  for (let replicate = 1; replicate <= 2000; replicate++) {
    const kept = of(replicate, 5);
    for (const row of kept) times[row]++;
    if (kept.includes(17)) for (const row of kept) together[row]++;
  }
  // 50 of 101 rows, 2000 times: 990 ± 22; two given rows 485 ± 19 times. Five standard deviations.
  for (const count of times) expect(Math.abs(count - 990)).toBeLessThan(112);
  for (const count of together.filter((_, row) => row !== 17)) expect(Math.abs(count - 485)).toBeLessThan(96);
});

test("of rows that belong together, all or none", () => {
  const codes = rows.map((row) => (row === 0 ? Number.NaN : row % 20));
  const { cluster, columns, rows: kept } = halfOf({ ...table, cluster: column("k", codes) }, 1, 0);
  const found = new Set(cluster?.values);
  expect(found.size).toBe(10);
  expect(kept).toBe(50);
  expect([...columns[0].values].every((row, k) => codes[row] === cluster?.values[k])).toBe(true);
});
