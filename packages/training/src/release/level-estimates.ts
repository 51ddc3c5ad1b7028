/** Estimates of samples with levels by the network of a model alone, for the scoreboard. */
import { codeColumn, featureArrays, orderLevels, orientLevels, writeFeatures } from "infonet/copula";
import type { LevelSample } from "../evaluate/estimator.js";
import type { QuantileModel } from "./quantile-model.js";

/** The permutation of a sample in canonical orientation. */
function permutationOf({ codes, levels, y }: LevelSample): Uint32Array {
  const number = codeColumn(y);
  return orientLevels(orderLevels({ places: codes, distinct: levels, missing: 0 }, number), number).perms[0];
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
