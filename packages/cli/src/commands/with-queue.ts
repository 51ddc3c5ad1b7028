import { UsageError } from "../errors.js";
import type { Job } from "../jobs/job.js";
import { ShardQueue } from "../jobs/queue.js";
import { type QueueAddress, readQueueAddress } from "../jobs/queue-address.js";
import type { Context } from "./context.js";
import { QUEUE_VARIABLE } from "./options.js";

/** Options of the commands that use a queue. */
export interface QueueOptions {
  queue?: QueueAddress;
}

/** The address that the user gives, by option or environment. */
export function queueAddress({ queue }: QueueOptions, { io }: Pick<Context, "io">): QueueAddress | undefined {
  const text = io.env[QUEUE_VARIABLE];
  return queue ?? (text ? readQueueAddress(QUEUE_VARIABLE)(text) : undefined);
}

/**
 * Connects to the queue of a job, uses it and closes it.
 *
 * @param prepare whether tables may be made in a database that has none yet
 */
export async function withQueue<Result>(
  job: Job,
  address: QueueAddress | undefined,
  prepare: boolean,
  use: (queue: ShardQueue, address: QueueAddress) => Promise<Result>,
): Promise<Result> {
  if (address === undefined) {
    throw new UsageError(
      `--queue names no server; add --queue redis://HOST or postgres://USER@HOST/DATABASE, or set ${QUEUE_VARIABLE}.`,
    );
  }
  const queue = await ShardQueue.open(job, address, prepare);
  try {
    return await use(queue, address);
  } finally {
    await queue.close();
  }
}
