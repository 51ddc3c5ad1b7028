/** Checkpoints of networks that were never trained, for tests. */
import { architectureNamed, COPULA_DENSITY, type NetworkConfig } from "../architecture/index.js";
import type { Checkpoint, RunRecord } from "../loop/checkpoint.js";
import type { CopulaDensityConfig } from "../network/copula-density.js";
import { initialParameters } from "../network/parameters.js";
import type { PerceiverConfig } from "../network/perceiver.js";
import { DEFAULT_ADAMW } from "../optimize/adamw.js";
import { DEFAULT_SCHEDULE } from "../optimize/schedule.js";
import { STATE } from "../step/step.js";

/** A released network of a few thousand parameters, its tokens not merged. */
export const PLAIN_DENSITY: CopulaDensityConfig = {
  width: 8,
  blocks: 1,
  heads: 2,
  expansion: 2,
  valueWidth: 8,
  tower: { width: 8, blocks: 1, heads: 2 },
};

/** The same with merged tokens. */
export const SMALL_DENSITY: CopulaDensityConfig = {
  ...PLAIN_DENSITY,
  coarse: { width: 12, blocks: 1, heads: 2 },
};

/** A perceiver of a few thousand parameters. */
export const SMALL_PERCEIVER: PerceiverConfig = {
  points: 24,
  latents: 3,
  width: 8,
  blocks: 1,
  heads: 2,
  expansion: 2,
  table: 8,
  patch: 4,
  blur: 1,
};

/** Small sizes by the name of the architecture. */
export const SMALL_NETWORKS: Record<string, NetworkConfig> = {
  "copula-density": SMALL_DENSITY,
  perceiver: SMALL_PERCEIVER,
};

/** A checkpoint with the initial weights of a seed. */
export function untrained(
  name: string = COPULA_DENSITY.name,
  network: NetworkConfig = SMALL_NETWORKS[name],
  seed = 1,
): Checkpoint {
  const theta = initialParameters(architectureNamed(name).parameters(network), seed);
  const record: RunRecord = {
    seed,
    batch: 8,
    architecture: name,
    network,
    optimizer: DEFAULT_ADAMW,
    schedule: DEFAULT_SCHEDULE,
    step: 1,
    seen: 8,
    minutes: 1,
    plannedMinutes: 1,
    validation: {},
  };
  return { record, state: STATE.map(() => theta) };
}
