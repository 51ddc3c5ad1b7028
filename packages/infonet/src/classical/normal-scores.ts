/** Normal scores: ranks turned into the quantiles of a standard normal variable. */

import { codeColumn } from "../copula/column.js";
import { normalQuantile } from "../numerics/normal.js";

/**
 * Φ⁻¹((r + 1)/(n + 1)) for the 0-based rank r, ties sharing their mean rank. A strictly increasing map of
 * the column changes nothing.
 *
 * @param column finite numbers, length n
 * @returns length n
 */
export function normalScores(column: Float64Array): Float64Array {
  const { places, distinct } = codeColumn(column);
  const counts = new Uint32Array(distinct);
  for (const place of places) counts[place]++;
  const scores = new Float64Array(distinct);
  let below = 0;
  for (let place = 0; place < distinct; place++) {
    const rank = below + (counts[place] - 1) / 2;
    scores[place] = normalQuantile((rank + 1) / (column.length + 1));
    below += counts[place];
  }
  return Float64Array.from(places, (place) => scores[place]);
}
