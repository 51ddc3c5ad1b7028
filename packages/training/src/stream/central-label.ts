/**
 * What the middle quantile is trained on. The log ratio is the influence function of mutual information, so the
 * error of the best estimator of a smooth density is, to first order, the mean exact log ratio of the sample less
 * the truth: noise that nobody can take away, and nine tenths of what a network sees that is trained on the truth.
 * Trained on the sample's own mean it sees only what it could do better.
 *
 * In small samples, and where there is little information, an estimate should shrink towards what the prior
 * expects, which the sample's mean does not: there the label stays near the truth.
 */
import type { Distribution } from "../prior/distribution.js";
import { MAX_TRUTH_POINTS } from "../prior/index.js";

/** More terms of the density than this are not worth their time unless said otherwise; the label is then the truth. */
const MOST_TERMS = 250_000;

/** Information in the whole sample, n · MI in nats, at which the label lies halfway. */
const HALFWAY = 150;

const ratios = new Float64Array(MAX_TRUTH_POINTS);

/**
 * Mean exact log ratio of a sample, in nats; not a number where that takes too long.
 *
 * @param x first column, n values
 * @param y second column, n values
 * @param mostTerms terms of the density that are worth their time
 */
export function sampleInformation(
  distribution: Distribution,
  x: Float64Array,
  y: Float64Array,
  mostTerms = MOST_TERMS,
): number {
  const n = x.length;
  if (n * distribution.terms > mostTerms) return Number.NaN;
  let sum = 0;
  for (let from = 0; from < n; from += MAX_TRUTH_POINTS) {
    const m = Math.min(MAX_TRUTH_POINTS, n - from);
    distribution.logRatio(x.subarray(from, from + m), y.subarray(from, from + m), m, ratios);
    for (let j = 0; j < m; j++) sum += ratios[j];
  }
  return sum / n;
}

/**
 * The label: the truth, moved towards the sample's mean log ratio; not below zero.
 *
 * @param mi true mutual information, nats
 * @param sampled result of {@link sampleInformation}
 * @param n size of the sample
 */
export function centralLabel(mi: number, sampled: number, n: number): number {
  if (Number.isNaN(sampled)) return mi;
  const information = n * mi;
  return Math.max(0, mi + ((sampled - mi) * information) / (information + HALFWAY));
}
