import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { modelName } from "../engine.js";
import { CliError, interruption } from "../errors.js";
import { Job, ranges } from "../jobs/job.js";
import { JOB_VARIABLE, type ShardQueue } from "../jobs/queue.js";
import { requireModel } from "../jobs/run-shard.js";
import { progressBar } from "../terminal/progress.js";
import { count } from "../text/numbers.js";
import type { Context } from "./context.js";
import { withEngine } from "./with-engine.js";
import { type QueueOptions, queueAddress, withQueue } from "./with-queue.js";

/** Options of `infonet work`. */
export interface WorkCommandOptions extends QueueOptions {
  processes?: number;
  stalled: number;
}

/** What a child process runs: beside this file once it is built. */
const PROCESSOR = new URL("./worker.js", import.meta.url);

/** `infonet work JOB --queue URL`: takes shards from a queue until it is empty. */
export async function workCommand(
  folder: string,
  options: WorkCommandOptions,
  context: Context,
): Promise<void> {
  const { io, signal } = context;
  const job = await Job.open(folder);
  // Found out once and here, not by every process for every shard.
  await withEngine(context, 1, async (engine) => requireModel(job, modelName(engine)));
  await withQueue(job, queueAddress(options, context), true, async (queue) => {
    const done = await work(queue, job, options, context);
    if (signal.aborted) {
      throw interruption(
        signal,
        `interrupted: ${count(done, "shard")} done here; the others are in the queue.`,
      );
    }
    io.err(`infonet: the queue is empty; ${count(done, "shard")} done here\n`);
    const { failed } = await queue.state();
    if (failed.length === 0) return;
    const [{ reason }] = failed;
    const which = ranges(failed.map(({ shard }) => shard));
    throw new CliError(
      `${count(failed.length, "shard")} failed: ${which} (${reason}); infonet submit ${folder} has them tried again.`,
    );
  });
}

async function work(
  queue: ShardQueue,
  job: Job,
  { processes = availableParallelism(), stalled }: WorkCommandOptions,
  { io, signal }: Context,
): Promise<number> {
  const progress = progressBar(io);
  let total = 0;
  let last = "";
  try {
    return await queue.work(
      PROCESSOR,
      { processes, stalled },
      { ...process.env, [JOB_VARIABLE]: resolve(job.folder) },
      signal,
      (left) => {
        total = Math.max(total, left);
        // Shards are of one size.
        const pairs = (shards: number): number => Math.round((shards * job.pairs) / job.shards);
        progress.update({ done: pairs(total - left), total: pairs(total) });
      },
      (text) => {
        // A server that is gone is told once, not at every try to reach it.
        if (text === last) return;
        last = text;
        progress.clear();
        io.err(`infonet: ${text}\n`);
      },
    );
  } finally {
    progress.clear();
  }
}
