/** Orthonormal functions of a column's ranks, ties and all: normal scores for trends, then ever faster waves. */

import { type CodedColumn, tieStarts } from "../copula/index.js";
import { scoresOfRanks } from "../numerics/normal-scores.js";

/** Below this norm nothing is left of a function but rounding. */
const NOTHING = 1e-6;

/** The last functions of so many values without ties: columns of one table mostly have the same. */
let untied: { n: number; most: number; scores: readonly Float64Array[] } = { n: 0, most: 0, scores: [] };

/**
 * Values of slow functions at every place of a column, orthonormal over its rows and orthogonal to a constant (LP comoments:
 * Parzen & Mukhopadhyay 2013): mean normal scores first, then cosines of the mean ranks, 2 half-waves and more, by Gram and
 * Schmidt. There are fewer where there are few places. The arrays must not be changed.
 *
 * @param most functions
 */
export function waveScores(column: CodedColumn, most: number): readonly Float64Array[] {
  const n = column.places.length;
  if (column.distinct < n) return scoresOfPlaces(tieStarts(column), most);
  if (untied.n !== n || untied.most !== most)
    untied = { n, most, scores: scoresOfPlaces(tieStarts(column), most) };
  return untied.scores;
}

/** @param starts where the ranks of every place begin, and where the last ones end */
function scoresOfPlaces(starts: Uint32Array, most: number): Float64Array[] {
  const places = starts.length - 1;
  const n = starts[places];
  const weights = new Float64Array(places);
  for (let place = 0; place < places; place++) weights[place] = (starts[place + 1] - starts[place]) / n;
  const normal = scoresOfRanks(n);
  const basis: Float64Array[] = [new Float64Array(places).fill(1)];
  for (let j = 1; j <= most && basis.length < places; j++) {
    const scores = new Float64Array(places);
    for (let place = 0; place < places; place++) {
      const [start, end] = [starts[place], starts[place + 1]];
      scores[place] = j === 1 ? mean(normal, start, end) : Math.cos((j * Math.PI * (start + end)) / (2 * n));
    }
    // Twice is enough (Kahan).
    for (const _ of [1, 2]) for (const other of basis) takeAway(scores, other, weights);
    const norm = Math.sqrt(product(scores, scores, weights));
    if (norm < NOTHING) continue;
    for (let place = 0; place < places; place++) scores[place] /= norm;
    basis.push(scores);
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
