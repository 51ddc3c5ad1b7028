/** Derivatives through the critic: those of the mean log density of the rows, the density itself held fixed. */

import type { RankGradient } from "../copula/index.js";
import { CopulaDensity } from "../density/index.js";
import type { DifferentiableSample, Network, NetworkDerivative } from "../network/network.js";
import { normalQuantile } from "../numerics/normal.js";

/**
 * Medians of √MI of samples, and the derivatives, by the soft ranks, of the mean log density of the points, where the density
 * is that of the sample and held fixed: at most `largestBatch` samples.
 */
export async function differentiateDensities(
  network: Network,
  samples: readonly DifferentiableSample[],
): Promise<NetworkDerivative[]> {
  const { quantiles, mixtures } = await network.run(samples.map(({ perm }) => ({ perm })));
  const levels = network.manifest.quantiles;
  return samples.map(({ soft }, slot) => {
    const gradient = slopesAt(CopulaDensity.read(mixtures[slot] as Float32Array), soft.u, soft.v);
    return { median: quantiles[slot * levels.length + levels.indexOf(0.5)], gradient };
  });
}

/** Derivatives of the mean log density of n points by their soft ranks, 1 … n. */
function slopesAt(density: CopulaDensity, u: Float64Array, v: Float64Array): RankGradient {
  const n = u.length;
  const slopes = density.slopes(softScores(u), softScores(v));
  // One rank is one part in n of the axis, and a row one part in n of the mean.
  for (let k = 0; k < n; k++) {
    slopes.u[k] /= n * n;
    slopes.v[k] /= n * n;
  }
  return slopes;
}

/** Normal scores of soft ranks. */
function softScores(ranks: Float64Array): Float64Array {
  const scores = new Float64Array(ranks.length);
  for (let k = 0; k < ranks.length; k++) scores[k] = normalQuantile((ranks[k] - 0.5) / ranks.length);
  return scores;
}
