/** One-dimensional projections of variables of several columns, as samples for the network. */

import { codeColumn, orient, rankColumn, rankPair, rankPermutation } from "../copula/index.js";
import { standardized } from "../numerics/moments.js";
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

/** Columns of mean 0 and deviation 1; constants become 0. */
export function standardizedColumns(columns: readonly Float64Array[]): Float64Array[] {
  return columns.map((column) => standardized(withinReach([column], REACH.squares).columns[0]));
}
