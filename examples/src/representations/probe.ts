/** A linear probe: what a straight line through codes tells of numbers. */

/**
 * Mean R² of columns predicted from codes by least squares, on rows that the lines were not fitted to: the second half.
 *
 * @param codes row-major
 */
export function linearProbe(
  codes: ArrayLike<number>,
  width: number,
  columns: readonly Float64Array[],
): number {
  const n = columns[0].length;
  const half = n >> 1;
  const size = width + 1;
  const at = (row: number, c: number): number => (c < width ? codes[row * width + c] : 1);
  const gram = Array.from({ length: size }, () => new Float64Array(size + columns.length));
  for (let row = 0; row < half; row++) {
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) gram[i][j] += at(row, i) * at(row, j);
      for (const [c, column] of columns.entries()) gram[i][size + c] += at(row, i) * column[row];
    }
  }
  for (let i = 0; i < size; i++) gram[i][i] *= 1 + 1e-9;
  // Gauss & Jordan.
  for (let i = 0; i < size; i++) {
    const pivot = gram[i][i] || 1e-300;
    for (let j = 0; j < gram[i].length; j++) gram[i][j] /= pivot;
    for (let other = 0; other < size; other++) {
      if (other === i) continue;
      const factor = gram[other][i];
      for (let j = 0; j < gram[i].length; j++) gram[other][j] -= factor * gram[i][j];
    }
  }
  const shares = columns.map((column, c) => {
    let mean = 0;
    for (let row = half; row < n; row++) mean += column[row] / (n - half);
    let [left, whole] = [0, 0];
    for (let row = half; row < n; row++) {
      let told = 0;
      for (let i = 0; i < size; i++) told += gram[i][size + c] * at(row, i);
      left += (column[row] - told) ** 2;
      whole += (column[row] - mean) ** 2;
    }
    return 1 - left / whole;
  });
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
