/**
 * Evidence that a number depends on levels: do the levels differ in normal scores or slow waves of the number's ranks, in place,
 * spread or shape? Each of them is one analysis of variance, and their p-values are combined.
 */

import type { CodedColumn } from "../copula/index.js";
import { logCombined } from "../inference/combination.js";
import { logBetaTail } from "../numerics/beta.js";
import { groupPermutations } from "./group-permutations.js";
import { waveScores } from "./wave-scores.js";

/** The first function sees levels that lie higher or lower, which is asked for most. */
const SHARES = [0.84, 0.08, 0.03, 0.03, 0.01, 0.01];

/** Up to so many rows, or with a level of so few, the law of an analysis of variance is not that of normal numbers. */
const SMALL_SAMPLE = 200;
const RARE_LEVEL = 30;
/** Rows that are drawn for a permutation, at most. */
const MOST_DRAWN = 300;

/**
 * Probability of at least such differences between levels if the number did not depend on them. Under independence the share of a
 * function's variance between the levels is nearly that of normal numbers, a beta variable; the p-values are combined by Cauchy's
 * distribution (Liu & Xie 2020). Where rows are few the combination is looked up among those of permutations from a fixed
 * stream, which is exact. O(n).
 *
 * @param levels without missing values; each level has rows
 * @param number as many
 */
export function groupPValue(levels: CodedColumn, number: CodedColumn): number {
  const n = number.places.length;
  const counts = new Uint32Array(levels.distinct);
  for (const level of levels.places) counts[level]++;
  const within = n - levels.distinct;
  if (within < 1) return 1;
  const scores = waveScores(number, SHARES.length);
  const shares = SHARES.slice(0, scores.length);
  const explained = scores.map((values) => shareBetween(levels.places, counts, number.places, values));
  const [largest, rarest] = [
    counts.reduce((a, b) => Math.max(a, b)),
    counts.reduce((a, b) => Math.min(a, b)),
  ];
  const few = n <= SMALL_SAMPLE || (rarest < RARE_LEVEL && n - largest <= MOST_DRAWN);
  if (few) return groupPermutations({ levels, number, counts, scores, shares, explained });
  const logs = explained.map((share) => logBetaTail(share, (levels.distinct - 1) / 2, within / 2));
  return Math.exp(logCombined(logs, shares));
}

/** Share of the variance of scores that lies between levels. */
function shareBetween(
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
