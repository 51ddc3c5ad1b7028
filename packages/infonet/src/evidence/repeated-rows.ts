/**
 * Rows written twice: of two columns of numbers, pairs (x, y) that come again and again although the ties of the single columns do not
 * explain it. Rounded columns are tied, and where one follows the other their pairs are too; so what counts is how far apart the y of
 * neighbouring values of x are. Where neighbours are far apart and the rows of one and the same x still have one and the same y, these rows
 * are copies.
 */

import { type CodedColumn, rowsInOrder, tieStarts } from "../copula/index.js";

/** Rows that a pair has on average at most: beyond, the columns may be codes, whose pairs come again by nature. */
const MOST_ROWS_A_PAIR = 4;
/** Rows are repeated if there are more copies than so many times those expected, and so many standard errors and copies beyond. */
const FACTOR = 1.5;
const ERRORS = 4;
const FEW = 1;
/** Below this ratio of curvature to slope, medians over all values, one column is a smooth function of the other; noise has 1.7. */
const SMOOTH = 0.7;

/** Of the tied rows of a column of copies, at least this share have one and the same value in the other: those of several curves do not. */
const LEAST_SINGLE = 0.2;

/** Rows of a pair with each (x, y) that occurs, once. */
export interface DistinctRows {
  /** The first row with each pair, ascending. */
  rows: Uint32Array;
  /** Of every row, the position in {@link rows} of the row that it is, or is a copy of. */
  positions: Uint32Array;
  /** Whether pairs come again so often that they may be meant to, such as those of a code and what it stands for. */
  often: boolean;
}

/**
 * The distinct rows of two columns of numbers, where rows are repeated more often than ties explain; undefined where they are not. The order
 * of rows, exchanging the columns and mirroring them change nothing. O(n).
 *
 * @param x without missing values
 * @param y as many
 */
export function distinctRows(x: CodedColumn, y: CodedColumn): DistinctRows | undefined {
  const n = x.places.length;
  if (x.distinct === n || y.distinct === n) return undefined;
  const inOrder = sortedRows(x, y);
  const same = (a: number, b: number): boolean => x.places[a] === x.places[b] && y.places[a] === y.places[b];
  let copies = 0;
  let [own, most] = [0, 0];
  for (let k = 1; k < n; k++) {
    own = same(inOrder[k - 1], inOrder[k]) ? own + 1 : 0;
    if (own > 0) copies++;
    most = Math.max(most, own);
  }
  // Without the pair that comes most often, which may be two zeros.
  const seen = copies - most;
  if (seen <= FEW) return undefined;
  const exchanged = sortedRows(y, x);
  if (Math.max(singleShare(x, y, inOrder), singleShare(y, x, exchanged)) < LEAST_SINGLE) return undefined;
  const expected = Math.max(explainedBy(x, y, inOrder), explainedBy(y, x, exchanged));
  if (seen <= FACTOR * expected + ERRORS * Math.sqrt(expected) + FEW) return undefined;
  return firstRows(inOrder, same, copies);
}

/** The first row of each pair, of rows among which those of one pair stand together, in their own order. */
function firstRows(
  inOrder: Uint32Array,
  same: (a: number, b: number) => boolean,
  copies: number,
): DistinctRows {
  const n = inOrder.length;
  const firstOf = new Uint32Array(n);
  for (let k = 0; k < n; k++) {
    const copy = k > 0 && same(inOrder[k - 1], inOrder[k]);
    // Rows of one pair stand in their own order.
    firstOf[inOrder[k]] = copy ? firstOf[inOrder[k - 1]] : inOrder[k];
  }
  const rows = new Uint32Array(n - copies);
  const positions = new Uint32Array(n);
  let count = 0;
  for (let row = 0; row < n; row++) {
    if (firstOf[row] === row) {
      rows[count] = row;
      positions[row] = count++;
    } else positions[row] = positions[firstOf[row]];
  }
  return { rows, positions, often: n > MOST_ROWS_A_PAIR * rows.length };
}

/** Copies make ties of much the same size: this much of the variance that sizes have by chance at most. */
const EVEN = 0.7;
/** Of the ties of a number, at least this share have one level where they are copies, */
const LEAST_OF_ONE_LEVEL = 0.8;
/** and this share, and so many, one that no row of the next numbers on both sides has: a level that steps along the number has one there. */
const LEAST_ALONE = { share: 0.02, ties: 3 };

/** Different numbers that a level has, on average, at least. */
const NUMBERS_A_LEVEL = 2;

/**
 * The distinct rows of levels beside a number, where rows are repeated more often than ties explain: rows of one number have one level, though
 * their neighbours have others, and numbers come about equally often. A code that tells the level comes as often as it comes, and the levels
 * of a number that is rounded, or of a year, are those of its neighbours. The order of rows means nothing. O(n).
 *
 * @param levels without missing values
 * @param number as many
 */
