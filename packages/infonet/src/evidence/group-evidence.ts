/**
 * Evidence that a number depends on levels: do the levels differ in the slow waves of the number's ranks, in place, spread or
 * shape? Each wave is one analysis of variance, and their p-values are combined.
 */

import { type CodedColumn, tieStarts } from "../copula/index.js";
import { logBetaTail } from "../numerics/beta.js";

/** Waves that are looked at. */
const WAVES = 6;
/** The first wave sees levels that lie higher or lower, which is asked for most. */
const SHARES = [0.5, 0.2, 0.1, 0.1, 0.05, 0.05];

/**
 * Probability of at least such differences between levels if the number did not depend on them. Under independence the share of a
 * wave's variance between the levels is nearly that of normal numbers, a beta variable, whatever the levels' sizes; the
 * p-values of the waves are combined by Cauchy's distribution (Liu & Xie 2020), which holds for small ones however they depend
 * on each other. O(n).
 *
 * @param levels without missing values; each level has rows
 * @param number as many
 */
export function groupPValue(levels: CodedColumn, number: CodedColumn): number {
  const n = number.places.length;
  const counts = new Uint32Array(levels.distinct);
  for (const level of levels.places) counts[level]++;
  const between = levels.distinct - 1;
  const within = n - levels.distinct;
  if (within < 1) return 1;
  const logs: number[] = [];
  for (const scores of waveScores(number)) {
    const share = explained(levels.places, counts, number.places, scores);
    logs.push(logBetaTail(share, between / 2, within / 2));
  }
  return combinedPValue(logs, SHARES);
}

/**
 * Values of slow waves at every place of a column, orthonormal over its rows: cosines of the mean ranks by Gram and Schmidt. There are
 * fewer waves where there are few places.
 */
export function waveScores(column: CodedColumn, waves = WAVES): Float64Array[] {
  const n = column.places.length;
  const starts = tieStarts(column);
  const weights = Float64Array.from(
    { length: column.distinct },
    (_, place) => (starts[place + 1] - starts[place]) / n,
  );
  const basis: Float64Array[] = [new Float64Array(column.distinct).fill(1)];
  for (let j = 1; j <= waves && basis.length < column.distinct; j++) {
    const wave = Float64Array.from({ length: column.distinct }, (_, place) =>
      Math.cos((j * Math.PI * (starts[place] + starts[place + 1])) / (2 * n)),
    );
    // Twice is enough (Kahan).
    for (const _ of [1, 2]) for (const other of basis) takeAway(wave, other, weights);
    const norm = Math.sqrt(product(wave, wave, weights));
    if (norm < 1e-6) continue;
    basis.push(wave.map((value) => value / norm));
  }
  return basis.slice(1);
}

function product(a: Float64Array, b: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += weights[k] * a[k] * b[k];
  return sum;
}

function takeAway(wave: Float64Array, other: Float64Array, weights: Float64Array): void {
  const factor = product(wave, other, weights);
  for (let k = 0; k < wave.length; k++) wave[k] -= factor * other[k];
}

/** Share of the variance of scores that lies between levels. */
function explained(
  levels: Uint32Array,
  counts: Uint32Array,
  places: Uint32Array,
  scores: Float64Array,
): number {
  const sums = new Float64Array(counts.length);
  for (let row = 0; row < levels.length; row++) sums[levels[row]] += scores[places[row]];
  let share = 0;
  // By the size of the terms: the names of levels must not reach the last bit.
  const terms = sums.map((sum, level) => (sum * sum) / counts[level]).sort();
  for (const term of terms) share += term;
  return Math.min(1, share / levels.length);
}

const LEAST_LOG = -1e5;
/** What is nearer to 1 would outweigh p-values that are small. */
const LARGEST = 0.99;

/** Cauchy's combination of p-values, given by their logarithms. */
export function combinedPValue(pLogs: readonly number[], shares: readonly number[]): number {
  const logs = pLogs.map((log) => Math.max(log, LEAST_LOG));
  let total = 0;
  let sum = 0;
  let smallest = 0;
  for (const [k, log] of logs.entries()) {
    total += shares[k];
    smallest = Math.min(smallest, log);
  }
  // Below this a p-value is its own tangent: cot(πp) = 1/(πp).
  if (smallest < -30) {
    let scaled = 0;
    for (const [k, log] of logs.entries()) scaled += (shares[k] / total) * Math.exp(smallest - log);
    return Math.min(1, Math.exp(smallest) / scaled);
  }
  for (const [k, log] of logs.entries()) {
    const p = Math.min(Math.exp(log), LARGEST);
    sum += shares[k] / total / Math.tan(Math.PI * p);
  }
  return 0.5 - Math.atan(sum) / Math.PI;
}
