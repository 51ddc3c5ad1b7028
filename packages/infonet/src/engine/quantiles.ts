/** The network's quantiles of many samples. */

import type { NetworkSample } from "../network/network.js";
import { runBatches } from "./batches.js";
import type { PairModel } from "./model.js";
import { QUANTILES } from "./network-tasks.js";
import type { Workers } from "./task.js";

/** What is done with the quantiles of √MI. */
export interface QuantileReader<Sample> {
  /** Called for every sample of a batch. */
  onSample(sample: Sample, quantiles: Float32Array): void;
  /** Called after every batch with its size. What it throws ends the call. */
  onBatch?(samples: number): Promise<void>;
}

/**
 * Runs samples in batches.
 *
 * @param samples with their permutations in canonical orientation
 * @throws what fails first, when the batches under way are finished
 */
export function runQuantiles<Sample extends NetworkSample>(
  samples: Iterator<Sample>,
  workers: Workers,
  { largestBatch, levels: width }: PairModel,
  { onSample, onBatch }: QuantileReader<Sample>,
): Promise<void> {
  return runBatches(samples, workers, {
    task: QUANTILES,
    largestBatch,
    points: ({ perm }) => perm.length,
    input: (batch) => batch.map(({ perm, others, levels }) => ({ perm, others, levels })),
    async onBatch(batch, quantiles) {
      for (const [slot, sample] of batch.entries()) {
        onSample(sample, quantiles.subarray(slot * width, (slot + 1) * width));
      }
      await onBatch?.(batch.length);
    },
  });
}
