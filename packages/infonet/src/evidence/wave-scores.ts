/** Orthonormal functions of a column's ranks, ties and all: normal scores for trends, then ever faster waves. */

import { type CodedColumn, tieStarts } from "../copula/index.js";
import { scoresOfRanks } from "../numerics/normal-scores.js";

/** Below this norm nothing is left of a function but rounding. */
const NOTHING = 1e-6;

/**
 * Values of slow functions at every place of a column, orthonormal over its rows and orthogonal to a constant (LP comoments:
 * Parzen & Mukhopadhyay 2013): mean normal scores first, then cosines of the mean ranks, 2 half-waves and more, by Gram and
 * Schmidt. There are fewer where there are few places.
 *
 * @param most functions
 */
export function waveScores(column: CodedColumn, most: number): Float64Array[] {
  const n = column.places.length;
  const starts = tieStarts(column);
  const perPlace = (value: (start: number, end: number) => number): Float64Array =>
    Float64Array.from({ length: column.distinct }, (_, place) => value(starts[place], starts[place + 1]));
  const weights = perPlace((start, end) => (end - start) / n);
  const normal = scoresOfRanks(n);
  const basis: Float64Array[] = [new Float64Array(column.distinct).fill(1)];
  for (let j = 1; j <= most && basis.length < column.distinct; j++) {
    const scores =
      j === 1
        ? perPlace((start, end) => mean(normal, start, end))
        : perPlace((start, end) => Math.cos((j * Math.PI * (start + end)) / (2 * n)));
    // Twice is enough (Kahan).
    for (const _ of [1, 2]) for (const other of basis) takeAway(scores, other, weights);
    const norm = Math.sqrt(product(scores, scores, weights));
    if (norm < NOTHING) continue;
    basis.push(scores.map((value) => value / norm));
  }
  return basis.slice(1);
}

function mean(values: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let k = start; k < end; k++) sum += values[k];
  return sum / (end - start);
}

function product(a: Float64Array, b: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += weights[k] * a[k] * b[k];
  return sum;
}

function takeAway(scores: Float64Array, other: Float64Array, weights: Float64Array): void {
  const factor = product(scores, other, weights);
  for (let k = 0; k < scores.length; k++) scores[k] -= factor * other[k];
}
