/**
 * Levels beside a number. Names have no order, so levels are put in that of their leading axis: the principal axis of a
 * correspondence analysis (Benzécri 1973) of levels by waves of the number's ranks. What comes out depends neither on the names
 * of the levels nor on the order of the rows.
 */

import { symmetricEigen } from "../numerics/linear.js";
import type { CodedColumn } from "./column.js";
import { rowsInOrder, tieStarts } from "./ties.js";

/** Waves of the ranks: enough for levels that differ in place, spread and shape. */
const WAVES = 8;
/** Added to the rows of a level: few of them say little of it. */
const SHRINKAGE = 3;

/**
 * A column of levels with these in the order of their leading axis, as if they were numbers. Levels with the same place on it stand in
 * the order of their lowest rows.
 *
 * @param levels every one of which has rows; none is missing
 * @param number column of the same rows, without missing values
 */
export function orderLevels(levels: CodedColumn, number: CodedColumn): CodedColumn {
  const found = levelsByRows(levels, number);
  const { counts, sums } = waveSums(levels, number);
  const gram = new Float64Array(WAVES * WAVES);
  // In the order in which they are found: names must not change a bit of the sums.
  for (const level of found) {
    const weight = counts[level] / (counts[level] + SHRINKAGE) ** 2;
    for (let i = 0; i < WAVES; i++) {
      for (let j = 0; j < WAVES; j++) {
        gram[i * WAVES + j] += weight * sums[level * WAVES + i] * sums[level * WAVES + j];
      }
    }
  }
  const { vectors } = symmetricEigen(gram, WAVES);
  const along = new Float64Array(levels.distinct);
  for (const level of found) {
    let sum = 0;
    for (let i = 0; i < WAVES; i++) sum += sums[level * WAVES + i] * vectors[i * WAVES];
    along[level] = sum / (counts[level] + SHRINKAGE);
  }
  // Sorting is stable: where the axis says the same, they stay as they were found.
  const placeOf = new Uint32Array(levels.distinct);
  found
    .sort((a, b) => along[a] - along[b])
    .forEach((level, place) => {
      placeOf[level] = place;
    });
  return { ...levels, places: levels.places.map((level) => placeOf[level]) };
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
 * Rows of every level, and sums of the waves √2 cos(jπr) of their ranks r (levels × WAVES); tied rows share the mean of the waves at
 * their ranks. Sums run in the order of the ranks: they are the same to the last bit for any order of the rows.
 */
function waveSums(levels: CodedColumn, number: CodedColumn): { counts: Uint32Array; sums: Float64Array } {
  const n = number.places.length;
  const counts = new Uint32Array(levels.distinct);
  const sums = new Float64Array(levels.distinct * WAVES);
  const rowAt = rowsInOrder(number);
  const mean = new Float64Array(WAVES);
  for (let from = 0, to = 0; from < n; from = to) {
    const place = number.places[rowAt[from]];
    mean.fill(0);
    for (to = from; to < n && number.places[rowAt[to]] === place; to++) addWaves((to + 0.5) / n, mean);
    for (let rank = from; rank < to; rank++) {
      const level = levels.places[rowAt[rank]];
      counts[level]++;
      for (let j = 0; j < WAVES; j++) sums[level * WAVES + j] += mean[j] / (to - from);
    }
  }
  return { counts, sums };
}

/** The stretch of a place within a whole. What lies on an edge belongs to the outer one: mirrored places have mirrored stretches. */
export function stretchAt(place: number, whole: number, count: number): number {
  if (2 * place < whole) return Math.ceil((place * count) / whole) - 1;
  return count - Math.ceil(((whole - place) * count) / whole);
}

/** Adds the waves √2 cos(jπ · place), j = 1 …, of a place in (0, 1) to as many sums. */
export function addWaves(place: number, sums: Float64Array): void {
  // cos(jx) by the recurrence of Chebyshev's polynomials.
  const first = Math.cos(Math.PI * place);
  let [before, wave] = [1, first];
  for (let j = 0; j < sums.length; j++) {
    sums[j] += Math.SQRT2 * wave;
    [before, wave] = [wave, 2 * first * wave - before];
  }
}
