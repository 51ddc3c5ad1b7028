/** What the pool and its worker threads tell each other. */

import type { PackedError } from "./errors.js";

/** What the pool tells a thread when it starts it. */
export interface WorkerSetup {
  /** Address of the folder of the model. */
  model: string;
  /** Memory of the gate into native code. */
  gate: SharedArrayBuffer;
}

/** One batch: permutations in canonical orientation, one after the other. */
export interface WorkerBatch {
  points: Uint32Array;
  sizes: number[];
}

/** What a thread answers: quantiles of √MI, or why there are none. */
export type WorkerAnswer = { quantiles: Float32Array } | { failure: PackedError };
