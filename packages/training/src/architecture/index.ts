/** The architectures by name. */
import type { CopulaTransformerConfig } from "../network/copula-transformer.js";
import type { PerceiverConfig } from "../network/perceiver.js";
import type { Architecture } from "./architecture.js";
import { COPULA_TRANSFORMER } from "./copula-transformer.js";
import { PERCEIVER } from "./perceiver.js";

export type { Architecture, BatchTensors, Estimate, LossTensors } from "./architecture.js";
export { COPULA_TRANSFORMER, PERCEIVER };

/** Sizes of a network of either architecture. */
export type NetworkConfig = CopulaTransformerConfig | PerceiverConfig;

const ARCHITECTURES: readonly Architecture<NetworkConfig>[] = [COPULA_TRANSFORMER, PERCEIVER];

/** Names of the architectures, the default first. */
export const ARCHITECTURE_NAMES: readonly string[] = ARCHITECTURES.map(({ name }) => name);

/**
 * The architecture of a name. Its sizes are whatever came with the name: pass it no others.
 *
 * @param name default "copula-transformer", the only one there was before checkpoints named theirs
 * @throws TypeError if there is none of that name
 */
export function architectureNamed(name: string = COPULA_TRANSFORMER.name): Architecture<NetworkConfig> {
  const found = ARCHITECTURES.find((architecture) => architecture.name === name);
  if (!found) {
    throw new TypeError(`architecture is "${name}"; give one of ${ARCHITECTURE_NAMES.join(", ")}`);
  }
  return found;
}
