/** A worker thread of the pool: its own session, batches of permutations in, quantiles out. */

import { workerData } from "piscina";
import { Network } from "../network/network.js";
import { type PackedError, packError } from "./errors.js";
import { platform } from "./node.js";

const { model } = workerData as { model: string };
const network = platform
  .loadRuntime()
  .then((runtime) => Network.open(runtime, platform.modelFiles(new URL(model))));
// A model that cannot be opened is reported by every task; unhandled, it would end the process.
network.catch(() => undefined);

/** One batch: permutations in canonical orientation, one after the other. */
export interface WorkerBatch {
  points: Uint32Array;
  sizes: number[];
}

/** What a thread answers: quantiles of √MI, or why there are none. */
export type WorkerAnswer = { quantiles: Float32Array } | { failure: PackedError };

export default async function run({ points, sizes }: WorkerBatch): Promise<WorkerAnswer> {
  let at = 0;
  const perms = sizes.map((size) => {
    at += size;
    return points.subarray(at - size, at);
  });
  try {
    return { quantiles: (await (await network).values(perms)).slice() };
  } catch (error) {
    return { failure: packError(error) };
  }
}