export function distinctRowsBeside(levels: CodedColumn, number: CodedColumn): DistinctRows | undefined {
  const starts = tieStarts(number);
  const { distinct } = number;
  if (distinct === number.places.length || hasChanceSizes(starts)) return undefined;
  const inOrder = sortedRows(number, levels);
  const levelAt = (k: number): number => levels.places[inOrder[k]];
  const isAmong = (level: number, place: number): boolean => {
    if (place < 0 || place >= distinct) return false;
    for (let k = starts[place]; k < starts[place + 1]; k++) if (levelAt(k) === level) return true;
    return false;
  };
  let [ties, ofOneLevel, alone] = [0, 0, 0];
  let copies = 0;
  for (let place = 0; place < distinct; place++) {
    const [first, last] = [starts[place], starts[place + 1] - 1];
    if (first === last) continue;
    ties++;
    for (let k = first + 1; k <= last; k++) if (levelAt(k) === levelAt(k - 1)) copies++;
    const level = levelAt(first);
    if (level !== levelAt(last)) continue;
    ofOneLevel++;
    if (!isAmong(level, place - 1) && !isAmong(level, place + 1)) alone++;
  }
  const fewAlone = Math.max(LEAST_ALONE.ties, LEAST_ALONE.share * ties);
  if (ofOneLevel < LEAST_OF_ONE_LEVEL * ties || alone < fewAlone) return undefined;
  // A number that each level has one of says what the level is.
  if (number.places.length - copies < NUMBERS_A_LEVEL * levels.distinct) return undefined;
  const same = (a: number, b: number): boolean =>
    number.places[a] === number.places[b] && levels.places[a] === levels.places[b];
  return firstRows(inOrder, same, copies);
}

/** Whether the sizes of ties vary much as those of values do that come by chance: Poisson numbers, of which there is no zero. */
function hasChanceSizes(starts: Uint32Array): boolean {
  const sizes = Float64Array.from(starts.subarray(1), (end, place) => end - starts[place]);
  const mean = starts[sizes.length] / sizes.length;
  let rate = mean;
  for (let k = 0; k < 100; k++) rate = mean * (1 - Math.exp(-rate));
  const variance = sizes.reduce((sum, size) => sum + (size - mean) ** 2, 0) / sizes.length;
  return variance > EVEN * mean * (1 + rate - mean);
}

/** Rows in the order of x, those of one x in the order of y, and those of one pair in their own. */
function sortedRows(x: CodedColumn, y: CodedColumn): Uint32Array {
  const next = tieStarts(x);
  const sorted = new Uint32Array(x.places.length);
  for (const row of rowsInOrder(y)) sorted[next[x.places[row]]++] = row;
  return sorted;
}

/**
 * Copies to expect if y is a smooth function of x and noise: m rows of one x that can have any of c values of y, all equally likely,
 * have m − c (1 − (1 − 1/c)^m). c is read from how far the middle y lies from the line through those of the neighbouring values of x,
 * and is rather too small.
 *
 * @param inOrder rows in the order of x, then of y
 */
function explainedBy(x: CodedColumn, y: CodedColumn, inOrder: Uint32Array): number {
  const starts = tieStarts(x);
  const { distinct } = x;
  if (distinct < 3) return Infinity;
  const middles = Float64Array.from({ length: distinct }, (_, place) => {
    const [first, last] = [starts[place], starts[place + 1] - 1];
    return (y.places[inOrder[(first + last) >> 1]] + y.places[inOrder[(first + last + 1) >> 1]]) / 2;
  });
  const bends = new Float64Array(distinct - 2);
  const slopes = new Float64Array(distinct - 2);
  let expected = 0;
  for (let place = 0; place < distinct; place++) {
    const at = Math.min(Math.max(place, 1), distinct - 2);
    const bend = Math.abs(middles[at] - (middles[at - 1] + middles[at + 1]) / 2);
    if (at === place) {
      bends[at - 1] = bend;
      slopes[at - 1] = Math.abs(middles[at + 1] - middles[at - 1]) / 2;
    }
    const rows = starts[place + 1] - starts[place];
    if (rows === 1) continue;
    const values = 1 + 2 * bend;
    expected += rows - values * (1 - (1 - 1 / values) ** rows);
  }
  return median(bends) < SMOOTH * median(slopes) ? Infinity : expected;
}

/** Share of the tied rows of x whose ties all have the same y. */
function singleShare(x: CodedColumn, y: CodedColumn, inOrder: Uint32Array): number {
  const starts = tieStarts(x);
  let [tied, single] = [0, 0];
  for (let place = 0; place < x.distinct; place++) {
    const [first, last] = [starts[place], starts[place + 1] - 1];
    if (first === last) continue;
    tied += last - first + 1;
    if (y.places[inOrder[first]] === y.places[inOrder[last]]) single += last - first + 1;
  }
  return tied > 0 ? single / tied : 0;
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
