/**
 * The slopes of a critic at the rows it was made for, brought to their true size.
 *
 * The network sees n rows and answers with a density that is smoother than that of the law: its slopes have the right directions and
 * are too small. By how much is in the rows themselves. For any smooth field φ on the plane of normal scores z and the true ratio
 * r = ln c, integration by parts gives E[φ·∇r] = E[z·φ − ∇·φ] (Stein's identity; Hyvärinen 2005 matches scores by it). The right
 * side asks for no density, so that the best multiple of any given field is known from the rows.
 *
 * It is taken apart in two:
 *
 * 1. the fields of normal copulas, (z₂, z₁), (z₁, 0) and (0, z₂). What is best of these is the score of the normal copula with the
 *    rows' own correlation, also where the network sees nothing;
 * 2. what the critic has beside them, times a power of its best multiple: matched at the rows that the critic was made of, the multiple
 *    itself is somewhat too large.
 */

import type { ScoreDerivatives } from "../density/index.js";
import { squaresAbout } from "../numerics/moments.js";

/**
 * Power of the multiple, from laws of the training prior, where powers from 0.8 to 1 are about as good;
 * `npm run bench:gradient -- --parts prior` measures the sizes that it leaves.
 */
const SHRINKAGE = 0.85;
/** Multiples beyond are chance. */
const [LEAST, MOST] = [1 / 4, 4];

/** Derivatives of ln c by the normal scores of points, as the rows have them. */
export interface MatchedScores {
  u: Float64Array;
  v: Float64Array;
  /** Correlation of the scores. */
  rho: number;
}

/**
 * Matches the derivatives of a critic to the rows that they were read at.
 *
 * @param scoresU normal scores of the rows
 * @param critic the critic's derivatives at these
 * @param beside whether only what is beside the fields of normal copulas is asked for
 */
export function matchScores(
  scoresU: Float64Array,
  scoresV: Float64Array,
  critic: ScoreDerivatives,
  beside = false,
): MatchedScores {
  const n = scoresU.length;
  // Scores of n ranks vary a little less than the normal law.
  const [unitU, unitV] = [scoresU, scoresV].map((scores) => Math.sqrt(squaresAbout(scores, 0) / n));
  let [product, crossed, ownU, ownV, squares, laplacian] = [0, 0, 0, 0, 0, 0];
  for (let k = 0; k < n; k++) {
    const a = scoresU[k] / unitU;
    const b = scoresV[k] / unitV;
    const slopeU = critic.u[k] * unitU;
    const slopeV = critic.v[k] * unitV;
    product += a * b;
    crossed += b * slopeU + a * slopeV;
    ownU += a * slopeU;
    ownV += b * slopeV;
    squares += slopeU * slopeU + slopeV * slopeV;
    laplacian += critic.laplacian[k] * unitU * unitV;
  }
  const rho = product / n;
  // Ranks that agree to the last leave room for no less.
  const rest = Math.max(1 - rho * rho, 1 / (n * n));
  // The critic's projection on the three fields, of which the mean products are 2, ρ, ρ; 1, 0; 1.
  const together = (crossed - rho * (ownU + ownV)) / (2 * rest * n);
  const [alongU, alongV] = [ownU / n - rho * together, ownV / n - rho * together];
  const left = Math.max(0, squares - together * crossed - alongU * ownU - alongV * ownV);
  const stein = ownU + ownV - laplacian - 2 * rho * n * together;
  const multiple = left > 0 ? Math.min(MOST, Math.max(LEAST, stein / left)) ** SHRINKAGE : 1;
  // The normal copula's score less the projection of what is multiplied.
  const normal = beside ? 0 : rho / rest;
  const other = normal - multiple * together;
  const [own1, own2] = [alongU, alongV].map((along) => -rho * normal - multiple * along);
  const [u, v] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n; k++) {
    const a = scoresU[k] / unitU;
    const b = scoresV[k] / unitV;
    u[k] = multiple * critic.u[k] + (other * b + own1 * a) / unitU;
    v[k] = multiple * critic.v[k] + (other * a + own2 * b) / unitV;
  }
  return { u, v, rho };
}
