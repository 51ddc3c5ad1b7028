/** Means, deviations and correlations of columns. */

import { REACH, withinReach } from "./reach.js";
import { allRows } from "./rows.js";

/** Σ x / n, summed in the order of the values; NaN of none. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k];
  return sum / values.length;
}

/** Σ (x − middle)². */
export function squaresAbout(values: ArrayLike<number>, middle: number): number {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += (values[k] - middle) ** 2;
  return sum;
}

/** Mean, and its standard error: NaN for a single value. */
export function meanWithError(values: readonly number[]): { mean: number; standardError: number } {
  const middle = mean(values);
  const n = values.length;
  return { mean: middle, standardError: Math.sqrt(squaresAbout(values, middle) / (n - 1) / n) };
}

/** A column less its mean. */
export function centred(column: Float64Array): Float64Array {
  const middle = mean(column);
  const rest = new Float64Array(column.length);
  for (let row = 0; row < rest.length; row++) rest[row] = column[row] - middle;
  return rest;
}

/**
 * A column less its mean, divided by its standard deviation, both over some rows; 0 everywhere if it is constant in
 * them.
 *
 * @param column within reach of squares, see {@link REACH}
 * @param rows all rows, unless others are given
 */
export function standardized(column: Float64Array, rows: Uint32Array = allRows(column.length)): Float64Array {
  let sum = 0;
  for (const row of rows) sum += column[row];
  const middle = sum / rows.length;
  let squares = 0;
  for (const row of rows) squares += (column[row] - middle) ** 2;
  const scale = squares > 0 ? Math.sqrt(rows.length / squares) : 0;
  return column.map((value) => (value - middle) * scale);
}

/**
 * Σ a b for each column a and one b, in the order of the rows. Four columns at a time: a sum by itself waits for its last
 * addition, which takes three times as long.
 *
 * @param sums where the sums go, as many as there are columns
 */
export function dotProducts(columns: readonly Float64Array[], b: Float64Array, sums: Float64Array): void {
  const n = b.length;
  let k = 0;
  for (; k + 4 <= columns.length; k += 4) {
    const [p, q, r, s] = [columns[k], columns[k + 1], columns[k + 2], columns[k + 3]];
    let [pb, qb, rb, sb] = [0, 0, 0, 0];
    for (let row = 0; row < n; row++) {
      const value = b[row];
      pb += p[row] * value;
      qb += q[row] * value;
      rb += r[row] * value;
      sb += s[row] * value;
    }
    sums[k] = pb;
    sums[k + 1] = qb;
    sums[k + 2] = rb;
    sums[k + 3] = sb;
  }
  for (; k < columns.length; k++) {
    const a = columns[k];
    let sum = 0;
    for (let row = 0; row < n; row++) sum += a[row] * b[row];
    sums[k] = sum;
  }
}

/** Pearson's correlation; 0 for a constant. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ma, mb] = [mean(a), mean(b)];
  let ab = 0;
  for (let k = 0; k < a.length; k++) ab += (a[k] - ma) * (b[k] - mb);
  const [aa, bb] = [squaresAbout(a, ma), squaresAbout(b, mb)];
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

/**
 * Correlation matrix of columns of equal length, none constant, row-major. Of any finite values: columns are brought
 * within reach, and lengths are divided by one after the other.
 */
export function correlations(columns: readonly Float64Array[]): Float64Array {
  const size = columns.length;
  const rest = columns.map((column) => centred(withinReach([column], REACH.squares).columns[0]));
  const product = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, row) => sum + value * b[row], 0);
  const lengths = rest.map((column) => Math.sqrt(product(column, column)));
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    matrix[i * size + i] = 1;
    for (let j = 0; j < i; j++) {
      const r = product(rest[i], rest[j]) / lengths[i] / lengths[j];
      matrix[i * size + j] = r;
      matrix[j * size + i] = r;
    }
  }
  return matrix;
}

/** A copy in ascending order. */
export function ascending(column: Float64Array): Float64Array {
  return column.slice().sort();
}

/**
 * Standard deviation, divided by n − ddof. Summed in ascending order, so that its last bit does not depend
 * on the order of the rows.
 */
export function standardDeviation(column: Float64Array, ddof: 0 | 1): number {
  const sorted = ascending(column);
  const n = sorted.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += sorted[i];
  const mean = sum / n;
  // In units of the largest deviation: squares of very large or small numbers leave the range of doubles.
  const unit = Math.max(mean - sorted[0], sorted[n - 1] - mean);
  if (unit === 0) return 0;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += ((sorted[i] - mean) / unit) ** 2;
  return unit * Math.sqrt(squares / (n - ddof));
}

/** A column divided by its standard deviation, which must not be 0: of any finite values. */
export function inDeviations(given: Float64Array): Float64Array {
  const [column] = withinReach([given], REACH.sums).columns;
  const deviation = standardDeviation(column, 0);
  const result = new Float64Array(column.length);
  for (let row = 0; row < result.length; row++) result[row] = column[row] / deviation;
  return result;
}
