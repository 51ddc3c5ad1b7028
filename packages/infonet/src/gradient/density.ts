/** Derivatives through the critic: those of the mean log density of the rows, the density held fixed and its slopes matched to the rows. */

import type { RankGradient } from "../copula/index.js";
import { CopulaDensity } from "../density/index.js";
import type { DifferentiableSample, Network, NetworkDerivative } from "../network/network.js";
import { mean } from "../numerics/moments.js";
import { logNormalDensity, normalQuantile } from "../numerics/normal.js";
import { matchScores } from "./score-matching.js";

/** What the network says of one sample, with the mean log density of its points. */
export interface DensityDerivative extends NetworkDerivative {
  lowerBound: number;
}

/**
 * Medians of √MI of samples, mean log densities of their points, and the derivatives of these by the soft ranks, where the density
 * is that of the sample and held fixed: at most `largestBatch` samples.
 */
export async function differentiateDensities(
  network: Network,
  samples: readonly DifferentiableSample[],
): Promise<DensityDerivative[]> {
  const { quantiles, mixtures } = await network.run(samples);
  const levels = network.manifest.quantiles;
  return samples.map(({ soft }, slot) => {
    const density = CopulaDensity.read(mixtures[slot] as Float32Array);
    const median = quantiles[slot * levels.length + levels.indexOf(0.5)];
    return { median, ...derivativeAt(density, soft.u, soft.v) };
  });
}

/** The mean log density of n points and its derivatives by their soft ranks, 1 … n. */
function derivativeAt(
  density: CopulaDensity,
  u: Float64Array,
  v: Float64Array,
): { lowerBound: number; gradient: RankGradient } {
  const [scoresU, scoresV] = [softScores(u), softScores(v)];
  const critic = density.derivatives(scoresU, scoresV);
  const matched = matchScores(scoresU, scoresV, critic);
  return {
    lowerBound: mean(critic.logDensity),
    gradient: { u: byRanks(matched.u, scoresU), v: byRanks(matched.v, scoresV) },
  };
}

/** Derivatives of a mean by soft ranks, from those of its terms by normal scores. */
export function byRanks(slopes: Float64Array, scores: Float64Array): Float64Array {
  const n = slopes.length;
  const result = new Float64Array(n);
  // One rank is one part in n of the axis, and a row one part in n of the mean.
  for (let k = 0; k < n; k++) result[k] = slopes[k] / (Math.exp(logNormalDensity(scores[k])) * n * n);
  return result;
}

/** Normal scores of soft ranks. */
export function softScores(ranks: Float64Array): Float64Array {
  const scores = new Float64Array(ranks.length);
  for (let k = 0; k < ranks.length; k++) scores[k] = normalQuantile((ranks[k] - 0.5) / ranks.length);
  return scores;
}
