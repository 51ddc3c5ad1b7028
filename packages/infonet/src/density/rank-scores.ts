/** Normal scores of the rows of a sample. */

import { scoresOfRanks } from "../numerics/normal-scores.js";

/** Φ⁻¹((rank + ½) / n) of the 0-based ranks of n rows. */
export function rankScores(ranks: Uint32Array): Float64Array {
  const scores = scoresOfRanks(ranks.length);
  return Float64Array.from(ranks, (rank) => scores[rank]);
}
