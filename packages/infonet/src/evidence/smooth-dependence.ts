/**
 * A smooth statistic of dependence of ranks: the squared correlations of slow waves, weighted by (ij)⁻¹ so that
 * slow ones count most, and the slowest pair, which sees trends, twice as much. With weights (ij)⁻² it would be the
 * distance covariance of the ranks (Székely, Rizzo & Bakirov 2007), which finds trends about as often and circles and
 * checkerboards much less often.
 */

import { forEachPair, squaredWaves } from "./waves.js";

const TREND = 2;
const WEIGHTS = forEachPair((i, j) => (i * j === 1 ? TREND : 1 / (i * j)));

/** The statistic of a sample, ≥ 0, from its permutation in any orientation. */
export function smoothDependence(perm: Uint32Array): number {
  return squaredWaves(perm).reduce((sum, square, at) => sum + WEIGHTS[at] * square, 0);
}
