/** From two columns to the soft ranks that the network is differentiated by, and the way back to the columns. */

import { type RankGradient, rankScale, type SoftSample, softRankOfSorted } from "../copula/index.js";
import { InfoNetError } from "../errors.js";
import { chosenPlaces, shuffled, stream } from "../numerics/random.js";
import type { PairSample } from "../pairs/samples.js";
import type { Warning } from "../types.js";

/**
 * Strongest regularisation of the soft ranks. Neighbours on the rank scale are 1 apart on average: from 1 on, whole columns
 * would be pooled and their ranks squeezed towards the middle.
 */
export const MOST_POOLING = 0.9;

/** Names the random numbers of a sample. */
const RANDOM_ORDER = 101;

/** The values of a column, finite in the rows that a pair uses. */
export interface SoftSide {
  name: string;
  values: Float64Array;
  /** Whether there are derivatives by them: by levels there are none. */
  fixed: boolean;
}

/** A sample of two columns, the complete rows of a pair. */
export interface GradientSample extends Omit<PairSample, "whole" | "more"> {
  /** Which rows they are; undefined if they are all. */
  rows: Uint32Array | undefined;
  warnings: Warning[];
}

/** A pair ready to be differentiated. */
export interface SoftPair {
  /** Soft ranks of the rows used, in canonical orientation. */
  soft: SoftSample;
  /** Derivatives by the values of every row of the input, from those by the soft ranks; 0 for rows not used. */
  pull(gradient: RankGradient): { dx: Float64Array; dy: Float64Array };
}

/**
 * Soft ranks of a prepared pair. The orientation is that of the hard ranks, and constant.
 *
 * @throws InfoNetError "not-finite" if values are too close together for derivatives by them to be numbers
 */
export function softPair(
  x: SoftSide,
  y: SoftSide,
  { perm, orientation, xRanks, yRanks, rows, n }: GradientSample,
  { regularization = Math.cbrt(perm.length), seed }: { regularization?: number; seed: number },
): SoftPair {
  const { flipU, flipV, swap } = orientation;
  const used = perm.length;
  // Rows are thinned along the canonical u, as `thin` does.
  const along = swap ? { ranks: yRanks, flip: flipV } : { ranks: xRanks, flip: flipU };
  const kept = used < n ? keptRows(along.ranks, along.flip, used) : undefined;
  const inputRow = new Uint32Array(used);
  for (let k = 0; k < used; k++) {
    const complete = kept === undefined ? k : kept[k];
    inputRow[k] = rows === undefined ? complete : rows[complete];
  }
  const pooling = Math.min(regularization, MOST_POOLING);
  const ranksOf = (ranks: Uint32Array): Uint32Array => (kept ? ranksAmong(ranks, kept) : ranks);
  const a = softColumn(x, inputRow, ranksOf(xRanks), flipU, pooling);
  const b = softColumn(y, inputRow, ranksOf(yRanks), flipV, pooling);
  const [u, v] = swap ? [b, a] : [a, b];
  return {
    soft: {
      u: u.ranks,
      v: v.ranks,
      byU: u.sorted,
      byV: v.sorted,
      smoothing: regularization,
      // Read where the features are smoothed, and nowhere else.
      get randomOrder() {
        return shuffled(used, stream(seed, RANDOM_ORDER, used));
      },
    },
    pull(gradient) {
      const [byX, byY] = swap ? [gradient.v, gradient.u] : [gradient.u, gradient.v];
      const [dx, dy] = [
        { side: x, soft: a, slopes: byX },
        { side: y, soft: b, slopes: byY },
      ].map(({ side: { fixed, values }, soft, slopes }) =>
        fixed ? new Float64Array(values.length) : soft.pull(slopes, values.length),
      );
      return { dx, dy };
    },
  };
}

/** Complete rows, ascending, of the places that are chosen along an axis. */
function keptRows(ranks: Uint32Array, flip: boolean, size: number): Uint32Array {
  const n = ranks.length;
  const rowAt = new Uint32Array(n);
  for (let row = 0; row < n; row++) rowAt[flip ? n - 1 - ranks[row] : ranks[row]] = row;
  return chosenPlaces(n, size)
    .map((place) => rowAt[place])
    .sort();
}

/** Ranks of some rows among themselves. */
function ranksAmong(ranks: Uint32Array, rows: Uint32Array): Uint32Array {
  const present = new Uint32Array(ranks.length);
  for (const row of rows) present[ranks[row]] = 1;
  let count = 0;
  for (let rank = 0; rank < present.length; rank++) {
    const here = present[rank];
    present[rank] = count;
    count += here;
  }
  return Uint32Array.from(rows, (row) => present[ranks[row]]);
}

/** Slope of a rank scale from which derivatives by the values would overflow. */
const STEEPEST = 1e300;

/**
 * Soft ranks of the rows used of one column.
 *
 * @throws InfoNetError "not-finite" if its values are too close together
 */
export function softColumn(
  { name, values }: SoftSide,
  rows: Uint32Array,
  ranks: Uint32Array,
  flip: boolean,
  regularization: number,
): {
  ranks: Float64Array;
  sorted: Uint32Array;
  pull(cotangent: Float64Array, length: number): Float64Array;
} {
  const n = rows.length;
  const column = new Float64Array(n);
  for (let k = 0; k < n; k++) column[k] = values[rows[k]];
  const scale = rankScale(column, ranks);
  if (scale.steepest > STEEPEST) {
    throw new InfoNetError(
      "not-finite",
      `${name} has different values that are within ${(1 / STEEPEST).toExponential(0)} of each other, so that derivatives by them overflow; multiply it by a large constant.`,
    );
  }
  const soft = softRankOfSorted(scale.positions, scale.sorted, { regularization });
  return {
    ranks: flip ? mirrored(soft.ranks, n + 1) : soft.ranks,
    sorted: flip ? soft.sorted.slice().reverse() : soft.sorted,
    pull(cotangent, length) {
      const byValue = scale.vjp(soft.vjp(flip ? mirrored(cotangent, 0) : cotangent));
      return atRows(byValue, rows, length);
    },
  };
}

// Functions of their own, not closures: the engine forgets what it has compiled of a closure that nobody holds any more.

/** Twice a centre less the values. */
function mirrored(values: Float64Array, twice: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let k = 0; k < values.length; k++) result[k] = twice - values[k];
  return result;
}

/** Values at some of `length` rows, and 0 at the others. */
function atRows(values: Float64Array, rows: Uint32Array, length: number): Float64Array {
  const result = new Float64Array(length);
  for (let k = 0; k < rows.length; k++) result[rows[k]] = values[k];
  return result;
}
