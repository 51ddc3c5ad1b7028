/**
 * Samples with ties: the distributional transform U = F(x−) + V·P(X = x) on ranks. With V uniform and independent,
 * I(U; Y) = I(X; Y) exactly, whatever the order of the values. Tied numbers are put in several random orders, over which what is read
 * of the sample is averaged. The orders hang on which values meet how often: neither a seed nor the order of the rows has a part in
 * them, and mirroring a column or exchanging the two changes nothing.
 */

import { mixedWord, type Stream, streamOf } from "../numerics/random.js";
import { type CodedColumn, mirroredColumn } from "./column.js";
import {
  inverse,
  lexicographicallySmaller,
  type Orientation,
  orientationsOf,
  orientRanks,
  rankPermutation,
} from "./permutation.js";

/** Rows in all random orders of tied numbers together, about, and orders at most: the more rows, the less an order matters. */
const ROWS_IN_ORDERS = 20_000;
const MOST_ORDERS = 4;

/** A sample in canonical orientation. */
export interface RankedRows {
  /** Its permutation; where there are ties, one for each of several orders of them. */
  perms: readonly Uint32Array[];
  orientation: Orientation;
  /** Strict ranks of the rows on the square of the user, of the first order. */
  xRanks: Uint32Array;
  yRanks: Uint32Array;
}

/** Strict 0-based ranks per row. */
interface Ranks {
  xRanks: Uint32Array;
  yRanks: Uint32Array;
}

/** Where the rows of every place of a column begin among its ranks, and the number of rows at the end. */
export function tieStarts({ places, distinct }: CodedColumn): Uint32Array {
  const starts = new Uint32Array(distinct + 1);
  for (let row = 0; row < places.length; row++) starts[places[row] + 1]++;
  for (let place = 0; place < distinct; place++) starts[place + 1] += starts[place];
  return starts;
}

/** Mean 0-based ranks of the rows: those that are tied share theirs. */
export function midRanks(column: CodedColumn): Float64Array {
  const { places } = column;
  const starts = tieStarts(column);
  const ranks = new Float64Array(places.length);
  for (let row = 0; row < ranks.length; row++) {
    ranks[row] = (starts[places[row]] + starts[places[row] + 1] - 1) / 2;
  }
  return ranks;
}

/** Rows in the order of their places. */
export function rowsInOrder(column: CodedColumn): Uint32Array {
  const { places, distinct } = column;
  if (distinct === places.length) return inverse(places);
  const next = tieStarts(column).slice(0, distinct);
  const rows = new Uint32Array(places.length);
  for (let row = 0; row < rows.length; row++) rows[next[places[row]]++] = row;
  return rows;
}

/**
 * Two columns of numbers as a sample in canonical orientation. O(n).
 *
 * @param x column without missing values
 * @param y as many
 */
export function orientColumns(x: CodedColumn, y: CodedColumn): RankedRows {
  const n = x.places.length;
  if (x.distinct === n && y.distinct === n) {
    const { perm, orientation } = orientRanks(x.places, y.places);
    return { perms: [perm], orientation, xRanks: x.places, yRanks: y.places };
  }
  return orientTied(x, y, numbersInOrder);
}

/**
 * Levels, in an order of theirs, beside a column of numbers, as a sample in canonical orientation. The points of a level lie as evenly
 * as those of Hammersley's set over the ranks that it takes. O(n).
 *
 * @param levels without missing values
 * @param number as many
 */
export function orientLevels(levels: CodedColumn, number: CodedColumn): RankedRows {
  return orientTied(levels, number, levelsInOrder);
}

/**
 * Strict ranks of a sample of two columns, in an order of the ties.
 *
 * @param swapped whether the columns have been exchanged
 */
type Ranking = (columns: [CodedColumn, CodedColumn], swapped: boolean, order: number) => Ranks;

function orientTied(x: CodedColumn, y: CodedColumn, ranking: Ranking): RankedRows {
  const n = x.places.length;
  const many = Math.min(MOST_ORDERS, Math.max(1, Math.round(ROWS_IN_ORDERS / n)));
  const orders = ranking === levelsInOrder && y.distinct === n ? 1 : many;
  const ranksIn = ({ flipU, flipV, swap }: Orientation): Ranks[] => {
    const [a, b] = [flipU ? mirroredColumn(x) : x, flipV ? mirroredColumn(y) : y];
    return Array.from({ length: orders }, (_, order) => ranking(swap ? [b, a] : [a, b], swap, order));
  };
  const candidates = orientationsOf(midRanks(x), midRanks(y)).map((orientation) => {
    const ranks = ranksIn(orientation);
    return { orientation, ranks, perms: ranks.map(({ xRanks, yRanks }) => rankPermutation(xRanks, yRanks)) };
  });
  const { orientation, ranks, perms } = candidates.reduce((best, other) =>
    precede(other.perms, best.perms) ? other : best,
  );
  const { flipU, flipV, swap } = orientation;
  const back = (own: Uint32Array, flip: boolean): Uint32Array =>
    flip ? own.map((rank) => n - 1 - rank) : own;
  const [{ xRanks, yRanks }] = ranks;
  const [ofX, ofY] = swap ? [yRanks, xRanks] : [xRanks, yRanks];
  return { perms, orientation, xRanks: back(ofX, flipU), yRanks: back(ofY, flipV) };
}

