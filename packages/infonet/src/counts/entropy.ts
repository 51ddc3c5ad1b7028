/**
 * Entropies of counts, in nats. Every sum runs over the tally of the counts, in ascending order: the order of the
 * levels does not reach the last bit.
 */

import { digamma } from "../numerics/digamma.js";
import { type Tally, tallyOf, tallySum, timesOf } from "./tally.js";

/** Σ −p ln p of the observed shares. */
export function plugInEntropy(counts: Uint32Array): number {
  return plugInOf(tallyOf(counts));
}

/** {@link plugInEntropy} of a tally. */
export function plugInOf(tally: Tally): number {
  const n = tallySum(tally, (count) => count);
  // A single level gives 0, not nearly 0.
  return (n * Math.log(n) - tallySum(tally, (count) => count * Math.log(count))) / n;
}

/** The plug-in entropy with (levels − 1)/2n added (Miller, "Note on the bias of information estimates", 1955). */
export function millerMadow(counts: Uint32Array): number {
  const tally = tallyOf(counts);
  const n = tallySum(tally, (count) => count);
  return plugInOf(tally) + (tallySum(tally, () => 1) - 1) / (2 * n);
}

/**
 * The estimate of Chao, Wang & Jost ("Entropy and the species accumulation curve", Methods in Ecology and Evolution 4,
 * 2013, equation 7): what the levels that were seen say without bias, and for those not seen what the numbers of levels
 * seen once and twice let expect. O(distinct counts) beyond the tally.
 */
export function chaoWangJost(counts: Uint32Array): number {
  return chaoWangJostOf(tallyOf(counts));
}

/** {@link chaoWangJost} of a tally. */
export function chaoWangJostOf(tally: Tally): number {
  const n = tallySum(tally, (count) => count);
  if (n < 2) return 0;
  const psi = digamma(n);
  const seen = tallySum(tally, (count) => (count < n ? count * (psi - digamma(count)) : 0)) / n;
  const once = timesOf(tally, 1);
  if (once === 0) return seen;
  const twice = timesOf(tally, 2);
  // The mean share of levels seen once (Good & Turing).
  const share = twice > 0 ? (2 * twice) / ((n - 1) * once + 2 * twice) : 2 / ((n - 1) * (once - 1) + 2);
  return seen + (once / n) * unseen(n, share);
}

/**
 * Σ over r ≥ n of (1 − a)^(r − n + 1) / r: the tail of the series of −ln a, of which the formula takes the first n − 1
 * terms off.
 */
function unseen(n: number, a: number): number {
  const q = 1 - a;
  if (q <= 0) return 0;
  return (n - 1) * a < 1 ? nearTail(n, a) : farTail(n, a, q);
}

/**
 * (1 − a)^(1 − n) (−ln a − H(n − 1) + Σ over k ≥ 1 of (−1)^(k + 1) C(n − 1, k) aᵏ/k), where (n − 1) a is small: the sum
 * is that of (1 − (1 − a)^r)/r over r < n.
 */
function nearTail(n: number, a: number): number {
  let sum = 0;
  let term = 1;
  for (let k = 1; k < n; k++) {
    term *= (-a * (n - k)) / k;
    sum -= term / k;
    if (Math.abs(term) < 1e-18) break;
  }
  const harmonic = digamma(n) - digamma(1);
  return Math.exp((1 - n) * Math.log1p(-a)) * (-Math.log(a) - harmonic + sum);
}

/** Levels of the fraction: below the last digit from (n − 1) a = 1 on. */
const DEPTH = 160;

/**
 * q/(n a) · ₂F₁(1, 1; n + 1; −q/a) by Gauss's continued fraction. All its terms are positive, so that nothing cancels
 * however large n is.
 */
function farTail(n: number, a: number, q: number): number {
  const x = q / a;
  let fraction = 1;
  for (let k = DEPTH; k >= 1; k--) {
    const numerator = k * (n + k - 1) * x;
    fraction = 1 + numerator / ((n + 2 * k - 1) * (n + 2 * k) * fraction);
    fraction = 1 + numerator / ((n + 2 * k - 2) * (n + 2 * k - 1) * fraction);
  }
  return x / (n * fraction);
}
