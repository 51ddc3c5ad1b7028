/** Log-determinants of correlation matrices. */

import { REACH, withinReach } from "./reach.js";

/** Share of a column's variance, not explained by the columns before, below which it counts as explained. */
const EXPLAINED = 1e-13;

/**
 * ln det of a correlation matrix by Cholesky's decomposition; −Infinity if a column is a linear combination of
 * the others, up to rounding.
 *
 * @param matrix row-major, positive semi-definite with unit diagonal, size × size
 */
export function logDeterminant(matrix: Float64Array, size: number): number {
  const lower = new Float64Array(size * size);
  let sum = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i * size + j];
      for (let k = 0; k < j; k++) rest -= lower[i * size + k] * lower[j * size + k];
      if (i !== j) {
        lower[i * size + j] = rest / lower[j * size + j];
        continue;
      }
      if (rest < EXPLAINED) return -Infinity;
      lower[i * size + i] = Math.sqrt(rest);
      sum += Math.log(rest);
    }
  }
  return sum;
}

/** Correlation matrix of columns of equal length, row-major. */
export function correlations(columns: readonly Float64Array[]): Float64Array {
  const size = columns.length;
  const centred = columns.map((given) => {
    const [column] = withinReach([given], REACH.squares).columns;
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    return column.map((value) => value - mean);
  });
  const product = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, value, row) => sum + value * b[row], 0);
  const lengths = centred.map((column) => Math.sqrt(product(column, column)));
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    matrix[i * size + i] = 1;
    for (let j = 0; j < i; j++) {
      const correlation = product(centred[i], centred[j]) / lengths[i] / lengths[j];
      matrix[i * size + j] = correlation;
      matrix[j * size + i] = correlation;
    }
  }
  return matrix;
}
