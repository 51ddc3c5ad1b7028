/** Runs many samples through the network: batches in a fixed order, as many at once as the runner takes. */

import type { BatchRunner } from "../network/runner.js";

/** Points of all samples of one batch, at most: keeps the memory of batches under way in bounds. */
const MOST_POINTS = 1 << 22;

/** One sample to be estimated. */
export interface Sample {
  /** Position among the results. */
  index: number;
  /** Permutation in canonical orientation. */
  perm: Uint32Array;
}

/** How {@link runBatches} is watched and stopped. */
export interface BatchOptions {
  largestBatch: number;
  signal?: AbortSignal;
  /** Called after every batch, with the positions of its samples. */
  onBatch: (indices: readonly number[], quantiles: Float32Array) => void | Promise<void>;
}

/**
 * Pulls samples, groups them in batches and runs these. How samples are grouped depends on the samples
 * alone, not on the number of threads, so that the results do not either.
 *
 * Resolves early, without an error, when the signal aborts; batches under way are finished.
 */
export async function runBatches(
  samples: Iterator<Sample>,
  runner: BatchRunner,
  { largestBatch, signal, onBatch }: BatchOptions,
): Promise<void> {
  // Twice as many batches as threads: every thread works on one and has the next at hand.
  const lanes = runner.parallel > 1 ? 2 * runner.parallel : 1;
  let ended = false;
  let waiting: Sample | undefined;
  const nextBatch = (): Sample[] => {
    const batch: Sample[] = [];
    let points = 0;
    while (!ended && batch.length < largestBatch) {
      const sample = waiting ?? samples.next().value;
      waiting = undefined;
      if (sample === undefined) {
        ended = true;
        break;
      }
      points += sample.perm.length;
      if (batch.length > 0 && points > MOST_POINTS) {
        waiting = sample;
        break;
      }
      batch.push(sample);
    }
    return batch;
  };
  let failure: { error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    try {
      while (!signal?.aborted) {
        const batch = nextBatch();
        if (batch.length === 0) return;
        const quantiles = await runner.run(batch.map(({ perm }) => perm));
        await onBatch(
          batch.map(({ index }) => index),
          quantiles,
        );
      }
    } catch (error) {
      ended = true;
      failure ??= { error };
    }
  };
  // To their ends, also after a failure: what is finished is complete then.
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failure !== undefined) throw failure.error;
}
