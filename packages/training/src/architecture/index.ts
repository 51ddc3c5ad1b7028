/** The architectures by name. */
import type { CopulaDensityConfig } from "../network/copula-density.js";
import type { PerceiverConfig } from "../network/perceiver.js";
import type { Architecture, RunnableArchitecture } from "./architecture.js";
import { COPULA_DENSITY } from "./copula-density.js";
import { PERCEIVER } from "./perceiver.js";

export type {
  Architecture,
  BatchTensors,
  Estimate,
  Inference,
  LossTensors,
  NoInference,
  RunnableArchitecture,
} from "./architecture.js";
export { COPULA_DENSITY, PERCEIVER };

/** Sizes of a network of either architecture. */
export type NetworkConfig = CopulaDensityConfig | PerceiverConfig;

const ARCHITECTURES: readonly Architecture<NetworkConfig>[] = [COPULA_DENSITY, PERCEIVER];

/** Names of the architectures, the default first. */
export const ARCHITECTURE_NAMES: readonly string[] = ARCHITECTURES.map(({ name }) => name);

/** Names of those that infonet can run. */
export const RUNNABLE_NAMES: readonly string[] = ARCHITECTURES.filter(
  ({ inference }) => !("reason" in inference),
).map(({ name }) => name);

/**
 * The architecture of a name. Its sizes are whatever came with the name: pass it no others.
 *
 * @param name default "copula-density"
 * @throws TypeError if there is none of that name
 */
export function architectureNamed(name: string = COPULA_DENSITY.name): Architecture<NetworkConfig> {
  const found = ARCHITECTURES.find((architecture) => architecture.name === name);
  if (!found) {
    throw new TypeError(`architecture is "${name}"; give one of ${ARCHITECTURE_NAMES.join(", ")}`);
  }
  return found;
}

/**
 * The architecture of a name, if infonet can run it.
 *
 * @param name default "copula-density"
 * @throws TypeError if there is none of that name, or infonet cannot run it: the message says why
 */
export function runnableArchitecture(name?: string): RunnableArchitecture<NetworkConfig> {
  const architecture = architectureNamed(name);
  if ("reason" in architecture.inference) {
    throw new TypeError(
      `infonet cannot run a ${architecture.name}: it ${architecture.inference.reason}; take a run of ${RUNNABLE_NAMES.join(" or ")}`,
    );
  }
  return architecture as RunnableArchitecture<NetworkConfig>;
}
