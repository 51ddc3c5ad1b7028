/**
 * Levels beside a number. Names have no order, so levels are put in that of their leading axis: the principal axis of a
 * correspondence analysis (Benzécri 1973) of levels by waves of the number's ranks. Within a level the points are spread evenly.
 * What comes out is a permutation that depends neither on the names of the levels nor on the order of the rows.
 */

import { symmetricEigen } from "../numerics/linear.js";
import { inverse } from "./permutation.js";

/** Waves of the ranks: enough for levels that differ in place, spread and shape. */
const WAVES = 8;
/** Added to the rows of a level: few of them say little of it. */
const SHRINKAGE = 3;

/**
 * The place of every level along the leading axis, 0 … levels − 1. Levels with the same place on it stand in the order of
 * their lowest row.
 *
 * @param codes level of every row, 0 … levels − 1; every level has rows
 * @param ranks strict 0-based ranks of the number, length n
 */
export function levelPlaces(codes: Uint32Array, levels: number, ranks: Uint32Array): Uint32Array {
  const { counts, sums, found } = waveSums(codes, levels, ranks);
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
  const along = new Float64Array(levels);
  for (const level of found) {
    let sum = 0;
    for (let i = 0; i < WAVES; i++) sum += sums[level * WAVES + i] * vectors[i * WAVES];
    along[level] = sum / (counts[level] + SHRINKAGE);
  }
  // Sorting is stable: where the axis says the same, they stay as they were found.
  const places = new Uint32Array(levels);
  found
    .sort((a, b) => along[a] - along[b])
    .forEach((level, place) => {
      places[level] = place;
    });
  return places;
}

/**
 * Rows of every level, sums of the waves √2 cos(jπr) of their ranks (levels × WAVES), and the levels in the order of their
 * lowest rows.
 */
function waveSums(
  codes: Uint32Array,
  levels: number,
  ranks: Uint32Array,
): { counts: Uint32Array; sums: Float64Array; found: number[] } {
  const n = codes.length;
  const found: number[] = [];
  const counts = new Uint32Array(levels);
  const sums = new Float64Array(levels * WAVES);
  // In the order of the ranks: sums are the same to the last bit for any order of the rows.
  const rowAt = inverse(ranks);
  for (let rank = 0; rank < n; rank++) {
    const level = codes[rowAt[rank]];
    if (counts[level]++ === 0) found.push(level);
    // cos(jx) by the recurrence of Chebyshev's polynomials.
    const first = Math.cos((Math.PI * (rank + 0.5)) / n);
    let [before, wave] = [1, first];
    for (let j = 0; j < WAVES; j++) {
      sums[level * WAVES + j] += Math.SQRT2 * wave;
      [before, wave] = [wave, 2 * first * wave - before];
    }
  }
  return { counts, sums, found };
}

/**
 * The permutation of a sample whose x has levels: each takes as much of the square's width as it has rows, and within it the
 * points lie as evenly as those of Hammersley's set.
 *
 * @param places place of every level, see {@link levelPlaces}
 * @returns rank of y at every rank of x, length n
 */
export function spreadLevels(codes: Uint32Array, places: Uint32Array, ranks: Uint32Array): Uint32Array {
  const n = codes.length;
  const levels = places.length;
  const starts = new Uint32Array(levels + 1);
  for (let row = 0; row < n; row++) starts[places[codes[row]] + 1]++;
  for (let place = 0; place < levels; place++) starts[place + 1] += starts[place];
  const rowAt = inverse(ranks);
  // The ranks of every level, ascending.
  const own = new Uint32Array(n);
  const ends = starts.slice(0, levels);
  for (let rank = 0; rank < n; rank++) own[ends[places[codes[rowAt[rank]]]]++] = rank;
  const perm = new Uint32Array(n);
  for (let place = 0; place < levels; place++) {
    const start = starts[place];
    const size = starts[place + 1] - start;
    const evenly = evenOrder(size);
    for (let k = 0; k < size; k++) perm[start + evenly[k]] = own[start + k];
  }
  return perm;
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
