/** Location-free size of a column. */

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
