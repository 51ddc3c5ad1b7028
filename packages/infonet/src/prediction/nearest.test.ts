import { expect, test } from "vitest";
import { correlation } from "../numerics/moments.js";
import { draws } from "../testing/random.js";
import { nearestMeans, nearestRows } from "./nearest.js";
import { nearestPrediction } from "./prediction.js";

const { normal, uniform } = draws(31);
const noise = (n: number) => Float64Array.from({ length: n }, normal);

/** The same by sorting all other rows; of rows as far away the first. */
function bySorting(columns: readonly Float64Array[], most: number): number[] {
  const rows = [...columns[0].keys()];
  const distance = (i: number, j: number): number =>
    columns.reduce((sum, column) => sum + (column[i] - column[j]) ** 2, 0);
  return rows.flatMap((row) =>
    rows
      .filter((other) => other !== row)
      .sort((i, j) => distance(row, i) - distance(row, j) || i - j)
      .slice(0, most),
  );
}

test.each([1, 2, 4])("the nearest 24 of 200 rows in %i columns, the nearest first", (width) => {
  const columns = Array.from({ length: width }, () => noise(200));
  expect([...nearestRows(columns)]).toEqual(bySorting(columns, 24));
});

test("ties: a row is never its own neighbour, and of rows as far away the first come first", () => {
  const few = Float64Array.from({ length: 120 }, () => Math.floor(3 * uniform()));
  expect([...nearestRows([few])]).toEqual(bySorting([few], 24));
  expect([...nearestRows([new Float64Array(30)])]).toEqual(bySorting([new Float64Array(30)], 24));
});

test("of few rows all others are neighbours", () => {
  const columns = [noise(9), noise(9)];
  expect([...nearestRows(columns)]).toEqual(bySorting(columns, 8));
});

test("of many rows neighbours are looked for among 5000, and still no row is its own", () => {
  const n = 5200;
  const column = noise(n);
  const nearest = nearestRows([column]);
  expect(nearest).toHaveLength(24 * n);
  expect(new Set(nearest).size).toBeLessThanOrEqual(5000);
  nearest.forEach((other, k) => {
    if (other === Math.floor(k / 24)) expect(other).not.toBe(Math.floor(k / 24));
  });
  // One in 26 is left out, so that the nearest lie about as near as among all.
  const off = Array.from(column, (value, row) => Math.abs(column[nearest[24 * row]] - value));
  expect(off.sort((a, b) => a - b)[n / 2]).toBeLessThan(0.001);
});

test("means over four rows of a column: the nearest counts most", () => {
  const target = Float64Array.of(1, 2, 4, 8, 16);
  // Four neighbours each: of five rows that are all others.
  const nearest = nearestRows([Float64Array.of(0, 1, 3, 6, 10)]);
  const weights = [1, 0.775, 0.55, 0.325];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const expected = target.map(
    (_, row) => weights.reduce((sum, weight, k) => sum + weight * target[nearest[4 * row + k]], 0) / total,
  );
  const means = nearestMeans(target, nearest);
  means.forEach((mean, row) => {
    expect(mean).toBeCloseTo(expected[row], 12);
  });
});

test("stripes that no smooth function follows", () => {
  const n = 1500;
  const [a, b] = [0, 1].map(() => Float64Array.from({ length: n }, () => 6 * uniform() - 3));
  const stripe = a.map((value, row) => (Math.floor((Math.sin(value) + b[row]) / 0.8) % 2 === 0 ? 1 : -1));
  const target = stripe.map((value) => value + 0.3 * normal());
  const found = nearestPrediction(target, [a, b])!;
  expect(correlation(found.values, stripe)).toBeGreaterThan(0.75);
  expect(found.explained).toBeCloseTo(correlation(found.values, target) ** 2, 12);
  expect(found.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
});

test("no prediction where neighbours tell nothing, nor in more than five columns", () => {
  const columns = Array.from({ length: 6 }, () => noise(400));
  expect(nearestPrediction(noise(400), columns.slice(0, 2))).toBeUndefined();
  expect(nearestPrediction(columns[0], columns)).toBeUndefined();
  expect(nearestPrediction(columns[0], columns.slice(0, 5))).toBeDefined();
});

test("predictions by the nearest rows: a step is found, noise is not, and of many columns none is near", () => {
  const { normal } = draws(3);
  const [x, y, noise] = [0, 1, 2].map(() => Float64Array.from({ length: 600 }, normal));
  const target = x.map((value, row) => Math.sign(value * y[row]));
  expect(nearestPrediction(target, [x, y])?.explained).toBeGreaterThan(0.6);
  expect(nearestPrediction(noise, [x, y])?.explained ?? 0).toBeLessThan(0.03);
  expect(nearestPrediction(target, [x, y, x, y, x, y])).toBeUndefined();
});
