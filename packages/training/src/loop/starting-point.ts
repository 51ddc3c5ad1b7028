/** Where a run begins: random weights, exported weights, or the checkpoint of an earlier run. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ARCHITECTURE_NAMES, architectureNamed, type NetworkConfig } from "../architecture/index.js";
import { type ExportedModel, readExported } from "../model/weights.js";
import { inheritParameters, initialParameters, splitParameters } from "../network/parameters.js";
import { DEFAULT_ADAMW } from "../optimize/adamw.js";
import { DEFAULT_SCHEDULE } from "../optimize/schedule.js";
import { STATE } from "../step/step.js";
import { CHECKPOINT_FILE, type Checkpoint, loadCheckpoint, type RunRecord } from "./checkpoint.js";

/** Distributions a step, unless told otherwise. */
export const DEFAULT_BATCH = 128;

/** Options of {@link startingPoint}. */
export interface StartOptions {
  /** Planned training time in minutes; the learning rate falls to zero towards its end. */
  minutes: number;
  /** Seed of the initial weights and of the stream. */
  seed: number;
  /** Distributions a step. */
  batch: number;
  /** Folder of an earlier run to go on from. */
  resume?: string;
  /** Name of the network's architecture, default "copula-density". Ignored with `resume`. */
  architecture?: string;
  /** Sizes of the network, default those of its architecture. Ignored with `resume` and `init`. */
  network?: NetworkConfig;
  /**
   * Folder of an exported model, or of another run, whose weights (and sizes) the run starts from, with a fresh optimiser.
   * An architecture may start from its own weights, and some from those of others.
   */
  init?: string;
  /** Whether block matrices take orthogonalised steps, see the optimiser. Default true. */
  orthogonal?: boolean;
  /** Highest learning rate. */
  peakRate?: number;
  /** Share of the learning rate that weights have which come from another architecture. Default 1. */
  inheritedRate?: number;
  /** Part of the network that learns, the rest being held as it is: one of the architecture's. Default all of it. */
  only?: string;
}

/**
 * What does not learn where a part of the network is trained alone.
 *
 * @param inherited parameters that the run starts with
 * @throws TypeError if there is no such part, or nothing to hold as it is
 */
function held(
  only: string | undefined,
  { name, parts = {} }: ReturnType<typeof architectureNamed>,
  inherited: readonly string[],
): { share: number; names: string[] } | undefined {
  if (only === undefined) return undefined;
  const known = Object.keys(parts);
  if (!known.includes(only)) {
    const choices = known.length > 0 ? `its parts are ${known.join(", ")}` : "it has no parts";
    throw new TypeError(`only is ${JSON.stringify(only)}, but of ${name} ${choices}`);
  }
  if (inherited.length === 0)
    throw new TypeError(`only is ${only}, but the rest has not learnt anything yet; give init`);
  return { share: 0, names: inherited.filter((parameter) => !parts[only](parameter)) };
}

/**
 * The checkpoint that a run starts from. A resumed one keeps everything but its planned length.
 *
 * @throws TypeError if `init` has the weights of an architecture that this one cannot start from, or `only` names no part
 * @throws Error if `init` lacks a parameter of its own architecture
 */
export async function startingPoint(options: StartOptions): Promise<Checkpoint> {
  if (options.resume !== undefined) {
    const { record, state } = await loadCheckpoint(options.resume);
    return { record: { ...record, plannedMinutes: options.minutes }, state };
  }
  const given = options.init === undefined ? undefined : await weightsOf(options.init);
  const architecture = architectureNamed(options.architecture ?? trained(given?.architecture));
  const { name, startsFrom = [], defaults } = architecture;
  const inherits = given !== undefined && given.architecture !== name;
  if (inherits && !startsFrom.includes(given.architecture)) {
    throw new TypeError(
      `init gives the weights of a ${given.architecture}, but the architecture is ${name}; leave one of them out`,
    );
  }
  const network = inherits
    ? { ...defaults, ...given.network }
    : (given?.network ?? options.network ?? defaults);
  const specs = architecture.parameters(network);
  const fresh = initialParameters(specs, options.seed);
  const { theta, names } = inheritParameters(specs, fresh, given?.parameters ?? []);
  // What learns alone may be new.
  const grown = architecture.parts?.[options.only ?? ""] ?? (() => false);
  const missing = specs.find((spec) => !names.includes(spec.name) && !grown(spec.name));
  if (given !== undefined && !inherits && missing !== undefined) {
    throw new Error(
      `${options.init} has no ${missing.name} of shape [${missing.shape}]; export the model again`,
    );
  }
  const { inheritedRate: share = 1 } = options;
  const gentle =
    held(options.only, architecture, names) ?? (inherits && share !== 1 ? { share, names } : undefined);
  const zeros = (): Float32Array => new Float32Array(theta.length);
  const record: RunRecord = {
    seed: options.seed,
    batch: options.batch,
    architecture: name,
    network,
    optimizer: { ...DEFAULT_ADAMW, orthogonal: options.orthogonal ?? true, ...(gentle && { gentle }) },
    schedule: { ...DEFAULT_SCHEDULE, ...(options.peakRate ? { peakRate: options.peakRate } : {}) },
    step: 0,
    seen: 0,
    minutes: 0,
    plannedMinutes: options.minutes,
    validation: {},
  };
  return { record, state: [theta, zeros(), zeros(), theta.slice()] };
}

/** A name, if networks of that name are trained. */
const trained = (name: string | undefined): string | undefined =>
  name !== undefined && ARCHITECTURE_NAMES.includes(name) ? name : undefined;

/** The averaged weights of a run, or those of an exported model. */
async function weightsOf(folder: string): Promise<Omit<ExportedModel, "training">> {
  if (!existsSync(join(folder, CHECKPOINT_FILE))) return readExported(folder);
  const { record, state } = await loadCheckpoint(folder);
  const { architecture, network } = record;
  const specs = architectureNamed(architecture).parameters(network);
  return {
    architecture,
    network,
    parameters: splitParameters(specs, state[STATE.indexOf("average")]),
  };
}
