/** Normal scores of ranks (van der Waerden 1952). */

import { normalQuantile } from "./normal.js";
import { order } from "./order.js";
import { pick } from "./rows.js";

/** The scores of the last numbers of rows: samples of one call mostly have the same few, those of a sample and of its parts. */
const tables = new Map<number, Float64Array>();
const MOST_TABLES = 4;

/** Φ⁻¹((k + ½) / n), k = 0 … n − 1: the scores of n ranks. The array is the same for all samples of a size; it must not be changed. */
export function scoresOfRanks(n: number): Float64Array {
  let table = tables.get(n);
  if (table === undefined) {
    table = Float64Array.from({ length: n }, (_, k) => normalQuantile((k + 0.5) / n));
    if (tables.size >= MOST_TABLES) tables.clear();
    tables.set(n, table);
  }
  return table;
}

/** Normal scores Φ⁻¹((rank + ½) / n) of the strict 0-based ranks of n rows. */
export function rankScores(ranks: Uint32Array): Float64Array {
  return pick(scoresOfRanks(ranks.length), ranks);
}

/** Normal scores of numbers without ties. */
export function normalScoresOf(values: Float64Array): Float64Array {
  const table = scoresOfRanks(values.length);
  const scores = new Float64Array(values.length);
  order(values).forEach((row, rank) => {
    scores[row] = table[rank];
  });
  return scores;
}
