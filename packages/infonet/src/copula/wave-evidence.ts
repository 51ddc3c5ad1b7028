/**
 * Evidence of dependence in the slow waves of ranks: the logarithm of an average likelihood ratio. Four
 * alternatives each say which pairs of waves may be correlated, and how strongly:
 *
 * - a trend: the slowest pair alone;
 * - a shape of two by two waves: bows, circles, crosses, spreads that change;
 * - a shape of four by four: faster bows, checkerboards;
 * - all waves, the faster the less.
 *
 * An average of likelihood ratios is led by the largest, so a sample needs to fit one of the alternatives, not all:
 * a weighted sum of all waves would have to give up trends for circles, or circles for trends.
 */

import { forEachPair, squaredWaves } from "./waves.js";

interface Alternative {
  /** Its share of the average. */
  share: number;
  /** Variance of √n times the correlation of a pair of waves, beside the 1 that chance gives it. */
  variance: (i: number, j: number) => number;
}

const within = (waves: number, variance: number) => (i: number, j: number) =>
  Math.max(i, j) <= waves ? variance : 0;

const ALTERNATIVES: readonly Alternative[] = [
  { share: 9 / 12, variance: within(1, 16) },
  { share: 1 / 12, variance: within(2, 4) },
  { share: 1 / 12, variance: within(4, 2) },
  { share: 1 / 12, variance: (i, j) => 4 / (i * j) },
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
 * The evidence of a sample, in nats; negative where it looks more like independence.
 *
 * @param perm permutation of the ranks, in any orientation
 */
export function waveEvidence(perm: Uint32Array): number {
  const squares = squaredWaves(perm);
  const terms = LOG_RATIOS.map(({ constant, factors }) => {
    let sum = constant;
    for (let at = 0; at < factors.length; at++) sum += factors[at] * squares[at];
    return sum;
  });
  const largest = Math.max(...terms);
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
}
