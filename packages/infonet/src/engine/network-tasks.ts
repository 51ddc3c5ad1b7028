/** The network as a task. */

import { MIXTURE_NUMBERS } from "../density/index.js";
import type { Task } from "./task.js";

/** What the network says of one sample. */
export interface SampleOutput {
  /** Quantiles of √MI at the levels of the manifest, ascending, not clipped at zero. */
  quantiles: Float32Array;
  /** The copula density on the canonical square, as `CopulaDensity.read` takes it. */
  mixture: Float32Array;
}

/** Quantiles of samples given as permutations in canonical orientation, one row after the other: a batch at most. */
export const QUANTILES: Task<readonly Uint32Array[], Float32Array> = {
  name: "quantiles",
  run: async (perms, network) => (await network.values(perms)).slice(),
};

/** Quantiles and densities of samples given as permutations in canonical orientation: a batch at most. */
export const DENSITIES: Task<readonly Uint32Array[], SampleOutput[]> = {
  name: "densities",
  async run(perms, network) {
    const { quantiles, mixtures } = await network.run(perms);
    const levels = network.manifest.quantiles.length;
    return perms.map((_, slot) => ({
      quantiles: quantiles.slice(slot * levels, (slot + 1) * levels),
      mixture: mixtures.slice(slot * MIXTURE_NUMBERS, (slot + 1) * MIXTURE_NUMBERS),
    }));
  },
};
