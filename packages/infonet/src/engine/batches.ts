/** Many items in batches of a fixed order, as many batches at once as the workers take. */

import type { Task, Workers } from "./task.js";

/** Points of all items of one batch, at most: keeps the memory of batches under way in bounds. */
const MOST_POINTS = 1 << 22;

/** How items become batches, and batches results. */
export interface Batching<Item, Input, Output> {
  task: Task<Input, Output>;
  /** Items of a batch, at most. */
  largestBatch: number;
  /** Size of an item, in points of a sample. */
  points(item: Item): number;
  input(items: readonly Item[]): Input;
  /** Called after every batch, in the order in which they end. What it throws ends the call. */
  onBatch(items: readonly Item[], output: Output): void | Promise<void>;
}

/**
 * Pulls items, groups them in batches and has these done. How items are grouped depends on the items alone, not on the
 * number of threads, so that the results do not either.
 *
 * @throws what fails first, when the batches under way are finished
 */
export async function runBatches<Item, Input, Output>(
  items: Iterator<Item>,
  workers: Workers,
  { task, largestBatch, points, input, onBatch }: Batching<Item, Input, Output>,
): Promise<void> {
  // Twice as many batches as threads: every thread works on one and has the next at hand.
  const lanes = workers.parallel > 1 ? 2 * workers.parallel : 1;
  let ended = false;
  let waiting: Item | undefined;
  const nextBatch = (): Item[] => {
    const batch: Item[] = [];
    let size = 0;
    while (!ended && batch.length < largestBatch) {
      const item: Item | undefined = waiting ?? items.next().value;
      waiting = undefined;
      if (item === undefined) {
        ended = true;
        break;
      }
      size += points(item);
      if (batch.length > 0 && size > MOST_POINTS) {
        waiting = item;
        break;
      }
      batch.push(item);
    }
    return batch;
  };
  let failure: { error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    try {
      for (;;) {
        const batch = nextBatch();
        if (batch.length === 0) return;
        await onBatch(batch, await workers.run(task, input(batch)));
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
