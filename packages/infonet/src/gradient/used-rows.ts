/** The rows of a sample that the network is asked about, where they come from, and their ranks among themselves. */

import { chosenPlaces } from "../numerics/random.js";
import type { PairSample } from "../pairs/samples.js";
import type { Warning } from "../types.js";

/** A sample of two columns, the complete rows of a pair. */
export interface GradientSample extends Omit<PairSample, "whole" | "more"> {
  /** Which rows they are; undefined if they are all. */
  rows: Uint32Array | undefined;
  warnings: Warning[];
}

/** The values of a column, finite in the rows that a pair uses. */
export interface GradientSide {
  name: string;
  values: Float64Array;
  /** Whether there are derivatives by them: by levels there are none. */
  fixed: boolean;
}

/** The rows that are used. */
export interface UsedRows {
  /** Rows of the input. */
  input: Uint32Array;
  xRanks: Uint32Array;
  yRanks: Uint32Array;
}

/** The rows of a sample that its permutation is of. */
export function usedRows({ perm, orientation, xRanks, yRanks, rows, n }: GradientSample): UsedRows {
  const { flipU, flipV, swap } = orientation;
  const used = perm.length;
  // Rows are thinned along the canonical u, as `thin` does.
  const along = swap ? { ranks: yRanks, flip: flipV } : { ranks: xRanks, flip: flipU };
  const kept = used < n ? keptRows(along.ranks, along.flip, used) : undefined;
  const input = new Uint32Array(used);
  for (let k = 0; k < used; k++) {
    const complete = kept === undefined ? k : kept[k];
    input[k] = rows === undefined ? complete : rows[complete];
  }
  const ranksOf = (ranks: Uint32Array): Uint32Array => (kept ? ranksAmong(ranks, kept) : ranks);
  return { input, xRanks: ranksOf(xRanks), yRanks: ranksOf(yRanks) };
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

/** Values of some rows. */
export function valuesAt(values: Float64Array, rows: Uint32Array): Float64Array {
  const result = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) result[k] = values[rows[k]];
  return result;
}

/** Values at some of `length` rows, and 0 at the others. */
export function atRows(values: Float64Array, rows: Uint32Array, length: number): Float64Array {
  const result = new Float64Array(length);
  for (let k = 0; k < rows.length; k++) result[rows[k]] = values[k];
  return result;
}
