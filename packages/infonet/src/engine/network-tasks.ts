/** The network as a task. */

import type { Task } from "./task.js";

/** What the network says of one sample. */
export interface SampleOutput {
  /** Quantiles of √MI at the levels of the manifest, ascending, not clipped at zero. */
  quantiles: Float32Array;
  /** The copula density on the canonical square, as `CopulaDensity.read` takes it, where it was asked for. */
  mixture?: Float32Array;
}

/** Quantiles of samples given as permutations in canonical orientation, one row after the other: a batch at most. */
export const QUANTILES: Task<readonly Uint32Array[], Float32Array> = {
  name: "quantiles",
  run: async (perms, network) => (await network.values(perms)).slice(),
};

/** Samples given as permutations in canonical orientation, a batch at most, and from which median of √MI on densities are asked for. */
interface Asked {
  perms: readonly Uint32Array[];
  least?: number;
}

/** Quantiles and densities of samples. */
export const DENSITIES: Task<Asked, SampleOutput[]> = {
  name: "densities",
  async run({ perms, least }, network) {
    const { quantiles, mixtures } = await network.run(perms, least);
    const levels = network.manifest.quantiles.length;
    return perms.map((_, slot) => ({
      quantiles: quantiles.slice(slot * levels, (slot + 1) * levels),
      mixture: mixtures[slot],
    }));
  },
};
