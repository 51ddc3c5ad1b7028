/** Where a run begins: random weights, exported weights, or the checkpoint of an earlier run. */
import { architectureNamed, type NetworkConfig, RUNNABLE_NAMES } from "../architecture/index.js";
import { readExported } from "../model/weights.js";
import { initialParameters, type ParameterSpec, splitParameters } from "../network/parameters.js";
import { DEFAULT_ADAMW } from "../optimize/adamw.js";
import { DEFAULT_SCHEDULE } from "../optimize/schedule.js";
import { type Checkpoint, loadCheckpoint, type RunRecord } from "./checkpoint.js";

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
   * Folder of an exported model whose weights (and sizes) the run starts from, with a fresh optimiser. Only
   * architectures that infonet can run are exported; some others may start from those.
   */
  init?: string;
  /** Whether block matrices take orthogonalised steps, see the optimiser. Default true. */
  orthogonal?: boolean;
  /** Highest learning rate. */
  peakRate?: number;
}

/**
 * The checkpoint that a run starts from. A resumed one keeps everything but its planned length.
 *
 * @throws TypeError if `init` is given with another architecture than that of exported weights
 */
export async function startingPoint(options: StartOptions): Promise<Checkpoint> {
  if (options.resume !== undefined) {
    const { record, state } = await loadCheckpoint(options.resume);
    return { record: { ...record, plannedMinutes: options.minutes }, state };
  }
  const asked = architectureNamed(options.architecture);
  const kin = [asked.name, ...(asked.startsFrom ?? [])];
  if (options.init !== undefined && !RUNNABLE_NAMES.some((name) => kin.includes(name))) {
    throw otherArchitecture(RUNNABLE_NAMES.join(" or "), asked.name);
  }
  const exported = options.init === undefined ? undefined : await readExported(options.init);
  const found = exported === undefined ? asked : architectureNamed(exported.architecture);
  const architecture = options.architecture === undefined ? found : asked;
  if (!kin.includes(found.name) && options.architecture !== undefined) {
    throw otherArchitecture(found.name, asked.name);
  }
  const network = exported?.network ?? options.network ?? architecture.defaults;
  const specs = architecture.parameters(network);
  const fresh = initialParameters(specs, options.seed);
  const theta =
    exported === undefined ? fresh : carriedOver(specs, fresh, found.parameters(network), exported.theta);
  const zeros = (): Float32Array => new Float32Array(theta.length);
  const record: RunRecord = {
    seed: options.seed,
    batch: options.batch,
    architecture: architecture.name,
    network,
    optimizer: { ...DEFAULT_ADAMW, orthogonal: options.orthogonal ?? true },
    schedule: { ...DEFAULT_SCHEDULE, ...(options.peakRate ? { peakRate: options.peakRate } : {}) },
    step: 0,
    seen: 0,
    minutes: 0,
    plannedMinutes: options.minutes,
    validation: {},
  };
  return { record, state: [theta, zeros(), zeros(), theta.slice()] };
}

/** New parameters with those of another network in the places of the same name and shape. */
function carriedOver(
  specs: readonly ParameterSpec[],
  fresh: Float32Array,
  from: readonly ParameterSpec[],
  theta: Float32Array,
): Float32Array {
  const key = ({ name, shape }: { name: string; shape: readonly number[] }): string => `${name} ${shape}`;
  const known = new Map(splitParameters(from, theta).map((part) => [key(part), part.data]));
  const result = new Float32Array(fresh.length);
  let at = 0;
  for (const part of splitParameters(specs, fresh)) {
    result.set(known.get(key(part)) ?? part.data, at);
    at += part.data.length;
  }
  return result;
}

function otherArchitecture(exported: string, asked: string): TypeError {
  return new TypeError(
    `init gives the weights of a ${exported}, but the architecture is ${asked}; leave one of them out`,
  );
}
