import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { discrete } from "./discrete.js";
import { matrix } from "./golden/samples.js";
import { type HistogramOptions, histogram } from "./histogram.js";

/** Quantile that lies between two values, linearly. */
function quantile(sorted: readonly number[], p: number): number {
  const at = p * (sorted.length - 1);
  const [below, above] = [Math.floor(at), Math.min(Math.floor(at) + 1, sorted.length - 1)];
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** Bins of equal width, the last one with its upper end. */
function equalWidths(column: Float64Array, bins: number | undefined): number[] {
  const sorted = [...column].sort((a, b) => a - b);
  const [low, range] = [sorted[0], sorted[sorted.length - 1] - sorted[0]];
  const quartiles = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const width = (quartiles > 0 ? 2 * quartiles : 3.49 * deviation(sorted)) / Math.cbrt(sorted.length);
  const number = bins ?? Math.ceil(range / width);
  return Array.from(column, (value) => Math.min(number - 1, Math.floor(((value - low) / range) * number)));
}

/** Bins of equal counts; tied rows go by their mean rank. */
function equalCounts(column: Float64Array, number: number): number[] {
  return Array.from(column, (value) => {
    const below = column.filter((other) => other < value).length;
    const tied = column.filter((other) => other === value).length;
    return Math.floor(((below + tied / 2) * number) / column.length);
  });
}

type Cut = (column: Float64Array) => number[];

/** Cells of one or two columns by name. */
const cells = (cut: Cut, ...columns: Float64Array[]): string[] => {
  const bins = columns.map(cut);
  return bins[0].map((_, row) => bins.map((codes) => codes[row]).join());
};

const KINDS: [HistogramOptions, Cut][] = [
  [{ bins: 3 }, (column) => equalWidths(column, 3)],
  [{ bins: 11 }, (column) => equalWidths(column, 11)],
  [{}, (column) => equalWidths(column, undefined)],
  [{ bins: "equiprobable", count: 3 }, (column) => equalCounts(column, 3)],
  [{ bins: "equiprobable", count: 7 }, (column) => equalCounts(column, 7)],
];

const COLUMNS: [string, (normal: () => number) => number][] = [
  ["heavy tails", (normal) => normal() ** 5],
  ["ties", (normal) => Math.round(2 * normal())],
  ["mostly the same value", (normal) => Math.max(0, Math.round(3 * normal()) - 4)],
];

test.each(KINDS)("%o: the information of the bins by their definition", (options, cut) => {
  for (const [name, draw] of COLUMNS) {
    for (const n of [20, 21, 22, 23, 90]) {
      const { normal } = draws(n);
      const [x, y, z] = [0, 1, 2].map(() => Float64Array.from({ length: n }, () => draw(normal)));
      const mixed = y.map((value, row) => (row % 2 === 0 ? value : x[row]));
      if ([x, mixed, z].some((column) => new Set(column).size === 1)) continue;
      const one = discrete(cells(cut, x), cells(cut, mixed));
      expect(histogram(x, mixed, options), `${name}, ${n}`).toBeCloseTo(one, 12);
      const two = discrete(cells(cut, x, z), cells(cut, mixed));
      expect(histogram(matrix(x, z), mixed, options), `${name}, ${n}, two columns`).toBeCloseTo(two, 12);
    }
  }
});

test("equiprobable bins are (n/5)^(1/columns) unless told, and at least two", () => {
  const { normal } = draws(5);
  const column = (n: number) => Float64Array.from({ length: n }, normal);
  const equal = { bins: "equiprobable" } as const;
  for (const [n, count] of [
    [500, 10],
    [499, 9],
    [19, 2],
  ]) {
    const [x, y] = [column(n), column(n)];
    expect(histogram(x, y, equal)).toBe(histogram(x, y, { ...equal, count }));
    expect(histogram(x, y, equal)).not.toBe(histogram(x, y, { ...equal, count: count + 1 }));
  }
  const [x, y, z] = [column(626), column(626), column(626)];
  expect(histogram(matrix(x, y), z, equal)).toBe(histogram(matrix(x, y), z, { ...equal, count: 5 }));
});

test("an outlier billions of quartiles away stands alone", () => {
  const { uniform } = draws(6);
  const x = Float64Array.from({ length: 40 }, (_, row) => (row === 7 ? 1e200 : uniform()));
  // One against thirty-nine.
  expect(histogram(x, x)).toBeCloseTo(-Math.log(1 / 40) / 40 - (39 / 40) * Math.log(39 / 40), 12);
});

test("adaptive bins: the seed orders ties; a matrix on either side is refused", () => {
  const x = Float64Array.from({ length: 200 }, (_, row) => row % 7);
  const y = Float64Array.from({ length: 200 }, (_, row) => (row % 7) + (row % 3));
  const adaptive = { bins: "adaptive" } as const;
  expect(histogram(x, y, adaptive)).toBe(histogram(x, y, { ...adaptive, seed: 0 }));
  expect(histogram(x, y, { ...adaptive, seed: 1 })).not.toBe(histogram(x, y, { ...adaptive, seed: 2 }));
  expect(() => histogram(x, matrix(x, y), adaptive)).toThrow(/x and y have 1 and 2 columns/);
});
