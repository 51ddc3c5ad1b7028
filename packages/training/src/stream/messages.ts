/** What the stream and its worker threads say to each other. */

import type { ExampleOptions } from "./example.js";

/** Start of a worker. */
export interface WorkerSetup {
  seed: number | bigint;
  batch: number;
  options: ExampleOptions;
}

/** Fill this buffer with the batch that starts at example `first`. The buffer changes hands. */
export interface WorkerTask {
  first: number;
  buffer: ArrayBuffer;
}

/** The filled buffer, or what went wrong. */
export type WorkerReply = { first: number; buffer: ArrayBuffer } | { first: number; error: string };
