/**
 * Evidence of dependence in the slow waves of ranks: the logarithm of an average likelihood ratio. Alternatives each
 * say which pairs of waves may be correlated, and how strongly. An average of likelihood ratios is led by the largest,
 * so a sample needs to fit one of the alternatives, not all: a weighted sum of all waves would have to give up trends
 * for circles, or circles for trends. Lines are asked for most, so they have most of the average; they are seen in normal scores,
 * which lose least where the variables are about normal (van der Waerden 1952).
 */

import { scoresOfRanks } from "../numerics/normal-scores.js";
import { pick } from "../numerics/rows.js";
import { forEachPair, type RowsBeside, squaredWaves, squaredWavesBeside, waveCells } from "./waves.js";

/** Trends: their share of the average, and their variance. */
const TREND = { share: 0.6, variance: 12 };

/** The fastest wave that an alternative looks at. */
export const FASTEST_WAVE = 6;

interface Alternative {
  /** Its share of the average. */
  share: number;
  /** Variance of √n times the correlation of a pair of waves, beside the 1 that chance gives it. */
  variance: (i: number, j: number) => number;
}

const where =
  (holds: (slower: number, faster: number) => boolean, variance: number) => (i: number, j: number) =>
    holds(Math.min(i, j), Math.max(i, j)) ? variance : 0;

const ALTERNATIVES: readonly Alternative[] = [
  // Rings, crosses, spreads that change on both sides.
  { share: 0.1, variance: where((slower, faster) => slower === 2 && faster === 2, 12) },
  // Bows, and spreads that grow.
  { share: 0.1, variance: where((slower, faster) => slower === 1 && faster === 2, 8) },
  // Waves of one variable along the other.
  {
    share: 0.08,
    variance: where((slower, faster) => slower === 1 && faster >= 2 && faster <= FASTEST_WAVE, 4),
  },
  // Patches, checkerboards.
  { share: 0.12, variance: where((_, faster) => faster <= 4, 2) },
];

/** Each as log likelihood ratio: a constant, and a factor of every squared wave (both normal, mean zero). */
const LOG_RATIOS = ALTERNATIVES.map(({ share, variance }) => {
  const variances = forEachPair(variance);
  return {
    constant: Math.log(share) - 0.5 * variances.reduce((sum, v) => sum + Math.log1p(v), 0),
    factors: variances.map((v) => (0.5 * v) / (1 + v)),
  };
});

/**
 * The evidence of a sample, in nats; negative where it looks more like independence. O(n).
 *
 * @param perm permutation of the ranks, in any orientation
 */
export function waveEvidence(perm: Uint32Array): number {
  return evidenceOf(squaredTrend(perm), squaredWaves(perm));
}

/**
 * The same where chance is larger than in independent rows.
 *
 * @param factors by which squared correlations of waves are larger by chance, in the order of `forEachPair`
 */
export function scaledWaveEvidence(perm: Uint32Array, factors: Float64Array): number {
  const squares = squaredWaves(perm);
  for (let at = 0; at < squares.length; at++) squares[at] /= factors[at];
  return evidenceOf(squaredTrend(perm) / factors[0], squares);
}

/**
 * The evidence of squared correlations, each times the number of rows.
 *
 * @param trend of the normal scores
 * @param squares of the waves, in the order of `forEachPair`
 */
export function evidenceOf(trend: number, squares: Float64Array): number {
  const terms = [Math.log(TREND.share) + logRatio(trend, TREND.variance)];
  for (const { constant, factors } of LOG_RATIOS) {
    let term = constant;
    for (let at = 0; at < factors.length; at++) term += factors[at] * squares[at];
    terms.push(term);
  }
  const largest = Math.max(...terms);
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
}

/** What is looked at of a column where some of its rows meet some of another. */
export interface WaveColumn {
  scores: Float64Array;
  cells: Uint8Array;
}

/** A column of strict ranks for {@link waveEvidenceBeside}. */
export function waveColumn(ranks: Uint32Array): WaveColumn {
  return { scores: pick(scoresOfRanks(ranks.length), ranks), cells: waveCells(ranks) };
}

/**
 * {@link scaledWaveEvidence} of some rows of two columns, whose ranks are those among all rows: much faster than to rank them again, where
 * most rows take part.
 */
export function waveEvidenceBeside(
  x: WaveColumn,
  y: WaveColumn,
  stretches: readonly RowsBeside[],
  factors?: Float64Array,
): number {
  let [product, squareX, squareY, n] = [0, 0, 0, 0];
  for (const [fromX, fromY, rows] of stretches) {
    for (let k = 0; k < rows; k++) {
      const [a, b] = [x.scores[fromX + k], y.scores[fromY + k]];
      product += a * b;
      squareX += a * a;
      squareY += b * b;
    }
    n += rows;
  }
  const trend = (n * product * product) / (squareX * squareY);
  const squares = squaredWavesBeside(x.cells, y.cells, stretches);
  if (factors === undefined) return evidenceOf(trend, squares);
  for (let at = 0; at < squares.length; at++) squares[at] /= factors[at];
  return evidenceOf(trend / factors[0], squares);
}

/** ln of the likelihood ratio of normal numbers with mean zero, of variances 1 + v and 1, at a square. */
function logRatio(square: number, v: number): number {
  return 0.5 * ((square * v) / (1 + v) - Math.log1p(v));
}

/** n times the squared correlation of the normal scores. */
function squaredTrend(perm: Uint32Array): number {
  const n = perm.length;
  const scores = scoresOfRanks(n);
  let [product, square] = [0, 0];
  for (let k = 0; k < n; k++) {
    product += scores[k] * scores[perm[k]];
    square += scores[k] * scores[k];
  }
  return n * (product / square) ** 2;
}
