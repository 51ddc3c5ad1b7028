/**
 * Rows in time: are rows that follow each other more alike, or more different, than rows that are near each other anyway? In every stretch of
 * a few rows the likeness of neighbours is compared with its exact mean and variance over all orders of these rows. A table sorted by groups
 * is no series: within a stretch the rows of one group stand in any order. Nor is a column that it was sorted by.
 */

import type { CodedColumn } from "../copula/index.js";
import { MISSING } from "../input/missing.js";

/** Rows of a stretch, */
const STRETCH = 10;
/** and stretches that are looked at: of more, some that lie evenly. A dependence that these do not show is too weak to matter. */
const MOST_STRETCHES = 4096;
/** Standard errors that it takes: one of 600,000 independent columns has as much. */
const ERRORS = 4.8;
/** A correlation of neighbours within stretches of less than this hardly changes a p-value. */
const LEAST_CORRELATION = 0.15;
/** A column of numbers is sorted if at most this share of its rows goes against the others. */
const MOST_AGAINST = 0.01;
/** A column that changes so seldom lies in blocks, as sorted tables and tables of counts do: in this share of the rows, */
const SELDOM = 0.02;
/** or in this share, and so many times for each of its values. */
const BLOCKS = 0.1;
const BLOCKS_A_VALUE = 8;

/** What a column has in the order of its rows. */
export interface SerialLikeness {
  /** Standard errors by which neighbours are more alike than others; below 0 if they are less. */
  z: number;
  /** The same as a correlation. */
  correlation: number;
  /** Whether the column rises or falls throughout, or lies in blocks. */
  sorted: boolean;
  /** Whether its values are numbers. */
  ordered: boolean;
}

/** Whether the rows of a column depend on those before. */
export function isSerial({ z, correlation, sorted, ordered }: SerialLikeness): boolean {
  // Levels that are less alike than by chance take turns, as the treatments of a design do.
  if (!ordered && z < 0) return false;
  return !sorted && Math.abs(z) > ERRORS && Math.abs(correlation) > LEAST_CORRELATION;
}

/**
 * The likeness of neighbours in a column. Rows without a value are passed over. O(n).
 *
 * @param ordered whether the values are numbers; else they are alike or not
 */
export function serialLikeness({ places, distinct, missing }: CodedColumn, ordered: boolean): SerialLikeness {
  const own = missing === 0 ? places : places.filter((place) => place !== MISSING);
  const n = own.length;
  const count = Math.floor(n / STRETCH);
  const looked = Math.min(count, MOST_STRETCHES);
  let [excess, variance, whole] = [0, 0, 0];
  for (let k = 0; k < looked; k++) {
    const start = Math.floor((k * count) / looked) * STRETCH;
    const stretch = likenessIn(own.subarray(start, start + STRETCH), ordered);
    excess += stretch.excess;
    variance += stretch.variance;
    whole += stretch.whole;
  }
  return {
    z: variance > 0 ? excess / Math.sqrt(variance) : 0,
    correlation: whole > 0 ? excess / whole : 0,
    sorted: isSorted(own, distinct, ordered),
    ordered,
  };
}

/** Sums of likeness over the neighbours of a stretch: what is above the mean over all orders, their variance, and the most there can be. */
function likenessIn(
  places: Uint32Array,
  ordered: boolean,
): { excess: number; variance: number; whole: number } {
  const w = places.length;
  const scores = ordered ? centredRanks(places) : undefined;
  const likeness = (i: number, j: number): number =>
    scores === undefined ? Number(places[i] === places[j]) : scores[i] * scores[j];
  let [seen, own, sum, squares, chains] = [0, 0, 0, 0, 0];
  for (let i = 0; i < w; i++) {
    let row = 0;
    let rowSquares = 0;
    for (let j = 0; j < w; j++) {
      const value = likeness(i, j);
      if (i === j) {
        own += value;
        continue;
      }
      row += value;
      rowSquares += value * value;
    }
    if (i > 0) seen += likeness(i - 1, i);
    sum += row;
    squares += rowSquares;
    chains += row * row - rowSquares;
  }
  // Over all orders: two different rows, three, and four, in all ways to choose them.
  const ofTwo = w * (w - 1);
  const ofThree = ofTwo * (w - 2);
  const ofFour = ofThree * (w - 3);
  const mean = ((w - 1) * sum) / ofTwo;
  const apart = sum * sum - 2 * squares - 4 * chains;
  const second =
    ((w - 1) * squares) / ofTwo + (2 * (w - 2) * chains) / ofThree + ((w - 2) * (w - 3) * apart) / ofFour;
  return {
    excess: seen - mean,
    variance: Math.max(0, second - mean * mean),
    whole: ((w - 1) * own) / w - mean,
  };
}

/** Mid-ranks less their mean. */
function centredRanks(places: Uint32Array): Float64Array {
  return Float64Array.from(places, (place) => {
    let rank = 0;
    for (const other of places) rank += Math.sign(place - other);
    return rank / 2;
  });
}

/** Whether a column rises or falls throughout, or lies in blocks. */
function isSorted(places: Uint32Array, distinct: number, ordered: boolean): boolean {
  let [rises, falls] = [0, 0];
  for (let row = 1; row < places.length; row++) {
    if (places[row] > places[row - 1]) rises++;
    else if (places[row] < places[row - 1]) falls++;
  }
  const changes = rises + falls;
  if (ordered && Math.min(rises, falls) <= MOST_AGAINST * places.length) return true;
  if (changes < SELDOM * places.length) return true;
  return changes < BLOCKS * places.length && changes <= BLOCKS_A_VALUE * distinct;
}
