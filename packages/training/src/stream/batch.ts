/** Batches made in the calling thread. */

import { type ExampleOptions, encodeExample } from "./example.js";
import { type BatchViews, batchBytes, viewBatch } from "./layout.js";

/** Fills a buffer of {@link batchBytes} bytes with the examples first … first + batch − 1 of a stream. */
export function fillBatch(
  seed: number | bigint,
  first: number,
  batch: number,
  buffer: ArrayBuffer,
  options: ExampleOptions,
): BatchViews {
  const views = viewBatch(buffer, batch, options);
  for (let slot = 0; slot < batch; slot++) encodeExample(seed, first + slot, views, slot, options);
  return views;
}

/** A batch of examples. */
export interface Batch extends BatchViews {
  /** Number of the first example in the stream. */
  first: number;
  /** Examples in the batch. */
  size: number;
  /** Gives the memory back; the arrays must not be used afterwards. */
  release(): void;
}

/**
 * Examples first … first + batch − 1 of a stream, made here and now, in memory of their own: for tests and
 * validation sets.
 */
export function createBatch(
  seed: number | bigint,
  first: number,
  batch: number,
  options: ExampleOptions = {},
): Batch {
  const views = fillBatch(seed, first, batch, new ArrayBuffer(batchBytes(batch, options)), options);
  return { ...views, first, size: batch, release: () => {} };
}
