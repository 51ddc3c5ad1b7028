import { CliError, oneLine } from "../errors.js";
import { Job, type JobState, ranges } from "../jobs/job.js";
import type { QueueState } from "../jobs/queue.js";
import type { QueueAddress } from "../jobs/queue-address.js";
import { toJson } from "../output/json.js";
import { bar } from "../terminal/progress.js";
import { count, grouped } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import type { Context } from "./context.js";
import type { ResultFormat } from "./formats.js";
import { type QueueOptions, queueAddress, withQueue } from "./with-queue.js";

/** Options of `infonet status`. */
export interface StatusCommandOptions extends QueueOptions {
  format: ResultFormat;
  missing?: boolean;
}

/** `infonet status JOB`: which shards are finished. */
export async function statusCommand(
  folder: string,
  options: StatusCommandOptions,
  context: Pick<Context, "io">,
): Promise<void> {
  const { io } = context;
  const job = await Job.open(folder);
  const state = await job.state();
  const { format, missing } = options;
  if (missing) return io.out(`${ranges(state.missing)}\n`);
  const address = queueAddress(options, context);
  // The folder is what counts: it is told even if nobody answers at the queue.
  const queue = address && (await queueState(job, address, context));
  if (format === "text") return io.out(`${statusText(job, state)}${queue ? queueText(queue) : ""}`);
  const { done, missing: left, damaged, pairs } = state;
  const head = { job: folder, model: job.model, shards: job.shards, finished: left.length === 0 };
  return io.out(`${toJson({ ...head, done, missing: left, damaged, pairs, queue }, 2)}\n`);
}

async function queueState(
  job: Job,
  address: QueueAddress,
  { io }: Pick<Context, "io">,
): Promise<(QueueState & { url: string }) | undefined> {
  try {
    return { url: address.shown, ...(await withQueue(job, address, false, (queue) => queue.state())) };
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    io.err(`infonet: ${oneLine(error)}\n`);
    return undefined;
  }
}

function statusText({ folder, shards }: Job, { done, missing, damaged, pairs }: JobState): string {
  const share = bar(pairs.total === 0 ? 1 : pairs.done / pairs.total, 24);
  const lines = [
    `${printable(folder)}: ${done.length} of ${count(shards, "shard")} finished`,
    `▕${share}▏ ${grouped(pairs.done)} of ${count(pairs.total, "pair")}`,
  ];
  if (missing.length > 0) lines.push(`missing: ${ranges(missing)}`);
  if (damaged.length > 0) lines.push(`of these damaged: ${ranges(damaged)}; they are done again`);
  lines.push(
    missing.length > 0
      ? `next: infonet run ${printable(folder)}`
      : `next: infonet merge ${printable(folder)}`,
  );
  return `${lines.join("\n")}\n`;
}

function queueText({ url, waiting, active, delayed, failed, workers }: QueueState & { url: string }): string {
  const at = active.map(({ shard, progress }) => `${shard} (${progress} %)`).join(", ");
  const lines = [
    `queue ${printable(url)}: ${waiting} waiting, ${active.length} under way, ${delayed} to be tried again, ${failed.length} failed; ${count(workers, "machine")}`,
    ...(active.length > 0 ? [`under way: ${at}`] : []),
    ...failed.map(
      ({ shard, reason, attempts }) =>
        `failed: ${shard}, ${attempts === 1 ? "once" : `${attempts} times`}: ${printable(reason)}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
