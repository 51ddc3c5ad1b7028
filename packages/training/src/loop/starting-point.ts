/** Where a run begins: random weights, exported weights, or the checkpoint of an earlier run. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  type Architecture,
  architectureNamed,
  type NetworkConfig,
  RUNNABLE_NAMES,
} from "../architecture/index.js";
import { readExported } from "../model/weights.js";
import { initialParameters, type ParameterSpec, splitParameters } from "../network/parameters.js";
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
  /** Name of the network's architecture, default "copula-transformer". Ignored with `resume`. */
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
}

/**
 * The checkpoint that a run starts from. A resumed one keeps everything but its planned length.
 *
 * @throws TypeError if `init` has the weights of an architecture that this one cannot start from
 */
export async function startingPoint(options: StartOptions): Promise<Checkpoint> {
  if (options.resume !== undefined) {
    const { record, state } = await loadCheckpoint(options.resume);
    return { record: { ...record, plannedMinutes: options.minutes }, state };
  }
  const asked = architectureNamed(options.architecture);
  const given = options.init === undefined ? undefined : await weightsOf(options.init, asked);
  const architecture = given === undefined || options.architecture !== undefined ? asked : given.architecture;
  if (given !== undefined && !kinOf(architecture).includes(given.architecture.name)) {
    throw otherArchitecture(given.architecture.name, asked.name);
  }
  const inherits = given !== undefined && given.architecture !== architecture;
  const network = inherits
    ? { ...architecture.defaults, ...given.network }
    : (given?.network ?? options.network ?? architecture.defaults);
  const specs = architecture.parameters(network);
  const fresh = initialParameters(specs, options.seed);
  const { theta, names } =
    given === undefined
      ? { theta: fresh, names: [] }
      : carriedOver(specs, fresh, given.architecture.parameters(given.network), given.theta);
  const { inheritedRate: share = 1 } = options;
  const gentle = inherits && share !== 1 ? { gentle: { share, names } } : {};
  const zeros = (): Float32Array => new Float32Array(theta.length);
  const record: RunRecord = {
    seed: options.seed,
    batch: options.batch,
    architecture: architecture.name,
    network,
    optimizer: { ...DEFAULT_ADAMW, orthogonal: options.orthogonal ?? true, ...gentle },
    schedule: { ...DEFAULT_SCHEDULE, ...(options.peakRate ? { peakRate: options.peakRate } : {}) },
    step: 0,
    seen: 0,
    minutes: 0,
    plannedMinutes: options.minutes,
    validation: {},
  };
  return { record, state: [theta, zeros(), zeros(), theta.slice()] };
}

/** Architectures whose weights a run of this one may start from. */
const kinOf = ({ name, startsFrom = [] }: Architecture<NetworkConfig>): string[] => [name, ...startsFrom];

interface Given {
  architecture: Architecture<NetworkConfig>;
  network: NetworkConfig;
  theta: Float32Array;
}

/** The averaged weights of a run, or those of an exported model. */
async function weightsOf(folder: string, asked: Architecture<NetworkConfig>): Promise<Given> {
  if (existsSync(join(folder, CHECKPOINT_FILE))) {
    const { record, state } = await loadCheckpoint(folder);
    const architecture = architectureNamed(record.architecture);
    return { architecture, network: record.network, theta: state[STATE.indexOf("average")] };
  }
  if (!RUNNABLE_NAMES.some((name) => kinOf(asked).includes(name))) {
    throw otherArchitecture(RUNNABLE_NAMES.join(" or "), asked.name);
  }
  const { architecture, network, theta } = await readExported(folder);
  return { architecture: architectureNamed(architecture), network, theta };
}

/** New parameters with those of another network in the places of the same name and shape, and the names of these. */
function carriedOver(
  specs: readonly ParameterSpec[],
  fresh: Float32Array,
  from: readonly ParameterSpec[],
  weights: Float32Array,
): { theta: Float32Array; names: string[] } {
  const key = ({ name, shape }: { name: string; shape: readonly number[] }): string => `${name} ${shape}`;
  const known = new Map(splitParameters(from, weights).map((part) => [key(part), part.data]));
  const theta = new Float32Array(fresh.length);
  const names: string[] = [];
  let at = 0;
  for (const part of splitParameters(specs, fresh)) {
    const inherited = known.get(key(part));
    if (inherited !== undefined) names.push(part.name);
    theta.set(inherited ?? part.data, at);
    at += part.data.length;
  }
  return { theta, names };
}

function otherArchitecture(exported: string, asked: string): TypeError {
  return new TypeError(
    `init gives the weights of a ${exported}, but the architecture is ${asked}; leave one of them out`,
  );
}
