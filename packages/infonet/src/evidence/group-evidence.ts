/**
 * Evidence that a number depends on levels: do the levels differ in normal scores or slow waves of the number's ranks, in place,
 * spread or shape? Each of them is one analysis of variance, and their p-values are combined.
 */

import { type CodedColumn, tieStarts } from "../copula/index.js";
import { countTable, independencePValue } from "../counts/index.js";
import { logCombined } from "../inference/combination.js";
import { logBetaTail } from "../numerics/beta.js";
import { groupPermutations, LEAST_SHARE } from "./group-permutations.js";
import { waveScores } from "./wave-scores.js";

/** The first function sees levels that lie higher or lower, which is asked for most. */
const SHARES = [0.84, 0.08, 0.03, 0.03, 0.01, 0.01];

/** Up to so many rows, or with a level of so few, the law of an analysis of variance is not that of normal numbers. */
const SMALL_SAMPLE = 200;
const RARE_LEVEL = 30;
/** Rows that are drawn for a permutation of a rare level, at most; */
const MOST_DRAWN = 300;
/** and where functions have spikes on values of few rows. */
const MOST_DRAWN_FOR_SPIKES = 1500;
/**
 * By how much of itself the variance of a share over permutations may exceed that of normal numbers, by the kurtosis of the function and the
 * sizes of the levels: beyond, the function has spikes.
 */
const MOST_SPIKY = 0.05;

/**
 * Probability of at least such differences between levels if the number did not depend on them. Under independence the share of a
 * function's variance between the levels is nearly that of normal numbers, a beta variable; the p-values are combined by Cauchy's
 * distribution (Liu & Xie 2020). Where rows are few, or a function has spikes, the combination is looked up among those of permutations
 * from a fixed stream, which is exact. Where these would take too long, functions with spikes are left out; if all have them, the values are
 * counted. O(n).
 *
 * @param levels without missing values; each level has rows
 * @param number as many
 * @param beyond whether functions without spikes tell how far beyond all permutations the evidence is, where others have spikes; else
 *   the p-value ends there
 */
export function groupPValue(levels: CodedColumn, number: CodedColumn, beyond = false): number {
  const n = number.places.length;
  const counts = new Uint32Array(levels.distinct);
  for (const level of levels.places) counts[level]++;
  const within = n - levels.distinct;
  if (within < 1) return 1;
  const all = waveScores(number, SHARES.length);
  const explained = all.map((values) => shareBetween(levels.places, counts, number.places, values));
  const starts = tieStarts(number);
  const unevenness = counts.reduce((sum, count) => sum + 1 / count, 0) / (2 * (levels.distinct - 1));
  const smooth = [...all.keys()].filter((k) => unevenness * excessKurtosis(all[k], starts) <= MOST_SPIKY);
  const [largest, rarest] = [
    counts.reduce((a, b) => Math.max(a, b)),
    counts.reduce((a, b) => Math.min(a, b)),
  ];
  const few = n <= SMALL_SAMPLE || (rarest < RARE_LEVEL && n - largest <= MOST_DRAWN);
  if (few || (smooth.length < all.length && n - largest <= MOST_DRAWN_FOR_SPIKES)) {
    const shares = SHARES.slice(0, all.length);
    const tail = beyond || smooth.length === all.length ? smooth : [];
    const p = groupPermutations({ levels, number, counts, scores: all, shares, explained, tail });
    const ended = beyond && smooth.length === 0 && p <= LEAST_SHARE;
    return ended ? Math.min(p, countedPValue(levels, number)) : p;
  }
  if (smooth.length === 0) return countedPValue(levels, number);
  const logs = smooth.map((k) => logBetaTail(explained[k], (levels.distinct - 1) / 2, within / 2));
  return Math.exp(
    logCombined(
      logs,
      smooth.map((k) => SHARES[k]),
    ),
  );
}

/** p-value of the values as levels. */
function countedPValue(levels: CodedColumn, number: CodedColumn): number {
  const coded = ({ places, distinct }: CodedColumn) => ({ codes: places, distinct });
  return independencePValue(countTable(coded(levels), coded(number)));
}

/** The kurtosis of a function over the rows beyond that of normal numbers; 0 where it has less. */
function excessKurtosis(scores: Float64Array, starts: Uint32Array): number {
  const last = scores.length;
  let fourth = 0;
  for (let place = 0; place < last; place++) {
    const square = scores[place] * scores[place];
    fourth += (starts[place + 1] - starts[place]) * square * square;
  }
  return Math.max(0, fourth / starts[last] - 3);
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
