/** Estimates of samples with levels by the network of a model alone, for the scoreboard. */
import { featureArrays, levelPlaces, order, orient, spreadLevels, writeFeatures } from "infonet/copula";
import type { LevelSample } from "../evaluate/estimator.js";
import type { QuantileModel } from "./quantile-model.js";

/** The permutation of a sample in canonical orientation. */
function permutationOf({ codes, levels, y }: LevelSample): Uint32Array {
  const ranks = new Uint32Array(y.length);
  for (const [rank, row] of order(y).entries()) ranks[row] = rank;
  return orient(spreadLevels(codes, levelPlaces(codes, levels, ranks), ranks)).perm;
}

/** Estimates in order, nats. */
export async function estimateLevels(
  model: QuantileModel,
  samples: readonly LevelSample[],
): Promise<number[]> {
  const { batch, levels: columns, median } = model;
  const features = featureArrays(batch);
  const estimates: number[] = [];
  for (let first = 0; first < samples.length; first += batch) {
    const some = samples.slice(first, first + batch);
    // What is left of the last batch holds its first sample.
    for (let slot = 0; slot < batch; slot++) {
      const sample = some[slot] ?? some[0];
      writeFeatures(permutationOf(sample), features, slot, sample.levels);
    }
    const quantiles = await model.quantiles(features);
    estimates.push(...some.map((_, slot) => Math.max(0, quantiles[slot * columns + median]) ** 2));
  }
  return estimates;
}
