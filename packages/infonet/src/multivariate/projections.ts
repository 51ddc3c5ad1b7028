/** One-dimensional projections of variables of several columns, as samples for the network. */

import { codeColumn, orient, rankColumn, rankPair, rankPermutation } from "../copula/index.js";
import { type Stream, stream } from "../numerics/random.js";
import { REACH, withinReach } from "../numerics/reach.js";

/** A direction, uniform on the sphere of `width` dimensions (Muller 1959). */
export function direction(width: number, { normal }: Stream): Float64Array {
  for (;;) {
    const vector = Float64Array.from({ length: width }, normal);
    const length = Math.hypot(...vector);
    if (length > 0) return vector.map((value) => value / length);
  }
}

/** Names the random numbers of a slice. */
const SLICES = 51;

/** The random numbers of a slice: a seed has the same slices wherever they are asked for. */
export function sliceRandom(seed: number, slice: number): Stream {
  return stream(seed, SLICES, slice);
}

/** Mean over slices, and its standard error: NaN for a single one. */
export function meanWithError(values: readonly number[]): { mean: number; standardError: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const square = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(square / (values.length - 1) / values.length) };
}

/** Σ direction_k · column_k. */
export function project(columns: readonly Float64Array[], along: ArrayLike<number>): Float64Array {
  const result = new Float64Array(columns[0].length);
  columns.forEach((column, k) => {
    const weight = along[k];
    for (let row = 0; row < result.length; row++) result[row] += weight * column[row];
  });
  return result;
}

/** A pair of columns as the network takes it, or undefined if one of them is constant. */
export function pairPermutation(a: Float64Array, b: Float64Array, seed: number): Uint32Array | undefined {
  const [ca, cb] = [codeColumn(a), codeColumn(b)];
  if (ca.distinct < 2 || cb.distinct < 2) return undefined;
  const [ra, rb] = rankPair(rankColumn(ca, seed), rankColumn(cb, seed), seed);
  return orient(rankPermutation(ra, rb)).perm;
}

/** The columns in a unit in which the sum of a projection is a double, whatever the direction. */
export function projectable(columns: readonly Float64Array[]): Float64Array[] {
  return withinReach(columns, REACH.sums).columns;
}

/** Columns divided by their standard deviations; constants stay. */
export function standardizedColumns(columns: readonly Float64Array[]): Float64Array[] {
  return columns.map((given) => {
    const [column] = withinReach([given], REACH.squares).columns;
    const mean = column.reduce((sum, v) => sum + v, 0) / column.length;
    const square = column.reduce((sum, v) => sum + (v - mean) ** 2, 0);
    const scale = square > 0 ? Math.sqrt(column.length / square) : 1;
    return column.map((v) => (v - mean) * scale);
  });
}
