/** The normal copula of a sample, and how much speaks against it: what a density that is nearly normal is made from. */

import { scoresOfRanks } from "../numerics/normal-scores.js";

/** Numbers that {@link normalCopula} writes: slope, log rest, evidence of the third and of the fourth order. */
export const NORMAL_NUMBERS = 4;

/** Least deviation that a normal copula leaves of one score given the other. */
const LEAST_REST = 3e-4;

/** Rows that are as good as added: where there are few, what ranks leave is taken off in part, as it scatters. */
const CAUTION = 60;

/**
 * The deviation that one normal variable leaves of the other, from the correlation of the normal scores. Of neighbours ranks know
 * the order up to chance alone: in units of score, of density φ, a rank is 1 / nφ, and about nφs neighbours may stand on either side of a
 * deviation s. So the scores leave s / nφ more of each other's variance than the variables do; its mean over the rows is about
 * s times the reach of the scores, 2 √(2 ln n), over n. Where the correlation is small, neighbours in one score are none in the other.
 */
function restOf(correlation: number, n: number): number {
  const left = Math.max(0, 1 - correlation * correlation);
  const noise = (2 * Math.sqrt(2 * Math.log(n)) * correlation ** 6) / (n + CAUTION);
  return Math.max(LEAST_REST, (Math.sqrt(noise * noise + 4 * left) - noise) / 2);
}

/**
 * Writes the numbers of a sample at `offset`: the regression slope of one normal variable on the other, which is their
 * correlation ρ; the logarithm of what it leaves, ½ ln(1 − ρ²); and n times the squared lengths of the moments of
 * third and of fourth order along the principal axes, by Hermite polynomials, which a normal copula owes to chance alone (about
 * χ² with 2 and 3 degrees of freedom, as the normal scores are given; more for a few hundred rows of nearly one order).
 *
 * @param perms the sample, or the sample with ties in several orders
 */
export function normalCopula(perms: readonly Uint32Array[], out: Float32Array, offset = 0): void {
  const n = perms[0].length;
  const scores = scoresOfRanks(n);
  let [square, product] = [0, 0];
  for (const score of scores) square += score * score;
  for (const perm of perms) for (let k = 0; k < n; k++) product += scores[k] * scores[perm[k]];
  const correlation = square > 0 ? product / (perms.length * square) : 0;
  const rest = restOf(correlation, n);
  const unit = (variance: number): number => 1 / Math.max(LEAST_REST, Math.sqrt(2 * variance));
  const [along, across] = [unit(1 + correlation), unit(1 - correlation)];
  const [a, b] = [new Float64Array(5), new Float64Array(5)];
  const sums = new Float64Array(9);
  for (const perm of perms) {
    for (let k = 0; k < n; k++) {
      hermite((scores[k] + scores[perm[k]]) * along, a);
      hermite((scores[k] - scores[perm[k]]) * across, b);
      for (let order = 3, at = 0; order < 5; order++) {
        for (let j = 0; j <= order; j++) sums[at++] += a[j] * b[order - j];
      }
    }
  }
  out.set([Math.sign(correlation) * Math.sqrt(Math.max(0, 1 - rest * rest)), Math.log(rest), 0, 0], offset);
  for (let order = 3, at = 0; order < 5; order++) {
    for (let j = 0; j <= order; j++) {
      const length = sums[at++] / perms.length;
      out[offset + order - 1] += (length * length) / (FACTORIALS[j] * FACTORIALS[order - j] * n);
    }
  }
}

const FACTORIALS = [1, 1, 2, 6, 24];

/** Writes the Hermite polynomials of a number, of order 0 to 4. */
function hermite(x: number, out: Float64Array): void {
  out[0] = 1;
  out[1] = x;
  for (let k = 1; k < 4; k++) out[k + 1] = x * out[k] - k * out[k - 1];
}
