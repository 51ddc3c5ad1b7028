/** A generator thread: receives empty buffers with the numbers of their batches, returns them filled. */

import { parentPort, workerData } from "node:worker_threads";
import { fillBatch } from "./batch.js";
import type { WorkerReply, WorkerSetup, WorkerTask } from "./messages.js";

const { seed, batch, options } = workerData as WorkerSetup;

parentPort?.on("message", ({ first, buffer }: WorkerTask) => {
  try {
    fillBatch(seed, first, batch, buffer, options);
    parentPort?.postMessage({ first, buffer } satisfies WorkerReply, [buffer]);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage({ first, error: reason } satisfies WorkerReply);
  }
});
