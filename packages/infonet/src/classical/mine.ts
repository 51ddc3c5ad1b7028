/** The estimator that trains a small network for every pair. */

import { InfoNetError } from "../errors.js";
import { columnName } from "../input/data-errors.js";
import {
  finiteNumber,
  flag,
  type OptionsOf,
  oneOf,
  place,
  readOptions,
  type TableOf,
  wholeNumber,
} from "../input/options.js";
import { ON_PROGRESS, SEED, SIGNAL, STANDARDIZE } from "../input/tables.js";
import { unitScale } from "../input/units.js";
import { CLASSICAL, type ClassicalOptions, readPair, type Variable } from "../input/variables.js";
import { centred, inDeviations } from "../numerics/moments.js";
import { type Stream, seededStream } from "../numerics/random.js";
import type { Progress } from "../types.js";
import type { MineObjective } from "./mine-layout.js";
import { RowSampler, type Rows, trainedValue } from "./mine-train.js";
import { normalScores } from "./normal-scores.js";

export type { MineObjective } from "./mine-layout.js";

/** Options of {@link mine}. */
export interface MineOptions extends ClassicalOptions {
  /** Steps of training. Default 500. */
  iterations?: number | undefined;
  /** Units of each of the two hidden layers, 4096 at most. Default 128. */
  hidden?: number | undefined;
  /** Rows of a step, at most as many as there are to train on. Default 100. */
  batch?: number | undefined;
  /** Learning rate of Adam. Default 0.001. */
  learningRate?: number | undefined;
  /**
   * What is maximised, and read in the end: `"mine"`, the Donsker–Varadhan bound; `"nwj"`, that of Nguyen,
   * Wainwright and Jordan (IEEE Trans. Inf. Theory 56, 2010), whose gradient is unbiased and whose value
   * varies more; `"infonce"` (van den Oord et al. 2018), which varies least and cannot exceed ln(batch).
   * Default `"mine"`.
   */
  objective?: MineObjective | undefined;
  /**
   * Share of the rows that is not trained on, 0 ≤ share < 1, and on which the value is read. With 0 it is read on the
   * sample itself, as in the paper, and is too large once the network has learnt single rows by heart.
   * Default 0.
   */
  heldOut?: number | undefined;
  /** Replaces every column by its normal scores first (rank → Φ⁻¹), ties sharing a score. Default false. */
  normalScores?: boolean | undefined;
  /** Gives every column mean 0 and standard deviation 1 first. Default true. */
  standardize?: boolean | undefined;
  /** Seed of the first parameters, the rows held out, the batches and the shuffles. Default 0. */
  seed?: number | undefined;
  /** Folder URL of onnxruntime-web's WebAssembly files, as in `InfoNet.load`. Browser only. */
  wasm?: string | URL | undefined;
  /** Aborting rejects the call with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Called every ten iterations, and after the last, with their number. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

const OPTIONS = {
  ...CLASSICAL,
  iterations: wholeNumber(1, 500),
  hidden: wholeNumber(1, 128, 4096),
  batch: wholeNumber(2, 100),
  learningRate: finiteNumber((value) => value > 0, "a number above 0", 1e-3),
  objective: oneOf(["mine", "nwj", "infonce"], "mine"),
  heldOut: finiteNumber((value) => value >= 0 && value < 1, "a share from 0 to below 1", 0),
  normalScores: flag(false),
  standardize: STANDARDIZE,
  seed: SEED,
  wasm: place(),
  signal: SIGNAL,
  onProgress: ON_PROGRESS,
} satisfies TableOf<MineOptions>;

/** Rows below which nothing can be learnt; of either part if some rows are held out. */
const FEWEST_ROWS = 8;
const FEWEST_IN_A_PART = 4;

/**
 * Mutual information by a network trained on this very pair, in nats: Belghazi et al., "Mutual Information
 * Neural Estimation" (ICML 2018), algorithm 1 with the moving-average correction of section 3.2. A critic T
 * with two hidden layers of ELU units maximises mean T(x, y) − ln mean e^T(x, y′), where y′ belongs to another
 * row; the maximum over all functions is the mutual information.
 *
 * It takes variables of any width and improves with iterations; some hundred times as slow as one forward pass,
 * and no two seeds agree exactly. Too few iterations give too little, too many on few rows too much (see
 * `heldOut`). The mean of e^T is read over whole shuffles of the rows, about ten thousand points, at most ten
 * shuffles. The same seed gives the same answer on the same kind of machine.
 *
 * The training step is compiled by jax-onnx and run by ONNX Runtime. Both are loaded by the first call; jax-onnx and
 * @jax-js/jax are installed apart (`npm i jax-onnx @jax-js/jax`). Every combination of objective, widths, hidden and batch is compiled once.
 *
 * ```ts
 * await mine(x, y, { iterations: 2000, heldOut: 0.3 });
 * await mine({ data, width: 3 }, y, { objective: "infonce", seed: 1 });
 * ```
 *
 * @param x one column, or several as `{ data, width }`; rows with NaN in either variable are left out
 * @param y as many rows
 * @returns the value of the bound, nats unless `units` says otherwise; it can be below zero
 * @throws InfoNetError "not-a-number", "not-finite" (in the data, or as float32, or the training diverged),
 *   "unequal-lengths", "constant" (as float32 too), "invalid-option", "runtime" if jax-onnx, @jax-js/jax or ONNX Runtime
 *   is not installed, and "too-few-samples" for fewer than eight complete rows or
 *   parts of fewer than four; the signal's reason if it is aborted
 */
export async function mine(x: Variable, y: Variable, options: MineOptions = {}): Promise<number> {
  const settings = readOptions(options, OPTIONS);
  const { iterations, hidden, learningRate, objective, heldOut, signal, onProgress } = settings;
  const factor = unitScale(settings.units);
  const pair = readPair(x, y, () => FEWEST_ROWS);
  const rows = { x: rowsOf("x", pair.x, settings), y: rowsOf("y", pair.y, settings) };
  const random = seededStream(settings.seed);
  const { train, read } = parts(pair.n, heldOut, random);
  signal?.throwIfAborted();
  // Imported now, not above: a page that bundles the other estimators alone gets no runtime with them.
  const { platform } = await import("#platform");
  let told = 0;
  const value = await trainedValue({
    runtime: await platform.loadRuntime(settings.wasm),
    ...rows,
    ...{ train, read, objective, hidden, iterations, learningRate, random },
    batch: Math.min(settings.batch, train.length),
    async pause(done) {
      // The pauses while the value is read are no progress.
      if (done > told) onProgress?.({ done, total: iterations });
      told = done;
      await platform.pause();
      signal?.throwIfAborted();
    },
  });
  if (Number.isFinite(value)) return factor * value;
  throw new InfoNetError(
    "not-finite",
    `the value is ${value} after ${iterations} iterations: the training diverged; pass a learningRate below ${learningRate}, normalScores, or objective "mine".`,
  );
}

/** Rows to train on and rows to read the value on. */
function parts(n: number, heldOut: number, random: Stream): { train: Uint32Array; read: Uint32Array } {
  const rows = Uint32Array.from({ length: n }, (_, row) => row);
  if (heldOut === 0) return { train: rows, read: rows };
  const held = Math.round(heldOut * n);
  const fewer = Math.min(held, n - held);
  if (fewer < FEWEST_IN_A_PART) {
    throw new InfoNetError(
      "too-few-samples",
      `heldOut of ${heldOut} leaves ${n - held} of ${n} rows to train on and ${held} to read the value on; at least ${FEWEST_IN_A_PART} each are needed. Pass another share or collect more rows.`,
    );
  }
  const shuffled = new RowSampler(rows, random).draw(n);
  return { train: shuffled.subarray(held), read: shuffled.subarray(0, held) };
}

/**
 * The columns side by side, row after row, in the form in which the critic gets them.
 *
 * @throws InfoNetError "not-finite" or "constant" if that is what a column becomes as float32
 */
function rowsOf(
  name: string,
  columns: readonly Float64Array[],
  { normalScores: scores, standardize }: Pick<OptionsOf<typeof OPTIONS>, "normalScores" | "standardize">,
): Rows {
  const width = columns.length;
  const data = new Float32Array(columns[0].length * width);
  for (const [index, raw] of columns.entries()) {
    const column = scores ? normalScores(raw) : raw;
    const values = standardize ? centred(inDeviations(column)) : column;
    for (let row = 0; row < values.length; row++) data[row * width + index] = values[row];
    requireFloats(columnName(name, index, width), values);
  }
  return { data, width };
}

/** Refuses what float32, in which the critic is trained, cannot hold. */
function requireFloats(name: string, values: Float64Array): void {
  const first = Math.fround(values[0]);
  const far = values.find((value) => !Number.isFinite(Math.fround(value)));
  if (far !== undefined) {
    throw new InfoNetError(
      "not-finite",
      `${name} has ${far}, more than the 3.4e38 of the float32 that the network is trained in; leave standardize at true.`,
    );
  }
  if (values.some((value) => Math.fround(value) !== first)) return;
  throw new InfoNetError(
    "constant",
    `${name} has values that are all ${first} in the float32 that the network is trained in; leave standardize at true.`,
  );
}
