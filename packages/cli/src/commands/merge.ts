import type { DependenceMatrix } from "infonet";
import { CliError, UsageError } from "../errors.js";
import { Job } from "../jobs/job.js";
import { Merged } from "../jobs/merged.js";
import { type Cell, leftOut, type MatrixResult, resultHead } from "../output/result.js";
import { streamedCsv, streamedJson } from "../output/streamed.js";
import type { Table } from "../table/types.js";
import type { Content } from "../terminal/content.js";
import { grouped } from "../text/numbers.js";
import { type Context, defaultThreads } from "./context.js";
import { deliver, FDR_WITHOUT_P, type MatrixOutputOptions, put, report, tellScreened } from "./matrix.js";
import { checkOutputs, type Outputs } from "./outputs.js";
import { withEngine } from "./with-engine.js";

/** Pairs that text and reports are made of at most: they are laid out in memory. */
const MOST_LAID_OUT = 5_000_000;

/** `infonet merge JOB`: what all shards found, as one run of `infonet matrix` would have written it. */
export async function mergeCommand(
  folder: string,
  options: MatrixOutputOptions,
  context: Context,
): Promise<void> {
  const outputs = await checkOutputs(options, [], context.io);
  const job = await Job.open(folder);
  const merged = await Merged.open(job, defaultThreads(), context.signal);
  try {
    const { units, seed } = job.options;
    const about = { units, seed, model: job.model, screened: merged.screened };
    if (outputs.format === "text" || outputs.report !== undefined) {
      await layOut(job, merged, about, outputs, options, context);
    } else await stream(job, merged, about, outputs, options, context);
  } finally {
    merged.close();
  }
}

type About = Pick<DependenceMatrix, "units" | "seed" | "model" | "screened">;

async function layOut(
  job: Job,
  merged: Merged,
  about: About,
  outputs: Outputs,
  options: MatrixOutputOptions,
  context: Context,
): Promise<void> {
  const { io } = context;
  if (merged.counts.pairs > MOST_LAID_OUT) {
    throw new UsageError(
      `${job.folder} has ${grouped(merged.counts.pairs)} pairs, and text and reports are made of at most ${grouped(MOST_LAID_OUT)}; name a file: --out pairs.parquet.`,
    );
  }
  const table = outputs.report === undefined ? job.heads : await job.table();
  const pairs: Cell[] = [];
  for await (const batch of merged.cells()) pairs.push(...batch);
  for (const cell of leftOut(table)) pairs.push(cell);
  const result = { ...headOf(job, table, about), pairs };
  await deliver(result, table, outputs, { ...options, partial: false }, io);
  const { report: destination } = outputs;
  if (destination === undefined) return;
  await withEngine(context, 1, (engine) => report(engine, destination, result, table, context));
}

async function stream(
  job: Job,
  merged: Merged,
  about: About,
  { format, out }: Outputs,
  { fdr, top = Number.POSITIVE_INFINITY }: MatrixOutputOptions,
  { io }: Context,
): Promise<void> {
  if (fdr !== undefined && merged.counts.untested > 0) throw new CliError(FDR_WITHOUT_P);
  const table = job.heads;
  const head = headOf(job, table, about);
  let written = 0;
  const pairs = async function* (): AsyncGenerator<Cell[]> {
    for await (const batch of merged.cells({ fdr, most: top })) {
      written += batch.length;
      yield batch;
    }
    if (fdr !== undefined) return;
    const rest: Cell[] = [];
    for (const cell of leftOut(table)) {
      if (written + rest.length >= top) break;
      rest.push(cell);
    }
    written += rest.length;
    yield rest;
  };
  const content: Content =
    format === "json"
      ? streamedJson(head, pairs())
      : format === "csv"
        ? streamedCsv(head, pairs())
        : (await import("../output/parquet.js")).pairsParquet(head, pairs());
  tellScreened(head, format, io);
  await put(content, out, () => written, io);
}

function headOf(job: Job, table: Table, about: About): Omit<MatrixResult, "pairs"> {
  return { ...resultHead(table, about), ...(job.replicates > 0 && { replicates: job.replicates }) };
}
