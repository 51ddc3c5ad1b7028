/**
 * Does the dependence of two series change with time? Products of functions of both say what their dependence is, on average over the rows;
 * their means in windows are compared with those of blocks of rows in a random order, among which no time stands out.
 */

import type { CodedColumn } from "../copula/index.js";
import { columnFunctions } from "../evidence/index.js";
import { logAmong } from "../inference/permutation-tail.js";
import { mean } from "../numerics/moments.js";
import { shuffled, stream } from "../numerics/random.js";
import type { ColumnKind } from "../types.js";

/** A stretch of rows: from the first to before the last. */
export interface Window {
  from: number;
  to: number;
}

/** What a pair says of change. */
export interface ChangeEvidence {
  logP: number;
  /** Number of the window that differs most. */
  window: number;
}

/** Functions of a column. */
const FUNCTIONS = 3;
const DRAWS = 199;
/** Rows of a block are so many times those that count as one independent row; and a window has so many blocks at least. */
const BLOCK = 4;
const BLOCKS_A_WINDOW = 3;

/**
 * Tests whether two columns depend on each other in some window as they do in the others.
 *
 * @param columns without missing values, rows in the order of time
 * @param windows in positions of these rows; empty ones are left out
 * @param inflation factor by which chance is larger than in independent rows
 */
export function testChange(
  columns: readonly (readonly [CodedColumn, ColumnKind])[],
  windows: readonly Window[],
  inflation: number,
): ChangeEvidence {
  const [a, b] = columns.map(([column, kind]) => columnFunctions(column, kind, FUNCTIONS));
  const n = columns[0][0].places.length;
  const products = a.flatMap((f) => b.map((g) => standardized(f.map((value, row) => value * g[row]))));
  const shortest = windows.reduce(
    (least, { from, to }) => (to > from ? Math.min(least, to - from) : least),
    n,
  );
  const block = Math.max(1, Math.min(Math.ceil(BLOCK * inflation), Math.floor(shortest / BLOCKS_A_WINDOW)));
  const seen = deviations(products, windows);
  const all = Array.from({ length: DRAWS }, (_, draw) => {
    const rows = blocksInOrder(n, block, draw);
    const moved = products.map((product) => product.map((_, row) => product[rows[row]]));
    return largest(deviations(moved, windows));
  });
  const most = largest(seen);
  return { logP: logAmong(most, all), window: seen.indexOf(most) };
}

function standardized(values: Float64Array): Float64Array {
  const middle = mean(values);
  const deviation = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
  return values.map((value) => (deviation > 0 ? (value - middle) / deviation : 0));
}

/** How far the means of every window are from 0, as half of a χ². */
function deviations(products: readonly Float64Array[], windows: readonly Window[]): number[] {
  const result = windows.map(() => 0);
  for (const product of products) {
    const sums = new Float64Array(product.length + 1);
    for (let row = 0; row < product.length; row++) sums[row + 1] = sums[row] + product[row];
    for (const [w, { from, to }] of windows.entries()) {
      if (to > from) result[w] += (sums[to] - sums[from]) ** 2 / (to - from) / 2;
    }
  }
  return result;
}

const largest = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

/** Blocks of rows, as on a ring, in a random order. */
function blocksInOrder(n: number, block: number, draw: number): Uint32Array {
  const random = stream(0, 135, draw);
  const start = random.whole(0, n - 1);
  const rows = new Uint32Array(n);
  let at = 0;
  for (const number of shuffled(Math.ceil(n / block), random)) {
    const end = Math.min(n, (number + 1) * block);
    for (let k = number * block; k < end; k++) rows[at++] = (start + k) % n;
  }
  return rows;
}
