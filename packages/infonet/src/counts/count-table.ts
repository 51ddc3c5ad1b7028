/** A table of counts: how often two levels meet. */

import { type Codes, countsOf } from "../input/variables.js";
import { onGrid } from "./tally.js";

/** Occupied cells of a table; the order of levels and cells carries no meaning. */
export interface CountTable {
  /** Rows of the sample, the sum of all counts. */
  n: number;
  /** Counts of the levels of x. */
  rows: Uint32Array;
  /** Counts of the levels of y. */
  columns: Uint32Array;
  /** Cell k says that level `x[k]` meets level `y[k]` in `count[k]` rows of the sample. */
  cells: { x: Uint32Array; y: Uint32Array; count: Uint32Array };
}

/**
 * Counts how often the levels of two columns meet. O(n + levels).
 *
 * @param x level of every row, from 0 to distinct − 1
 * @param y as many
 */
export function countTable(x: Codes, y: Codes): CountTable {
  const n = x.codes.length;
  const rows = countsOf(x);
  const columns = countsOf(y);
  // Levels of y in the order of x: a counting sort.
  const ends = new Uint32Array(x.distinct);
  for (let level = 1; level < x.distinct; level++) ends[level] = ends[level - 1] + rows[level - 1];
  const sorted = new Uint32Array(n);
  for (let row = 0; row < n; row++) sorted[ends[x.codes[row]]++] = y.codes[row];

  const met = new Uint32Array(y.distinct);
  const most = Math.min(n, x.distinct * y.distinct);
  const cells = { x: new Uint32Array(most), y: new Uint32Array(most), count: new Uint32Array(most) };
  let occupied = 0;
  let start = 0;
  for (let level = 0; level < x.distinct; level++) {
    const first = occupied;
    for (let k = start; k < ends[level]; k++) {
      if (met[sorted[k]]++ > 0) continue;
      cells.x[occupied] = level;
      cells.y[occupied++] = sorted[k];
    }
    for (let k = first; k < occupied; k++) {
      cells.count[k] = met[cells.y[k]];
      met[cells.y[k]] = 0;
    }
    start = ends[level];
  }
  return {
    ...{ n, rows, columns },
    cells: {
      x: cells.x.slice(0, occupied),
      y: cells.y.slice(0, occupied),
      count: cells.count.slice(0, occupied),
    },
  };
}

/**
 * The same of rows that stand for several each.
 *
 * @param weights whole numbers from 1, as many as levels
 */
export function weightedTable(x: Codes, y: Codes, weights: Float64Array): CountTable {
  const rows = new Uint32Array(x.distinct);
  const columns = new Uint32Array(y.distinct);
  const met = new Map<number, number>();
  let n = 0;
  for (const [row, weight] of weights.entries()) {
    const cell = x.codes[row] * y.distinct + y.codes[row];
    met.set(cell, (met.get(cell) ?? 0) + weight);
    rows[x.codes[row]] += weight;
    columns[y.codes[row]] += weight;
    n += weight;
  }
  const cells = [...met.keys()];
  return {
    ...{ n, rows, columns },
    cells: {
      x: Uint32Array.from(cells, (cell) => Math.floor(cell / y.distinct)),
      y: Uint32Array.from(cells, (cell) => cell % y.distinct),
      count: Uint32Array.from(met.values()),
    },
  };
}

/** Σ c²/(r s) over the cells, of which Pearson's X² is made: n times what it is above 1. */
export function pearsonSum({ rows, columns, cells: { x, y, count } }: CountTable): number {
  // At most the smaller number of levels.
  const most = Math.min(rows.length, columns.length);
  let sum = 0;
  for (let k = 0; k < count.length; k++) {
    sum += onGrid(count[k] ** 2 / (rows[x[k]] * columns[y[k]] * most));
  }
  return most * sum;
}
