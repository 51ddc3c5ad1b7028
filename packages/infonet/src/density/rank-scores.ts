/** Normal scores of ranks. */

import { normalQuantile } from "../numerics/normal.js";

/** The scores of the ranks of the last number of rows: samples of one call mostly have the same. */
let last = new Float64Array();

/** Φ⁻¹((rank + ½) / n) of the 0-based ranks of n rows. */
export function rankScores(ranks: Uint32Array): Float64Array {
  const n = ranks.length;
  if (last.length !== n) last = Float64Array.from({ length: n }, (_, k) => normalQuantile((k + 0.5) / n));
  const result = new Float64Array(n);
  for (let row = 0; row < n; row++) result[row] = last[ranks[row]];
  return result;
}
