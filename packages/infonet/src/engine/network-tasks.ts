/** The network as a task. */

import type { NetworkSample } from "../network/network.js";
import type { Task } from "./task.js";

/** What the network says of one sample. */
export interface SampleOutput {
  /** Quantiles of √MI at the levels of the manifest, ascending, not clipped at zero. */
  quantiles: Float32Array;
  /** The copula density on the canonical square, as `CopulaDensity.read` takes it, where it was asked for. */
  mixture?: Float32Array;
}

/** Quantiles of samples, one row after the other: a batch at most. */
export const QUANTILES: Task<readonly NetworkSample[], Float32Array> = {
  name: "quantiles",
  run: async (samples, network) => (await network.values(samples)).slice(),
};

/** Samples, a batch at most, and from which median of √MI on densities are asked for. */
interface Asked {
  samples: readonly NetworkSample[];
  least?: number;
}

/** Quantiles and densities of samples. */
export const DENSITIES: Task<Asked, SampleOutput[]> = {
  name: "densities",
  async run({ samples, least }, network) {
    const { quantiles, mixtures } = await network.run(samples, least);
    const levels = network.manifest.quantiles.length;
    return samples.map((_, slot) => ({
      quantiles: quantiles.slice(slot * levels, (slot + 1) * levels),
      mixture: mixtures[slot],
    }));
  },
};
