/** Cholesky's decomposition of small dense matrices, row-major, and what follows from it. */

/** Share of a column's variance, not explained by the columns before, below which it counts as explained. */
const EXPLAINED = 1e-13;

/**
 * Cholesky factor L of a symmetric positive semi-definite matrix, A + ridge · I = L Lᵀ. Pivots that vanish (columns
 * that others determine) are lifted to the ridge, so that the factor always exists.
 *
 * @param a size × size, its lower triangle is read
 * @param ridge > 0, added to the diagonal
 */
export function cholesky(a: Float64Array, size: number, ridge: number): Float64Array {
  return decomposed(a, size, ridge).lower;
}

/**
 * ln det of a correlation matrix; −Infinity if a column is a linear combination of the others, up to rounding.
 *
 * @param matrix positive semi-definite with unit diagonal, size × size, its lower triangle is read
 */
export function logDeterminant(matrix: Float64Array, size: number): number {
  let sum = 0;
  for (const pivot of decomposed(matrix, size, 0).pivots) {
    // What comes after a pivot that vanishes is divided by it.
    if (pivot < EXPLAINED) return -Infinity;
    sum += Math.log(pivot);
  }
  return sum;
}

/** The factor, and the squares of its diagonal, none below the ridge. */
function decomposed(
  a: Float64Array,
  size: number,
  ridge: number,
): { lower: Float64Array; pivots: Float64Array } {
  const lower = new Float64Array(size * size);
  const pivots = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = a[i * size + j];
      for (let k = 0; k < j; k++) rest -= lower[i * size + k] * lower[j * size + k];
      if (i !== j) {
        lower[i * size + j] = rest / lower[j * size + j];
        continue;
      }
      pivots[i] = Math.max(rest + ridge, ridge);
      lower[i * size + i] = Math.sqrt(pivots[i]);
    }
  }
  return { lower, pivots };
}

/** Replaces the columns of B (size × width) by L⁻¹ B. */
export function solveLower(lower: Float64Array, size: number, b: Float64Array, width: number): void {
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) {
      const factor = lower[i * size + k];
      if (factor === 0) continue;
      for (let c = 0; c < width; c++) b[i * width + c] -= factor * b[k * width + c];
    }
    const pivot = lower[i * size + i];
    for (let c = 0; c < width; c++) b[i * width + c] /= pivot;
  }
}

/** Replaces the columns of B (size × width) by L⁻ᵀ B. */
export function solveUpper(lower: Float64Array, size: number, b: Float64Array, width: number): void {
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) {
      const factor = lower[k * size + i];
      if (factor === 0) continue;
      for (let c = 0; c < width; c++) b[i * width + c] -= factor * b[k * width + c];
    }
    const pivot = lower[i * size + i];
    for (let c = 0; c < width; c++) b[i * width + c] /= pivot;
  }
}
