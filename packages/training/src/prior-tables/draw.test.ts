import { expect, test } from "vitest";
import { Random } from "../prior/random.js";
import { drawTable, MOST_LEVELS } from "./draw.js";
import { lawOf } from "./law.js";
import { sampleTable } from "./sample.js";

test("a draw is a pure function of seed and number, and a table of n rows", () => {
  for (let index = 0; index < 50; index++) {
    const draw = drawTable(3, index);
    expect(drawTable(3, index)).toEqual(draw);
    const { n, rows, columns, cells } = draw.sample;
    const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);
    expect([sum(rows), sum(columns), sum(cells.count)]).toEqual([n, n, n]);
    expect(rows.length).toBeLessThanOrEqual(MOST_LEVELS);
    const met = new Uint32Array(rows.length);
    cells.x.forEach((level, k) => {
      met[level] += cells.count[k];
    });
    expect(met).toEqual(rows);
    expect(Math.min(...rows, ...columns, ...cells.count)).toBeGreaterThan(0);
    expect(draw.mi).toBeGreaterThanOrEqual(0);
  }
  expect(drawTable(4, 0)).not.toEqual(drawTable(3, 0));
});

test("independence is common, and dependence of every strength", () => {
  const truths = Array.from({ length: 1000 }, (_, index) => drawTable(1, index).mi);
  const share = (holds: (mi: number) => boolean): number => truths.filter(holds).length / truths.length;
  expect(share((mi) => mi < 1e-9)).toBeGreaterThan(0.15);
  expect(share((mi) => mi < 1e-9)).toBeLessThan(0.4);
  for (const [from, to] of [
    [0.001, 0.05],
    [0.05, 0.3],
    [0.3, 1],
    [1, 6],
  ]) {
    expect(share((mi) => mi >= from && mi < to)).toBeGreaterThan(0.08);
  }
});

test.each([
  ["row by row", 50],
  ["cell by cell", 500],
  ["cell by cell, many rows", 50_000],
])("counts have the means and variances of the law: %s", (_, n) => {
  const law = lawOf(4, 8, (i, k) => (i + 1) ** 2 * (k + 1));
  const draws = 600;
  const rng = new Random(7);
  const [sums, squares] = [new Float64Array(32), new Float64Array(32)];
  for (let draw = 0; draw < draws; draw++) {
    const { cells } = sampleTable(rng, law, n);
    const { x, y } = cells;
    cells.count.forEach((count, k) => {
      // All levels are seen where the mean of a level is large.
      if (n < 500) return;
      sums[x[k] * 8 + y[k]] += count;
      squares[x[k] * 8 + y[k]] += count * count;
    });
    if (n < 500) {
      sums[0] += cells.count.reduce((total, count) => total + count * count, 0);
    }
  }
  if (n < 500) {
    // Σ c² has the mean n + n (n − 1) Σ p².
    const square = law.p.reduce((sum, p) => sum + p * p, 0);
    expect(sums[0] / draws / (n + n * (n - 1) * square)).toBeCloseTo(1, 1);
    return;
  }
  law.p.forEach((p, cell) => {
    const mean = sums[cell] / draws;
    const variance = squares[cell] / draws - mean ** 2;
    const expected = n * p * (1 - p);
    expect(Math.abs(mean - n * p)).toBeLessThan(5 * Math.sqrt(expected / draws));
    expect(variance / expected).toBeGreaterThan(0.7);
    expect(variance / expected).toBeLessThan(1.35);
  });
});
