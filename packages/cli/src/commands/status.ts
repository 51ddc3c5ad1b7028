import { Job, type JobState, ranges } from "../jobs/job.js";
import { toJson } from "../output/json.js";
import { bar } from "../terminal/progress.js";
import { count, grouped } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import type { Context } from "./context.js";
import type { ResultFormat } from "./formats.js";

/** Options of `infonet status`. */
export interface StatusCommandOptions {
  format: ResultFormat;
  missing?: boolean;
}

/** `infonet status JOB`: which shards are finished. */
export async function statusCommand(
  folder: string,
  { format, missing }: StatusCommandOptions,
  { io }: Pick<Context, "io">,
): Promise<void> {
  const job = await Job.open(folder);
  const state = await job.state();
  if (missing) return io.out(`${ranges(state.missing)}\n`);
  if (format === "text") return io.out(statusText(job, state));
  const { done, missing: left, damaged, pairs } = state;
  const head = { job: folder, model: job.model, shards: job.shards, finished: left.length === 0 };
  return io.out(`${toJson({ ...head, done, missing: left, damaged, pairs }, 2)}\n`);
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
