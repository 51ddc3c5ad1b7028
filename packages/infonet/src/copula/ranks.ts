/**
 * Strict ranks: ties are put in random order, the distributional transform U = F(x−) + V·P(X = x) on ranks.
 * With V uniform and independent, I(U; Y) = I(X; Y) exactly, whatever the order of the categories.
 *
 * The order given to ties must not break what is exact without them. So the randomness hangs on the seed and
 * on which rows of the column are tied with which, never on which of a pair the column is; and a column and
 * its mirror image get mirrored ranks.
 */

import { halves, streamOf } from "../numerics/random.js";
import type { CodedColumn } from "./column.js";

/** The ranks of a column without missing values. */
export interface RankedColumn {
  column: CodedColumn;
  /** Strict 0-based rank per row. */
  ranks: Uint32Array;
  /** What the random order hangs on: equal for columns that tie the same rows. Undefined without ties. */
  partition?: readonly [number, number];
}

/**
 * Ranks a column without missing values. O(n).
 *
 * @param seed of the random order of ties
 * @param stream a second, independent order for the same column
 */
export function rankColumn(column: CodedColumn, seed: number, stream = 0): RankedColumn {
  const { places, distinct } = column;
  const n = places.length;
  if (distinct === n) return { column, ranks: places };
  const partition = partitionHash(places, distinct);
  const mirrored = isMirrored(column);
  const starts = new Uint32Array(distinct + 1);
  for (let row = 0; row < n; row++) {
    const place = mirrored ? distinct - 1 - places[row] : places[row];
    starts[place + 1]++;
  }
  for (let place = 0; place < distinct; place++) starts[place + 1] += starts[place];
  const members = new Uint32Array(n);
  const next = starts.slice();
  for (let row = 0; row < n; row++) {
    const place = mirrored ? distinct - 1 - places[row] : places[row];
    members[next[place]++] = row;
  }
  const random = streamOf(...partition, ...halves(seed), stream);
  const ranks = new Uint32Array(n);
  for (let place = 0; place < distinct; place++) {
    const from = starts[place];
    const to = starts[place + 1];
    // Fisher–Yates, from the last of the tied rows to the first.
    for (let k = to - 1; k > from; k--) {
      const other = random.whole(from, k);
      const row = members[k];
      members[k] = members[other];
      members[other] = row;
    }
    for (let k = from; k < to; k++) ranks[members[k]] = mirrored ? n - 1 - k : k;
  }
  return { column, ranks, partition };
}

/** Names the tied rows by first appearance and hashes the names: no monotone map changes it. */
function partitionHash(places: Uint32Array, distinct: number): [number, number] {
  const names = new Uint32Array(distinct);
  let named = 0;
  let a = 0x243f6a88;
  let b = 0x13198a2e;
  for (let row = 0; row < places.length; row++) {
    const place = places[row];
    if (names[place] === 0) names[place] = ++named;
    a = Math.imul(a ^ names[place], 0x01000193);
    a ^= a >>> 15;
    b = Math.imul(b + names[place], 0x85ebca6b);
    b ^= b >>> 13;
  }
  return [a, b];
}

/** Whether the column is the mirror image of its standard form, in which the first row off the middle is low. */
function isMirrored({ places, distinct }: CodedColumn): boolean {
  for (let row = 0; row < places.length; row++) {
    const image = distinct - 1 - places[row];
    if (places[row] !== image) return places[row] > image;
  }
  return false;
}

/**
 * Ranks of two columns of the same rows whose random orders are independent. Columns that tie exactly the same
 * rows would get the same order, which is dependence out of nothing: one of them gets another stream, chosen
 * by the columns themselves.
 */
export function rankPair(a: RankedColumn, b: RankedColumn, seed: number): [Uint32Array, Uint32Array] {
  const same =
    a.partition !== undefined &&
    b.partition !== undefined &&
    a.partition[0] === b.partition[0] &&
    a.partition[1] === b.partition[1];
  if (!same) return [a.ranks, b.ranks];
  return standardFormPrecedes(b.column, a.column)
    ? [rankColumn(a.column, seed, 1).ranks, b.ranks]
    : [a.ranks, rankColumn(b.column, seed, 1).ranks];
}

/** Lexicographic order of the standard forms (mirrored columns turned round). */
function standardFormPrecedes(a: CodedColumn, b: CodedColumn): boolean {
  const [turnA, turnB] = [isMirrored(a), isMirrored(b)];
  for (let row = 0; row < a.places.length; row++) {
    const placeA = turnA ? a.distinct - 1 - a.places[row] : a.places[row];
    const placeB = turnB ? b.distinct - 1 - b.places[row] : b.places[row];
    if (placeA !== placeB) return placeA < placeB;
  }
  return false;
}
