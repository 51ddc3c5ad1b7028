/** The network as a task. */

import { GRID } from "../features/index.js";
import type { Task } from "./task.js";

/** What the network says of one sample. */
export interface SampleOutput {
  /** Quantiles of √MI at the levels of the manifest, ascending, not clipped at zero. */
  quantiles: Float32Array;
  /** Critic θ on the canonical copula square, GRID × GRID, not normalised. */
  critic: Float32Array;
}

/** Quantiles of samples given as permutations in canonical orientation, one row after the other: a batch at most. */
export const QUANTILES: Task<readonly Uint32Array[], Float32Array> = {
  name: "quantiles",
  run: async (perms, network) => (await network.values(perms)).slice(),
};

/** Quantiles and critics of samples given as permutations in canonical orientation: a batch at most. */
export const CRITICS: Task<readonly Uint32Array[], SampleOutput[]> = {
  name: "critics",
  async run(perms, network) {
    const { quantiles, critics } = await network.run(perms);
    const levels = network.manifest.quantiles.length;
    return perms.map((_, slot) => ({
      quantiles: quantiles.slice(slot * levels, (slot + 1) * levels),
      critic: critics.slice(slot * GRID * GRID, (slot + 1) * GRID * GRID),
    }));
  },
};
