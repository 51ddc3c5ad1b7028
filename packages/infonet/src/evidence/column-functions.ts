/** Functions of a column's rows by which its dependence on others is looked at. */

import type { CodedColumn } from "../copula/index.js";
import type { ColumnKind } from "../types.js";
import { waveScores } from "./wave-scores.js";

/**
 * Functions of a column at its rows, each with mean 0: of numbers normal scores, then ever faster waves; of levels whether a row has one of
 * the most frequent.
 *
 * @param column without missing values
 * @param most functions; there are fewer where there are few values
 */
export function columnFunctions(column: CodedColumn, kind: ColumnKind, most: number): Float64Array[] {
  const { places, distinct } = column;
  const n = places.length;
  const at = (scores: Float64Array): Float64Array => {
    const values = new Float64Array(n);
    for (let row = 0; row < n; row++) values[row] = scores[places[row]];
    return values;
  };
  if (kind === "number") return waveScores(column, most).map(at);
  const counts = new Float64Array(distinct);
  for (const place of places) counts[place]++;
  const frequent = [...counts.keys()].sort((p, q) => counts[q] - counts[p]).slice(0, most);
  return frequent.map((level) =>
    at(Float64Array.from({ length: distinct }, (_, place) => Number(place === level) - counts[level] / n)),
  );
}
