import { extname } from "node:path";
import type { DependenceMatrix, Units } from "infonet";
import type { Engine } from "../engine.js";
import { CliError, Interrupted, UsageError } from "../errors.js";
import { matrixCsv } from "../output/csv.js";
import { matrixJson } from "../output/json.js";
import { count, grouped } from "../output/numbers.js";
import { isEstimated, type MatrixResult, matrixResult } from "../output/result.js";
import { matrixText } from "../output/text.js";
import { checkOutput, writeAtomically } from "../output/write.js";
import { readTable } from "../table/read.js";
import type { Table } from "../table/types.js";
import { type Io, styleFor } from "../terminal/io.js";
import { progressBar } from "../terminal/progress.js";
import { printable } from "../terminal/width.js";
import { type Context, defaultThreads, tellNotes } from "./context.js";
import { chooseFormat, type MatrixFormat } from "./options.js";

/** Pairs that text shows unless `--top` says otherwise. */
const DEFAULT_TOP = 25;

/** Options of `infonet matrix`. */
export interface MatrixCommandOptions {
  columns?: string[];
  target?: string;
  units: Units;
  format?: MatrixFormat;
  out?: string;
  report?: string;
  seed: number;
  threads?: number;
  /** False discovery rate: only pairs with a q-value of at most this are listed. */
  fdr?: number;
  top?: number;
}

/** `infonet matrix FILE`: the mutual information of all pairs of columns. */
export async function matrixCommand(
  file: string,
  options: MatrixCommandOptions,
  { io, load, signal }: Context,
): Promise<void> {
  const format = chooseFormat(options.format, options.out);
  await checkPlan(file, format, options, io);
  const threads = options.threads ?? defaultThreads();
  const { target } = options;
  const table = await readTable(file, { columns: options.columns, target, threads, signal });
  tellNotes(io, table);
  checkTable(table, target);
  if (format !== "text" || options.out !== undefined) tellUnused(io, table);

  const engine = await load({ threads });
  try {
    const { matrix, interrupted } = await computeMatrix(engine, table, options, io, signal);
    const result = matrixResult(table, target, matrix);
    await deliver(result, table, format, interrupted ? partialOptions(options) : options, io);
    if (interrupted) throw interrupted;
    if (options.report !== undefined) await report(engine, options.report, result, table, target, io, signal);
  } finally {
    await engine.dispose();
  }
}

async function checkPlan(
  file: string,
  format: MatrixFormat,
  { out, report, columns, target }: MatrixCommandOptions,
  io: Io,
): Promise<void> {
  if (format === "parquet" && out === undefined && io.outIsTerminal) {
    throw new UsageError("--format parquet is binary; name a file with --out, or send stdout to one.");
  }
  if (columns?.length === 1 && (target === undefined || target === columns[0])) {
    throw new UsageError(`--columns names one column (${JSON.stringify(columns[0])}); a pair needs two.`);
  }
  if (out !== undefined && out === report) {
    throw new UsageError(`--out and --report both name ${out}; choose two files.`);
  }
  if (out !== undefined) await checkOutput(out, "--out", file);
  if (report !== undefined) await checkOutput(report, "--report", file);
}

function checkTable(table: Table, target: string | undefined): void {
  const bad = table.unusable.find(({ name }) => name === target);
  if (bad) throw new CliError(`${table.file}: the target ${JSON.stringify(bad.name)} ${bad.reason}.`);
  if (table.columns.length >= 2) return;
  const reasons = table.unusable.slice(0, 5).map(({ name, reason }) => ` ${JSON.stringify(name)} ${reason}.`);
  const usable = count(table.columns.length, "usable column");
  throw new CliError(`${table.file} has ${usable}; a pair needs two.${reasons.join("")}`);
}

function tellUnused(io: Io, { file, names, unusable }: Table): void {
  if (unusable.length === 0) return;
  const shown = unusable.slice(0, 5).map(({ name }) => JSON.stringify(name));
  const rest = unusable.length > 5 ? " …" : "";
  const which = `${unusable.length} of ${count(names.length, "column")} cannot be used (reasons in the result)`;
  io.err(`infonet: ${printable(`${file}: ${which}: ${shown.join(", ")}${rest}`)}\n`);
}

