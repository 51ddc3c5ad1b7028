/** The normal copula of a sample: what a density that is nearly normal is made from. */

import { scoresOfRanks } from "../numerics/normal-scores.js";

/** Numbers that {@link normalCopula} writes. */
export const NORMAL_NUMBERS = 2;

/** Least deviation that a normal copula leaves of one score given the other. */
const LEAST_REST = 3e-4;

/**
 * Writes the regression slope of one normal score on the other, which is the correlation of the two, and the logarithm of
 * what it leaves, ½ ln(1 − ρ²), at `offset`.
 *
 * @param perms the sample, or the sample with ties in several orders
 */
export function normalCopula(perms: readonly Uint32Array[], out: Float32Array, offset = 0): void {
  const scores = scoresOfRanks(perms[0].length);
  let [square, product] = [0, 0];
  for (const score of scores) square += score * score;
  for (const perm of perms) for (let k = 0; k < perm.length; k++) product += scores[k] * scores[perm[k]];
  const correlation = square > 0 ? product / (perms.length * square) : 0;
  out[offset] = correlation;
  out[offset + 1] = Math.log(Math.max(LEAST_REST, Math.sqrt(Math.max(0, 1 - correlation * correlation))));
}
