/**
 * Levels beside a number. Names have no order, so levels are put in that of their leading axis: the principal axis of a
 * correspondence analysis (Benzécri 1973) of levels by waves of the number's ranks. What comes out depends neither on the names
 * of the levels nor on the order of the rows.
 */

import { symmetricEigen } from "../numerics/linear.js";
import type { CodedColumn } from "./column.js";
import { rowsInOrder, tieStarts } from "./ties.js";

/** Waves of the ranks that are summed over the rows of every level. */
export const LEVEL_WAVES = 12;
/** Those of the axis, slow ones first: enough for levels that differ in place, spread and shape. */
const AXIS_WAVES = 8;
/** Added to the rows of a level: few of them say little of it. */
const SHRINKAGE = 3;

/** Levels in the order of their leading axis. */
export interface OrderedLevels {
  /** The column, as if the levels were numbers. */
  ordered: CodedColumn;
  /** The sums of {@link waveSums}, in this order of the levels. */
  sums: Float64Array;
}

/**
 * A column of levels with these in the order of their leading axis, as if they were numbers. Levels with the same place on it stand in
 * the order of their lowest rows.
 *
 * @param levels every one of which has rows; none is missing
 * @param number column of the same rows, without missing values
 */
export function orderLevels(levels: CodedColumn, number: CodedColumn): CodedColumn {
  return orderedLevels(levels, number).ordered;
}

/** {@link orderLevels}, with what the order was taken from. */
export function orderedLevels(levels: CodedColumn, number: CodedColumn): OrderedLevels {
  const found = levelsByRows(levels, number);
  const starts = tieStarts(levels);
  const rows = (level: number): number => starts[level + 1] - starts[level];
  const sums = waveSums(levels, number);
  const gram = new Float64Array(AXIS_WAVES * AXIS_WAVES);
  // In the order in which they are found: names must not change a bit of the sums.
  for (const level of found) {
    const weight = rows(level) / (rows(level) + SHRINKAGE) ** 2;
    const own = sums.subarray(level * LEVEL_WAVES, (level + 1) * LEVEL_WAVES);
    for (let i = 0; i < AXIS_WAVES; i++) {
      for (let j = 0; j < AXIS_WAVES; j++) gram[i * AXIS_WAVES + j] += weight * own[i] * own[j];
    }
  }
  const { vectors } = symmetricEigen(gram, AXIS_WAVES);
  const along = new Float64Array(levels.distinct);
  for (const level of found) {
    let sum = 0;
    for (let i = 0; i < AXIS_WAVES; i++) sum += sums[level * LEVEL_WAVES + i] * vectors[i * AXIS_WAVES];
    along[level] = sum / (rows(level) + SHRINKAGE);
  }
  // Sorting is stable: where the axis says the same, they stay as they were found.
  const placeOf = new Uint32Array(levels.distinct);
  const inOrder = new Float64Array(sums.length);
  found
    .sort((a, b) => along[a] - along[b])
    .forEach((level, place) => {
      placeOf[level] = place;
      inOrder.set(sums.subarray(level * LEVEL_WAVES, (level + 1) * LEVEL_WAVES), place * LEVEL_WAVES);
    });
  return { ordered: { ...levels, places: levels.places.map((level) => placeOf[level]) }, sums: inOrder };
}

/**
 * The levels in the order of their lowest rows by the number; where these are tied, of the next ones. Levels that leave a choice have
 * the same rows, as far as can be told.
 */
function levelsByRows(levels: CodedColumn, number: CodedColumn): number[] {
  const starts = tieStarts(levels);
  const next = starts.slice();
  const own = new Uint32Array(levels.places.length);
  for (const row of rowsInOrder(number)) own[next[levels.places[row]]++] = number.places[row];
  const compare = (a: number, b: number): number => {
    const [sizeA, sizeB] = [starts[a + 1] - starts[a], starts[b + 1] - starts[b]];
    for (let k = 0; k < sizeA && k < sizeB; k++) {
      const difference = own[starts[a] + k] - own[starts[b] + k];
      if (difference !== 0) return difference;
    }
    return sizeA - sizeB;
  };
  return Array.from({ length: levels.distinct }, (_, level) => level).sort(compare);
}

/**
 * Sums of the waves √2 cos(jπr) of the ranks r of every level's rows (levels × `LEVEL_WAVES`); tied rows share the mean of the waves
 * at their ranks. Sums run in the order of the ranks: they are the same to the last bit for any order of the rows.
 */
export function waveSums(levels: CodedColumn, number: CodedColumn): Float64Array {
  const n = number.places.length;
  const sums = new Float64Array(levels.distinct * LEVEL_WAVES);
  const rowAt = rowsInOrder(number);
  const waves = wavesAtRanks(n);
  const mean = new Float64Array(LEVEL_WAVES);
  for (let from = 0, to = 0; from < n; from = to) {
    const place = number.places[rowAt[from]];
    mean.fill(0);
    for (to = from; to < n && number.places[rowAt[to]] === place; to++) {
      for (let j = 0; j < LEVEL_WAVES; j++) mean[j] += waves[to * LEVEL_WAVES + j];
    }
    for (let rank = from; rank < to; rank++) {
      const at = levels.places[rowAt[rank]] * LEVEL_WAVES;
      for (let j = 0; j < LEVEL_WAVES; j++) sums[at + j] += mean[j] / (to - from);
    }
  }
  return sums;
}

/** The stretch of a place within a whole. What lies on an edge belongs to the outer one: mirrored places have mirrored stretches. */
export function stretchAt(place: number, whole: number, count: number): number {
  if (2 * place < whole) return Math.ceil((place * count) / whole) - 1;
  return count - Math.ceil(((whole - place) * count) / whole);
}

/** The waves of the last number of rows: columns of one table mostly have the same. */
let last: { n: number; waves: Float64Array } = { n: 0, waves: new Float64Array() };

/** The waves √2 cos(jπ(k + ½)/n), j = 1 …, of every rank k (ranks × `LEVEL_WAVES`). The array must not be changed. */
function wavesAtRanks(n: number): Float64Array {
  if (last.n === n) return last.waves;
  const waves = new Float64Array(n * LEVEL_WAVES);
  for (let rank = 0; rank < n; rank++) {
    // cos(jx) by the recurrence of Chebyshev's polynomials.
    const first = Math.cos(Math.PI * ((rank + 0.5) / n));
    let [before, wave] = [1, first];
    for (let j = 0; j < LEVEL_WAVES; j++) {
      waves[rank * LEVEL_WAVES + j] = Math.SQRT2 * wave;
      [before, wave] = [wave, 2 * first * wave - before];
    }
  }
  last = { n, waves };
  return waves;
}