/**
 * Runs the library over all pairs. After Ctrl-C, the pairs that were finished come back all the same, with
 * the error to throw once they are safe.
 */
async function computeMatrix(
  engine: Engine,
  table: Table,
  { target, seed, units }: MatrixCommandOptions,
  io: Io,
  signal: AbortSignal,
): Promise<{ matrix: DependenceMatrix; interrupted?: Interrupted }> {
  const progress = progressBar(io);
  let done = 0;
  let total = 0;
  try {
    const matrix = await engine.matrix(table.columns, {
      target,
      seed,
      units,
      signal,
      onProgress(state) {
        ({ done, total } = state);
        progress.update(state);
      },
    });
    return { matrix };
  } catch (error) {
    if (!signal.aborted) throw error;
    const { partial } = error as { partial?: DependenceMatrix };
    const when =
      done === 0 ? "before the first pair was finished" : `after ${grouped(done)} of ${count(total, "pair")}`;
    if (!partial || partial.pairs.length === 0) {
      throw new Interrupted(`interrupted ${when}; nothing was written.`);
    }
    return {
      matrix: partial,
      interrupted: new Interrupted(`interrupted ${when}; the finished pairs are kept, the others marked.`),
    };
  } finally {
    progress.clear();
  }
}

/** A half-done result must neither replace a whole one from an earlier run nor pass for one. */
function partialOptions(options: MatrixCommandOptions): MatrixCommandOptions {
  if (options.out === undefined) return options;
  const ending = extname(options.out);
  return { ...options, out: `${options.out.slice(0, options.out.length - ending.length)}.partial${ending}` };
}

async function deliver(
  whole: MatrixResult,
  table: Table,
  format: MatrixFormat,
  { out, top, fdr }: MatrixCommandOptions,
  io: Io,
): Promise<void> {
  const kept = top ?? (format === "text" ? DEFAULT_TOP : Number.POSITIVE_INFINITY);
  const tested = whole.pairs.filter(isEstimated);
  if (fdr !== undefined && tested.some(({ qValue }) => qValue === undefined)) {
    throw new CliError("--fdr needs p-values, and this model has no null table; leave --fdr out.");
  }
  const estimated = fdr === undefined ? tested : tested.filter(({ qValue }) => (qValue ?? 1) <= fdr);
  // Text lists the failures by reason, in few lines; everywhere else `--top` cuts the list as it is.
  const failed = format === "text" ? whole.pairs.filter((cell) => cell.error !== undefined) : [];
  const list = format === "text" || fdr !== undefined ? estimated : whole.pairs;
  const result = { ...whole, pairs: [...list.slice(0, kept), ...failed] };
  const text = {
    rows: table.rows,
    columns: table.columns.length,
    left: Math.max(0, estimated.length - kept),
    discoveries:
      fdr === undefined ? undefined : { rate: fdr, found: estimated.length, tested: tested.length },
    width: io.outIsTerminal && out === undefined ? io.columns : Number.POSITIVE_INFINITY,
    style: styleFor(out === undefined ? io : { ...io, outIsTerminal: false }),
  };
  const content =
    format === "json"
      ? matrixJson(result)
      : format === "csv"
        ? matrixCsv(result)
        : format === "parquet"
          ? await (await import("../output/parquet.js")).matrixParquet(result)
          : matrixText(result, text);
  if (out === undefined) await io.out(content);
  else {
    await writeAtomically(out, content);
    io.err(`infonet: ${count(result.pairs.length, "pair")} written to ${printable(out)}\n`);
  }
}

async function report(
  engine: Engine,
  path: string,
  result: MatrixResult,
  table: Table,
  target: string | undefined,
  io: Io,
  signal: AbortSignal,
): Promise<void> {
  const { buildReport } = await import("../report/build.js");
  const html = await buildReport(engine, result, table, { target, signal }).catch((error) => {
    if (!signal.aborted) throw error;
    throw new Interrupted(
      "interrupted while making the report; the result is whole, the report was not written.",
    );
  });
  await writeAtomically(path, html);
  io.err(`infonet: report written to ${printable(path)}\n`);
}
