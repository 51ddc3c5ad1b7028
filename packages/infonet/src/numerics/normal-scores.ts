/** Normal scores of ranks (van der Waerden 1952). */

import { normalQuantile } from "./normal.js";

/** The scores of the last number of rows: samples of one call mostly have the same. */
let last = new Float64Array();

/** Φ⁻¹((k + ½) / n), k = 0 … n − 1: the scores of n ranks. The array is the same for all samples of a size; it must not be changed. */
export function scoresOfRanks(n: number): Float64Array {
  if (last.length !== n) last = Float64Array.from({ length: n }, (_, k) => normalQuantile((k + 0.5) / n));
  return last;
}
