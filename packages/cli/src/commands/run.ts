import type { LoadOptions } from "infonet";
import { modelName } from "../engine.js";
import { interruption, UsageError } from "../errors.js";
import { Job } from "../jobs/job.js";
import { estimateShard, requireModel } from "../jobs/run-shard.js";
import { type ShardOf, scheduledShard } from "../jobs/which-shard.js";
import type { Io } from "../terminal/io.js";
import { progressBar } from "../terminal/progress.js";
import { count } from "../text/numbers.js";
import { type Context, workerThreads } from "./context.js";
import { withEngine, withGracePeriod } from "./with-engine.js";

/** Options of `infonet run`. */
export interface RunCommandOptions extends Pick<LoadOptions, "threads"> {
  shard?: ShardOf;
}

/** `infonet run JOB`: does one shard of a job, or all that are left. */
export async function runCommand(
  folder: string,
  options: RunCommandOptions,
  context: Context,
): Promise<void> {
  const { io, signal } = context;
  const job = await Job.open(folder);
  const wanted = wantedShards(job, options.shard, io);
  const left = await job.unfinished(wanted);
  if (left.length === 0) {
    io.err(`infonet: ${wanted.length === 1 ? `shard ${wanted[0]} is` : "all shards are"} finished already\n`);
    return;
  }
  const pairs = left.reduce((sum, shard) => sum + job.sizeOf(shard), 0);
  const { rows } = job.heads;
  await withEngine(context, workerThreads(pairs, rows, options.threads), async (engine) => {
    requireModel(job, modelName(engine));
    let [done, finished] = [0, 0];
    const progress = progressBar(io);
    try {
      for (const shard of left) {
        signal.throwIfAborted();
        // Another worker may have done it in the meantime.
        if ((await job.fileOf(shard)) === undefined) {
          const call = estimateShard(engine, job, shard, signal, (own) =>
            progress.update({ done: done + own, total: pairs }),
          );
          await job.finish(shard, await withGracePeriod(signal, call));
        }
        done += job.sizeOf(shard);
        finished++;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
      const kept = finished === 0 ? "no shard was finished" : `${count(finished, "shard")} kept`;
      throw interruption(signal, `interrupted: ${kept} of ${left.length}; the same command goes on.`);
    } finally {
      progress.clear();
    }
  });
  io.err(`infonet: ${count(left.length, "shard")} done (${count(pairs, "pair")})\n`);
}

function wantedShards(job: Job, asked: ShardOf | undefined, io: Io): number[] {
  if (asked !== undefined) {
    if (asked.of === job.shards) return [asked.shard];
    throw new UsageError(
      `--shard ${asked.shard}/${asked.of}: ${job.folder} has ${count(job.shards, "shard")}; write --shard ${Math.min(asked.shard, job.shards)}/${job.shards}.`,
    );
  }
  const scheduled = scheduledShard(io.env, job.shards);
  if (scheduled === undefined) return Array.from({ length: job.shards }, (_, k) => k + 1);
  io.err(`infonet: shard ${scheduled.shard}/${job.shards}, by ${scheduled.variable}\n`);
  return [scheduled.shard];
}
