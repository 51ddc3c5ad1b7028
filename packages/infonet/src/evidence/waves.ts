/** Correlations of the ranks' slow waves: what the smooth statistics of dependence are made of. */

import { FINE, fineCells } from "../features/rank-cells.js";

/** Waves along an axis: cos(πiu), i = 1 … WAVES. */
export const WAVES = 8;
// The fastest wave has sixteen cells a period; ranks need not be told apart any finer.
const CELLS = 64;
/** Fine cells are shifted by this to make those. */
const COARSER = Math.log2(FINE / CELLS);

/** √2 cos(πi u) at the middle of cell k, at k · WAVES + (i − 1). */
const COSINES = Float64Array.from(
  { length: WAVES * CELLS },
  (_, at) => Math.SQRT2 * Math.cos((Math.PI * ((at % WAVES) + 1) * (Math.floor(at / WAVES) + 0.5)) / CELLS),
);

const counts = new Int32Array(CELLS * CELLS);
/** Sums over the cells of each row, times the waves along u, at row · WAVES + (i − 1). */
const rows = new Float64Array(CELLS * WAVES);
/** Those summed over the rows, times one wave along v. */
const sums = new Float64Array(WAVES);
const squares = new Float64Array(WAVES * WAVES);

/** The waves of the last number of rows: columns of one table mostly have the same. */
let last = { n: 0, values: new Float64Array() };

/** The values of the waves at every rank of a sample: wave i at rank k stands at (i − 1) · n + k. The array must not be changed. */
export function wavesOfRanks(n: number): Float64Array {
  if (last.n !== n) {
    const fine = fineCells(n);
    const value = (at: number): number => COSINES[(fine[at % n] >> COARSER) * WAVES + Math.floor(at / n)];
    last = { n, values: Float64Array.from({ length: WAVES * n }, (_, at) => value(at)) };
  }
  return last.values;
}

/** A number for each pair of waves, i along u and j along v, at (j − 1) · WAVES + (i − 1). */
export function forEachPair(value: (i: number, j: number) => number): Float64Array {
  return Float64Array.from({ length: WAVES * WAVES }, (_, at) =>
    value((at % WAVES) + 1, Math.floor(at / WAVES) + 1),
  );
}

/**
 * n times the squared correlation of cos(πiu) with cos(πjv), in the order of {@link forEachPair}. Under independence
 * each is about χ² with one degree of freedom, whatever n is. Flips change nothing but rounding, and the exchange of
 * the variables transposes. The array is overwritten by the next call.
 *
 * @param perm permutation of the ranks, in any orientation
 */
export function squaredWaves(perm: Uint32Array): Float64Array {
  const n = perm.length;
  const fine = fineCells(n);
  counts.fill(0);
  for (let k = 0; k < n; k++) counts[(fine[perm[k]] >> COARSER) * CELLS + (fine[k] >> COARSER)]++;
  return squaresOfCounts(n);
}

/** The cells of strict ranks that waves are summed over. */
export function waveCells(ranks: Uint32Array): Uint8Array {
  const fine = fineCells(ranks.length);
  const cells = new Uint8Array(ranks.length);
  for (let k = 0; k < cells.length; k++) cells[k] = fine[ranks[k]] >> COARSER;
  return cells;
}

/** Rows of one column beside rows of another: where they begin, and how many there are. */
export type RowsBeside = readonly [x: number, y: number, rows: number];

/** {@link squaredWaves} of some rows, by their cells among all rows. */
export function squaredWavesBeside(
  x: Uint8Array,
  y: Uint8Array,
  stretches: readonly RowsBeside[],
): Float64Array {
  counts.fill(0);
  let n = 0;
  for (const [fromX, fromY, rows] of stretches) {
    for (let k = 0; k < rows; k++) counts[y[fromY + k] * CELLS + x[fromX + k]]++;
    n += rows;
  }
  return squaresOfCounts(n);
}

/** Squares from the counts of cells. */
function squaresOfCounts(n: number): Float64Array {
  const sparse = n < SPARSE;
  for (let row = 0; row < CELLS; row++) {
    if (sparse) fewTimesWaves(row);
    else timesWaves(row);
  }
  for (let j = 0; j < WAVES; j++) {
    sums.fill(0);
    for (let row = 0; row < CELLS; row++) {
      const wave = COSINES[row * WAVES + j];
      for (let i = 0; i < WAVES; i++) sums[i] += rows[row * WAVES + i] * wave;
    }
    for (let i = 0; i < WAVES; i++) squares[j * WAVES + i] = (sums[i] * sums[i]) / n;
  }
  return squares;
}

/** Below so many rows most cells are empty, and looking for those that are not is faster than to add nothings. */
const SPARSE = 1000;

/** {@link timesWaves} where most counts are 0; the same to the last bit. */
function fewTimesWaves(row: number): void {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < CELLS; k++) {
    const count = counts[row * CELLS + k];
    if (count === 0) continue;
    const at = k * WAVES;
    a += count * COSINES[at];
    b += count * COSINES[at + 1];
    c += count * COSINES[at + 2];
    d += count * COSINES[at + 3];
    e += count * COSINES[at + 4];
    f += count * COSINES[at + 5];
    g += count * COSINES[at + 6];
    h += count * COSINES[at + 7];
  }
  const at = row * WAVES;
  rows[at] = a;
  rows[at + 1] = b;
  rows[at + 2] = c;
  rows[at + 3] = d;
  rows[at + 4] = e;
  rows[at + 5] = f;
  rows[at + 6] = g;
  rows[at + 7] = h;
}

/** Counts of one row times all waves, four waves at a time: the additions of one sum wait for each other. */
function timesWaves(row: number): void {
  for (let i = 0; i < WAVES; i += 4) {
    let [a, b, c, d] = [0, 0, 0, 0];
    for (let k = 0; k < CELLS; k++) {
      const count = counts[row * CELLS + k];
      const at = k * WAVES + i;
      a += count * COSINES[at];
      b += count * COSINES[at + 1];
      c += count * COSINES[at + 2];
      d += count * COSINES[at + 3];
    }
    const at = row * WAVES + i;
    rows[at] = a;
    rows[at + 1] = b;
    rows[at + 2] = c;
    rows[at + 3] = d;
  }
}
