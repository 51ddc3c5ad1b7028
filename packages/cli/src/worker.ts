/**
 * A child process of `infonet work`: does one shard after the other, as the process that started it says, with a model that is loaded once.
 */
import type { SandboxedJob } from "bullmq";
import { type Engine, loadInfoNet, modelName } from "./engine.js";
import { CliError } from "./errors.js";
import { Job } from "./jobs/job.js";
import { JOB_VARIABLE } from "./jobs/queue.js";
import { estimateShard, requireModel } from "./jobs/run-shard.js";

/** Milliseconds between two tellings of how far a shard is. */
const TELL = 1000;

const stop = new AbortController();
// BullMQ waits at these for the shard to be done, which may take minutes: it goes back into the queue instead.
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => stop.abort());
// Whoever started this process is gone.
process.on("disconnect", () => process.exit());

let engine: Promise<Engine> | undefined;

/** Does a shard. */
export default async function doShard(
  { data: { shard }, ...task }: SandboxedJob<{ shard: number }>,
  token: string | undefined,
  cancelled: AbortSignal,
): Promise<void> {
  const signal = AbortSignal.any([stop.signal, cancelled]);
  try {
    signal.throwIfAborted();
    const job = await Job.open(process.env[JOB_VARIABLE] as string);
    if (!Number.isInteger(shard) || shard < 1 || shard > job.shards) {
      throw new CliError(
        `${JSON.stringify(shard)} is no shard of ${job.folder}; somebody else writes to the queue.`,
      );
    }
    // Another worker may have done it, before it was lost to the queue.
    if ((await job.fileOf(shard)) !== undefined) return;
    engine ??= loadInfoNet({ threads: 1 });
    const model = await engine;
    requireModel(job, modelName(model));
    const pairs = job.sizeOf(shard);
    let told = Date.now();
    const result = await estimateShard(model, job, shard, signal, (done) => {
      if (Date.now() - told < TELL) return;
      told = Date.now();
      void task.updateProgress(Math.floor((100 * done) / pairs));
    });
    await job.finish(shard, result);
  } catch (error) {
    if (!signal.aborted) throw error;
    await task.moveToWait(token);
    throw Object.assign(new Error("interrupted"), { name: "WaitingError" });
  }
}
