/** Cells of equal width that ranks fall into along an axis. Where they fall depends on the sample size alone. */

/** Fine cells along one axis. */
export const FINE = 256;

let cells = new Uint8Array(0);

/**
 * The fine cell, 0 … FINE − 1, of every rank of a sample of n. Coarser cells are these shifted to the right. The
 * array is the same for all samples of a size, and is overwritten by a call for another size.
 */
export function fineCells(n: number): Uint8Array {
  if (n === cells.length) return cells;
  cells = new Uint8Array(n);
  for (let rank = 0; rank < n; rank++) cells[rank] = ((rank + 0.5) * FINE) / n;
  return cells;
}
