/**
 * Evidence of dependence in the slow waves of ranks: the logarithm of an average likelihood ratio. Alternatives each
 * say which pairs of waves may be correlated, and how strongly. An average of likelihood ratios is led by the largest,
 * so a sample needs to fit one of the alternatives, not all: a weighted sum of all waves would have to give up trends
 * for circles, or circles for trends. Lines are asked for most, so they have most of the average.
 */

import { forEachPair, squaredWaves } from "./waves.js";

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
  // Trends.
  { share: 0.75, variance: where((_, faster) => faster === 1, 12) },
  // Rings, crosses, spreads that change on both sides.
  { share: 0.05, variance: where((slower, faster) => slower === 2 && faster === 2, 12) },
  // Bows, and spreads that grow.
  { share: 0.05, variance: where((slower, faster) => slower === 1 && faster === 2, 8) },
  // Waves of one variable along the other.
  { share: 0.075, variance: where((slower, faster) => slower === 1 && faster >= 2 && faster <= 6, 4) },
  // Patches, checkerboards.
  { share: 0.075, variance: where((_, faster) => faster <= 4, 2) },
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
  const terms = new Float64Array(LOG_RATIOS.length);
  let largest = -Infinity;
  for (let k = 0; k < terms.length; k++) {
    const { constant, factors } = LOG_RATIOS[k];
    let term = constant;
    for (let at = 0; at < factors.length; at++) term += factors[at] * squares[at];
    terms[k] = term;
    largest = Math.max(largest, term);
  }
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - largest);
  return largest + Math.log(sum);
}
