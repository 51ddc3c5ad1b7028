/** The estimator that trains a small network for every pair. */

import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { InfoNetError } from "../errors.js";
import { readOptions } from "../input.js";
import type { Progress } from "../types.js";
import {
  type ClassicalOptions,
  invalid,
  oneOf,
  readPair,
  unitFactor,
  type Variable,
  wholeNumber,
} from "./input.js";
import type { MineObjective } from "./mine-layout.js";
import { Deck, type Rows, trainedValue } from "./mine-train.js";
import { normalScores } from "./normal-scores.js";
import { standardDeviation } from "./spread.js";

export type { MineObjective } from "./mine-layout.js";

/** Options of {@link mine}. */
export interface MineOptions extends ClassicalOptions {
  /** Steps of training. Default 500. */
  iterations?: number;
  /** Units of each of the two hidden layers. Default 128. */
  hidden?: number;
  /** Rows of a step, at most as many as there are to train on. Default 100. */
  batch?: number;
  /** Learning rate of Adam. Default 0.001. */
  learningRate?: number;
  /**
   * What is maximised, and read in the end: `"mine"`, the Donsker–Varadhan bound; `"nwj"`, that of Nguyen,
   * Wainwright and Jordan (IEEE Trans. Inf. Theory 56, 2010), whose gradient is unbiased and whose value
   * varies more; `"infonce"` (van den Oord et al. 2018), which varies least and cannot exceed ln(batch).
   * Default `"mine"`.
   */
  objective?: MineObjective;
  /**
   * Share of the rows that is not trained on, 0 ≤ share < 1, and on which the value is read. With 0 it is read on the
   * sample itself, as in the paper, and is too large once the network has learnt single rows by heart.
   * Default 0.
   */
  heldOut?: number;
  /** Replaces every column by its normal scores first (rank → Φ⁻¹), ties sharing a score. Default false. */
  normalScores?: boolean;
  /** Gives every column mean 0 and standard deviation 1 first. Default true. */
  standardize?: boolean;
  /** Seed of the first parameters, the batches and the shuffles. Default 0. */
  seed?: number;
  /** Folder URL of onnxruntime-web's WebAssembly files, as in `InfoNet.load`. Browser only. */
  wasm?: string | URL;
  /** Aborting rejects the call with the signal's reason. */
  signal?: AbortSignal;
  /** Called every ten iterations, and after the last, with their number. */
  onProgress?: (progress: Progress) => void;
}

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
 * The training step is compiled by jax-onnx and run by ONNX Runtime. Both are loaded by the first call, and
 * every combination of objective, widths, hidden and batch is compiled once.
 *
 * ```ts
 * await mine(x, y, { iterations: 2000, heldOut: 0.3 });
 * await mine({ data, width: 3 }, y, { objective: "infonce", seed: 1 });
 * ```
 *
 * @param x one column, or several as `{ data, width }`; rows with NaN in either variable are left out
 * @param y as many rows
 * @returns the value of the bound, nats unless `units` says otherwise; it can be below zero
 * @throws InfoNetError "not-a-number", "not-finite" (in the data, or the training diverged),
 *   "unequal-lengths", "constant", "invalid-option", and "too-few-samples" for fewer than eight complete rows or
 *   parts of fewer than four; the signal's reason if it is aborted
 */
export async function mine(x: Variable, y: Variable, options: MineOptions = {}): Promise<number> {
  const iterations = wholeNumber("iterations", options.iterations ?? 500, 1);
  const hidden = wholeNumber("hidden", options.hidden ?? 128, 1);
  const largest = wholeNumber("batch", options.batch ?? 100, 2);
  const objective = oneOf("objective", options.objective ?? "mine", ["mine", "nwj", "infonce"]);
  const { learningRate = 1e-3, heldOut = 0, signal, onProgress } = options;
  if (!(learningRate > 0 && learningRate < Infinity)) {
    throw invalid("learningRate", learningRate, "a number above 0");
  }
  if (!(heldOut >= 0 && heldOut < 1)) throw invalid("heldOut", heldOut, "a share from 0 to below 1");
  const { seed } = readOptions({ seed: options.seed });
  const factor = unitFactor(options);
  const pair = readPair(x, y, () => FEWEST_ROWS);
  const rng = generator(seed);
  const { train, read } = parts(pair.n, heldOut, rng);
  signal?.throwIfAborted();
  // Imported now, not above: a page that bundles the other estimators alone gets no runtime with them.
  const { platform } = await import("#platform");
  let told = 0;
  const value = await trainedValue({
    runtime: await platform.loadRuntime(options.wasm),
    x: rowsOf(pair.x, options),
    y: rowsOf(pair.y, options),
    ...{ train, read, objective, hidden, iterations, learningRate, rng },
    batch: Math.min(largest, train.length),
    async pause(done) {
      // The pauses while the value is read are no progress.
      if (done > told) onProgress?.({ done, total: iterations });
      told = done;
      await platform.breathe();
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
function parts(n: number, heldOut: number, rng: RandomGenerator): { train: Uint32Array; read: Uint32Array } {
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
  const shuffled = new Deck(rows, rng).draw(n);
  return { train: shuffled.subarray(held), read: shuffled.subarray(0, held) };
}

/** The columns side by side, row after row, in the form in which the critic gets them. */
function rowsOf(
  columns: readonly Float64Array[],
  { normalScores: scores = false, standardize = true }: MineOptions,
): Rows {
  if (typeof scores !== "boolean") throw invalid("normalScores", scores, "true or false");
  if (typeof standardize !== "boolean") throw invalid("standardize", standardize, "true or false");
  const width = columns.length;
  const data = new Float32Array(columns[0].length * width);
  for (const [index, raw] of columns.entries()) {
    const column = scores ? normalScores(raw) : raw;
    const deviation = standardize ? standardDeviation(column, 0) : 1;
    // In units of the deviation first: the sum of very large numbers is no double.
    const scaled = column.map((value) => value / deviation);
    const mean = standardize ? scaled.reduce((sum, value) => sum + value, 0) / scaled.length : 0;
    for (let row = 0; row < scaled.length; row++) data[row * width + index] = scaled[row] - mean;
  }
  return { data, width };
}

function generator(seed: number): RandomGenerator {
  const rng = xoroshiro128plusFromState([-1, ~seed, seed | 0, Math.floor(seed / 2 ** 32) | 0]);
  // The first numbers of seeds that differ in few bits are alike.
  for (let i = 0; i < 32; i++) rng.next();
  return rng;
}