/** Whether the first permutation in which two lists differ is lexicographically smaller in the first. */
function precede(a: readonly Uint32Array[], b: readonly Uint32Array[]): boolean {
  for (const [k, perm] of a.entries()) {
    if (lexicographicallySmaller(perm, b[k])) return true;
    if (lexicographicallySmaller(b[k], perm)) return false;
  }
  return false;
}

function numbersInOrder([x, y]: [CodedColumn, CodedColumn], _swapped: boolean, order: number): Ranks {
  const random = streamFor(x, y, order);
  return { xRanks: shuffledTies(x, y, random), yRanks: shuffledTies(y, x, random) };
}

function levelsInOrder(columns: [CodedColumn, CodedColumn], swapped: boolean, order: number): Ranks {
  const [levels, number] = swapped ? [columns[1], columns[0]] : columns;
  const ofNumber = shuffledTies(number, levels, streamFor(levels, number, order));
  const ofLevels = evenTies(levels, { places: ofNumber, distinct: ofNumber.length, missing: 0 });
  return swapped ? { xRanks: ofNumber, yRanks: ofLevels } : { xRanks: ofLevels, yRanks: ofNumber };
}

/**
 * The random numbers of an order. They hang on which values meet how often: were they the same for all samples, those with the
 * same ties would all have the same spurious dependence, or the same lack of it.
 */
function streamFor(x: CodedColumn, y: CodedColumn, order: number): Stream {
  let [first, second] = [0, 0];
  // Sums: the order of the rows has no part in them.
  for (let row = 0; row < x.places.length; row++) {
    const word = mixedWord(Math.imul(x.places[row], 0x9e3779b1) ^ mixedWord(y.places[row] + 0x7f4a7c15));
    first = (first + word) | 0;
    second = (second + mixedWord(word + 0x2545f491)) | 0;
  }
  return streamOf(first, second, order, x.places.length);
}

/**
 * Strict ranks of a column, tied rows in random order. Before they are shuffled they stand in the order of the other column: rows
 * that agree in both are the same row to whoever looks.
 */
function shuffledTies(column: CodedColumn, other: CodedColumn, random: Stream): Uint32Array {
  const { places, distinct } = column;
  if (distinct === places.length) return places;
  const starts = tieStarts(column);
  const next = starts.slice(0, distinct);
  const members = new Uint32Array(places.length);
  for (const row of rowsInOrder(other)) members[next[places[row]]++] = row;
  const ranks = new Uint32Array(places.length);
  for (let place = 0; place < distinct; place++) {
    // Fisher–Yates, from the last of the tied rows to the first.
    for (let k = starts[place + 1] - 1; k > starts[place]; k--) {
      const at = random.whole(starts[place], k);
      [members[k], members[at]] = [members[at], members[k]];
    }
    for (let k = starts[place]; k < starts[place + 1]; k++) ranks[members[k]] = k;
  }
  return ranks;
}

/** Strict ranks of a column of levels: those of the rows of a level rise and fall evenly along a number without ties. */
export function evenTies(levels: CodedColumn, number: CodedColumn): Uint32Array {
  const starts = tieStarts(levels);
  const next = new Uint32Array(levels.distinct);
  const orders = new Map<number, Uint32Array>();
  const ranks = new Uint32Array(levels.places.length);
  for (const row of rowsInOrder(number)) {
    const level = levels.places[row];
    const size = starts[level + 1] - starts[level];
    let evenly = orders.get(size);
    if (evenly === undefined) {
      evenly = evenOrder(size);
      orders.set(size, evenly);
    }
    ranks[row] = starts[level] + evenly[next[level]++];
  }
  return ranks;
}

/** 0 … size − 1 in the order of their reversed bits (van der Corput 1935), as ranks. */
export function evenOrder(size: number): Uint32Array {
  const bits = size > 1 ? 32 - Math.clz32(size - 1) : 0;
  const result = new Uint32Array(size);
  let rank = 0;
  for (let key = 0; key < 1 << bits; key++) {
    const number = reversed(key, bits);
    if (number < size) result[number] = rank++;
  }
  return result;
}

function reversed(number: number, bits: number): number {
  let result = 0;
  for (let bit = 0; bit < bits; bit++) result |= ((number >>> bit) & 1) << (bits - 1 - bit);
  return result;
}
