import type { MatrixOptions } from "infonet";
import { modelName } from "../engine.js";
import { UsageError } from "../errors.js";
import { Job } from "../jobs/job.js";
import { findInput } from "../table/input.js";
import { readTable } from "../table/read.js";
import { count, grouped } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { type Context, defaultThreads, pairsAmong, printNotes, quoted } from "./context.js";
import { type TargetOptions, targetsOf, usableTargets } from "./targets.js";
import { checkTable, printUnusable } from "./usable.js";
import { type CommandReading, readingOf } from "./vectors.js";
import { withEngine } from "./with-engine.js";

/** Options of `infonet plan`. */
export interface PlanCommandOptions
  extends Required<Pick<MatrixOptions, "units" | "seed">>,
    CommandReading,
    TargetOptions {
  columns?: string[];
  exclude?: string[];
  cluster?: string;
  counts?: string;
  screen?: number;
  replicates?: number;
  out?: string;
  shards?: number;
}

/** Shards at most, unless the user says otherwise: more tasks than that are refused by many schedulers. */
const MOST_SHARDS = 1000;
/** Seconds that a shard takes about. */
const SHARD_SECONDS = 90;
/** Seconds of a core that a pair takes, about, and how many of them a row. */
const PAIR = { seconds: 2e-4, row: 1e-7 };

/** `infonet plan FILE… --out JOB`: cuts the pairs of a table into shards. */
export async function planCommand(
  named: readonly string[],
  options: PlanCommandOptions,
  context: Context,
): Promise<void> {
  const { io, signal } = context;
  const { out, columns, exclude, cluster, counts, units, seed, screen, replicates = 0 } = options;
  if (out === undefined) throw new UsageError("--out names no folder for the job; add --out JOB.");
  for (const [name, value] of [
    ["--screen", screen],
    ["--counts", counts],
  ]) {
    if (replicates === 0 || value === undefined) continue;
    throw new UsageError(`--replicates does not go with ${name}; leave one of them out.`);
  }
  const aims = await targetsOf(options);
  const reading = { columns, exclude, ...aims, cluster, counts, threads: defaultThreads(), signal };
  const table = await readTable(await findInput(named, { signal }), { ...reading, ...readingOf(options) });
  printNotes(io, table);
  checkTable(table);
  printUnusable(io, table);
  const pairs = pairsAmong(table.columns.length, usableTargets(table)?.length) * (1 + replicates);
  const shards = options.shards ?? shardsFor(pairs, table.rows);
  if (shards > pairs) {
    throw new UsageError(
      `--shards ${shards} is more than there are pairs (${pairs}); leave some without work.`,
    );
  }
  const model = await withEngine(context, 1, async (engine) => modelName(engine));
  await Job.plan(out, table, model, { units, seed, screen }, shards, replicates);
  const about = count(Math.ceil(pairs / shards), "pair");
  io.err(
    `infonet: ${count(pairs, "pair")} in ${count(shards, "shard")} of ${about} at most, in ${printable(out)}\n`,
  );
  await io.out(
    `infonet run ${quoted(out)}${shards > 1 ? ` --shard k/${shards}   # k = 1 to ${grouped(shards)}` : ""}\n`,
  );
}

/** As many shards as take a minute or two each. */
export function shardsFor(pairs: number, rows: number): number {
  const seconds = pairs * (PAIR.seconds + PAIR.row * rows);
  return Math.max(1, Math.min(MOST_SHARDS, Math.round(seconds / SHARD_SECONDS)));
}
