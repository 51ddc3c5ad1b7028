/** The normal copula of a sample, and how much speaks against it: what a density that is nearly normal is made from. */

import { scoresOfRanks } from "../numerics/normal-scores.js";

/** Numbers that {@link normalCopula} writes: slope, log rest, evidence of the third and of the fourth order. */
export const NORMAL_NUMBERS = 4;

/** Least deviation that a normal copula leaves of one score given the other. */
const LEAST_REST = 3e-4;

/**
 * Writes the numbers of a sample at `offset`: the regression slope of one normal score on the other, which is the
 * correlation ρ of the two; the logarithm of what it leaves, ½ ln(1 − ρ²); and n times the squared lengths of the moments of
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
  const rest = Math.max(LEAST_REST, Math.sqrt(Math.max(0, 1 - correlation * correlation)));
  const along = 1 / Math.sqrt(Math.max(2 * (1 + correlation), LEAST_REST ** 2));
  const across = 1 / Math.sqrt(Math.max(2 * (1 - correlation), LEAST_REST ** 2));
  let [a3, a2b, ab2, b3] = [0, 0, 0, 0];
  let [a4, a3b, a2b2, ab3, b4] = [0, 0, 0, 0, 0];
  for (const perm of perms) {
    for (let k = 0; k < n; k++) {
      const [s, t] = [scores[k], scores[perm[k]]];
      const a = (s + t) * along;
      const b = (s - t) * across;
      const [aa, bb] = [a * a, b * b];
      a3 += a * (aa - 3);
      a2b += (aa - 1) * b;
      ab2 += a * (bb - 1);
      b3 += b * (bb - 3);
      a4 += aa * (aa - 6) + 3;
      a3b += a * (aa - 3) * b;
      a2b2 += (aa - 1) * (bb - 1);
      ab3 += a * b * (bb - 3);
      b4 += bb * (bb - 6) + 3;
    }
  }
  const third = (a3 * a3 + b3 * b3) / 6 + (a2b * a2b + ab2 * ab2) / 2;
  const fourth = (a4 * a4 + b4 * b4) / 24 + (a3b * a3b + ab3 * ab3) / 6 + (a2b2 * a2b2) / 4;
  out[offset] = correlation;
  out[offset + 1] = Math.log(rest);
  out[offset + 2] = third / (n * perms.length ** 2);
  out[offset + 3] = fourth / (n * perms.length ** 2);
}
