import type { DependenceMatrix, LoadOptions, MatrixOptions } from "infonet";
import { type Engine, engineColumn, engineRows } from "../engine.js";
import { CliError, type Interrupted, interruption, UsageError } from "../errors.js";
import { matrixCsv } from "../output/csv.js";
import type { Destination } from "../output/destination.js";
import { matrixJson } from "../output/json.js";
import { readingInWords } from "../output/reading.js";
import { isEstimated, type MatrixResult, matrixResult } from "../output/result.js";
import { screenedInWords } from "../output/screened.js";
import { matrixText } from "../output/text.js";
import { writePartial, writeTo } from "../output/write.js";
import { inTime } from "../table/in-time.js";
import { findInput, type Input } from "../table/input.js";
import { readTable } from "../table/read.js";
import { chosenNames, mayBeMany } from "../table/select.js";
import type { TimeStep } from "../table/time-step.js";
import type { Table, TableColumn } from "../table/types.js";
import { writtenOut } from "../table/written-out.js";
import type { Content } from "../terminal/content.js";
import { type Io, styleFor } from "../terminal/io.js";
import { progressBar } from "../terminal/progress.js";
import { count, grouped } from "../text/numbers.js";
import { printable } from "../text/printable.js";
import { type Context, defaultThreads, pairsAmong, printNotes, workerThreads } from "./context.js";
import type { MatrixFormat } from "./formats.js";
import { checkLags, lagsOfTable } from "./lag-matrix.js";
import { DEFAULT_TOP } from "./options.js";
import { checkOutputs, deliverReport, type Outputs } from "./outputs.js";
import { type TargetOptions, targetsOf, usableTargets } from "./targets.js";
import { OF_ROWS, refuseBeside } from "./together.js";
import { checkTable, printUnusable } from "./usable.js";
import { type CommandReading, readingOf, requireDifferent, rowLists } from "./vectors.js";
import { checkWindows, windowsOfTable } from "./windows.js";
import { withEngine, withGracePeriod } from "./with-engine.js";

/** Options of `infonet matrix`. */
export interface MatrixCommandOptions
  extends Required<Pick<MatrixOptions, "units" | "seed">>,
    Pick<LoadOptions, "threads">,
    CommandReading,
    TargetOptions,
    MatrixOutputOptions {
  columns?: string[];
  exclude?: string[];
  /** The column whose values are groups, each with a matrix of its own. */
  by?: string;
  /** What all pairs are given. */
  given?: string[];
  cluster?: string;
  counts?: string;
  screen?: number;
  series?: boolean;
  time?: string;
  diff?: boolean;
  deseason?: number;
  /** Rows of a window, and from one to the next. */
  window?: number | TimeStep;
  step?: number | TimeStep;
  /** Every pair at its best lag, up to so many rows. */
  lags?: true;
  maxLag?: number;
}

/** What comes of all pairs, and where it goes. */
export interface MatrixOutputOptions {
  format?: MatrixFormat;
  out?: string;
  report?: string;
  /** False discovery rate: only pairs with a q-value of at most this are listed. */
  fdr?: number;
  top?: number;
}

/** `infonet matrix FILE…`: the mutual information of all pairs of columns. */
export async function matrixCommand(
  named: readonly string[],
  options: MatrixCommandOptions,
  context: Context,
): Promise<void> {
  const { io, signal } = context;
  const { by } = options;
  if (by !== undefined) {
    return (await import("./compare.js")).matrixByCommand(named, { ...options, by }, context);
  }
  const input = await findInput(named, context);
  const outputs = await planOutputs(input, options, io);
  const { columns, exclude, given, cluster, counts, time, threads = defaultThreads() } = options;
  const aims = await targetsOf(options);
  const reading = {
    columns: columns && [...columns, ...(given ?? [])],
    exclude,
    ...aims,
    cluster,
    counts,
    time,
    threads,
    signal,
    ...readingOf(options),
  };
  const overTime = options.window !== undefined || options.lags !== undefined;
  const series = options.series === true || overTime;
  const { diff, deseason } = options;
  const byTime = typeof options.window === "object";
  const whole = inTime(await readTable(input, reading), { series, time, diff, deseason, byTime });
  printNotes(io, whole);
  const { table, known } = withoutGiven(whole, given);
  checkTable(table);
  if (overTime) printUnusable(io, table, "here");
  else if (outputs.format !== "text" || outputs.out !== undefined) printUnusable(io, table);

  const pairs = pairsAmong(table.columns.length, usableTargets(table)?.length);
  if (options.window !== undefined) return windowsOfTable(table, options, outputs, pairs, context);
  if (options.lags !== undefined) return lagsOfTable(table, options, outputs, pairs, context);
  await withEngine(context, workerThreads(pairs, table.rows, options.threads), async (engine) => {
    const { matrix, interrupted } = await computeMatrix(engine, { table, known }, options, io, signal);
    const result = {
      ...matrixResult(table, matrix, interrupted !== undefined),
      ...(known.length > 0 && { given: known.map(({ name }) => name) }),
    };
    await deliver(result, table, outputs, { ...options, partial: interrupted !== undefined }, io);
    if (interrupted) throw interrupted;
    if (outputs.report) await report(engine, outputs.report, result, table, context);
    if (signal.aborted) throw interruption(signal, "interrupted at the end; everything was written.");
  });
}

/** What is said of --fdr where there are no p-values. */
export const FDR_WITHOUT_P = "--fdr needs p-values, and this model has no null table; leave --fdr out.";

async function planOutputs({ files }: Input, options: MatrixCommandOptions, io: Io): Promise<Outputs> {
  const {
    columns,
    exclude,
    target = [],
    cluster,
    counts,
    time,
    dateParts,
    targetsFrom,
    given = [],
  } = options;
  const alone = columns?.length === 1 && !mayBeMany(columns[0]) && dateParts === undefined;
  if (alone && targetsFrom === undefined && target.every((name) => name === columns[0])) {
    throw new UsageError(`--columns names one column (${JSON.stringify(columns[0])}); a pair needs two.`);
  }
  const rows = rowLists({ cluster, counts, time });
  requireDifferent([{ option: "--columns", names: columns ?? [] }, ...rows]);
  requireDifferent([{ option: "--target", names: target }, ...rows, { option: "--given", names: given }]);
  const excluded = { option: "--exclude", names: exclude ?? [] };
  requireDifferent([excluded, { option: "--columns", names: columns ?? [] }, ...rows]);
  requireDifferent([excluded, { option: "--target", names: target }]);
  const outputs = await checkOutputs(options, files, io);
  checkGiven(options);
  checkWindows(options, outputs.format);
  checkLags(options, outputs.format);
  return outputs;
}

/**
 * A table without the columns that all pairs are given, and these.
 *
 * @throws CliError for one that is not there, or cannot be used
 */
function withoutGiven(table: Table, given: string[] | undefined): { table: Table; known: TableColumn[] } {
  if (given === undefined) return { table, known: [] };
  const isGiven = chosenNames(table.file, table.names, given);
  for (const { name, reason } of table.unusable) {
    if (isGiven(name)) throw new CliError(`${table.file}: --given ${JSON.stringify(name)} ${reason}.`);
  }
  const left = {
    ...table,
    names: table.names.filter((name) => !isGiven(name)),
    columns: table.columns.filter(({ name }) => !isGiven(name)),
    related: table.related?.map((family) => family.filter((name) => !isGiven(name))),
  };
  return { table: left, known: table.columns.filter(({ name }) => isGiven(name)) };
}

/** Options of which pairs beyond others know nothing. */
const NOT_WITH_GIVEN = [...OF_ROWS, "lags", "screen"] as const;

/** @throws UsageError for options that conditional information has no room for */
function checkGiven(options: MatrixCommandOptions): void {
  if (options.given === undefined) return;
  refuseBeside("--given", options, NOT_WITH_GIVEN);
}

/**
 * Runs the library over all pairs. After Ctrl-C, the pairs that were finished come back all the same, with
 * the error to throw once they are safe.
 */
async function computeMatrix(
  engine: Engine,
  { table, known }: { table: Table; known: readonly TableColumn[] },
  { seed, units, screen, report }: MatrixCommandOptions,
  io: Io,
  signal: AbortSignal,
): Promise<{ matrix: DependenceMatrix; interrupted?: Interrupted }> {
  const progress = progressBar(io);
  let done = 0;
  let total = 0;
  try {
    const columns = [...table.columns, ...known].map((column) => ({
      name: column.name,
      values: engineColumn(column),
    }));
    const call = engine.matrix(columns, {
      target: usableTargets(table),
      ...(known.length > 0 && { given: known.map(({ name }) => name) }),
      seed,
      units,
      screen,
      related: table.related,
      ...engineRows(table),
      signal,
      onProgress(state) {
        ({ done, total } = state);
        progress.update(state);
      },
    });
    return { matrix: await withGracePeriod(signal, call) };
  } catch (error) {
    if (!signal.aborted) throw error;
    const { partial } = error as { partial?: DependenceMatrix };
    const when =
      done === 0 ? "before the first pair was finished" : `after ${grouped(done)} of ${count(total, "pair")}`;
    if (!partial || partial.pairs.length === 0) {
      throw interruption(signal, `interrupted ${when}; nothing was written.`);
    }
    return {
      matrix: partial,
      interrupted: interruption(
        signal,
        `interrupted ${when}; the finished pairs are kept, the others marked${report === undefined ? "" : "; the report was not written"}.`,
      ),
    };
  } finally {
    progress.clear();
  }
}

/** Writes the pairs, as many of them as are asked for. */
export async function deliver(
  whole: MatrixResult,
  table: Pick<Table, "rows" | "columns" | "unusable">,
  { format, out, report }: Outputs,
  { top, fdr, partial }: Pick<MatrixOutputOptions, "top" | "fdr"> & { partial: boolean },
  io: Io,
): Promise<void> {
  const kept = top ?? (format === "text" ? DEFAULT_TOP : Number.POSITIVE_INFINITY);
  const tested = whole.pairs.filter(isEstimated);
  if (fdr !== undefined && tested.some(({ qValue }) => qValue === undefined)) {
    throw new CliError(FDR_WITHOUT_P);
  }
  const estimated = fdr === undefined ? tested : tested.filter(({ qValue }) => (qValue ?? 1) <= fdr);
  // Text lists the failures by reason, in few lines; everywhere else `--top` cuts the list as it is.
  const failed = format === "text" ? whole.pairs.filter((cell) => cell.error !== undefined) : [];
  const list = format === "text" || fdr !== undefined ? estimated : whole.pairs;
  const result = { ...whole, pairs: [...list.slice(0, kept), ...failed] };
  const text = {
    rows: table.rows,
    columns: table.columns.length,
    reading: readingInWords(table),
    left: Math.max(0, estimated.length - kept),
    discoveries:
      fdr === undefined ? undefined : { rate: fdr, found: estimated.length, tested: tested.length },
    width: io.outIsTerminal && out === undefined ? io.columns : Number.POSITIVE_INFINITY,
    style: styleFor(out === undefined ? io : { ...io, outIsTerminal: false }),
  };
  tellScreened(result, format, io);
  const content: Content =
    format === "json"
      ? matrixJson(result)
      : format === "csv"
        ? matrixCsv(result)
        : format === "parquet"
          ? await (await import("../output/parquet.js")).matrixParquet(result)
          : matrixText(result, text);
  if (out === undefined || !partial) return put(content, out, () => result.pairs.length, io);
  // A half-done result must neither replace a whole one from an earlier run nor pass for one.
  tellWritten(result.pairs.length, await writePartial(out, content, report ? [report] : []), io);
}

/** Tells what was screened out, where a file of pairs has no room for it. */
export function tellScreened(
  { screened, units }: Pick<MatrixResult, "screened" | "units">,
  format: MatrixFormat,
  { err }: Io,
): void {
  if (screened === undefined || format === "text" || format === "json") return;
  err(`infonet: ${screenedInWords(screened, units)}\n`);
}

/**
 * Writes pairs to their place.
 *
 * @param pairs how many there are, once they are written
 */
export async function put(
  content: Content,
  out: Destination | undefined,
  pairs: () => number,
  io: Io,
): Promise<void> {
  if (out === undefined) return io.out(content);
  await writeTo(out, content);
  tellWritten(pairs(), out.path, io);
}

function tellWritten(pairs: number, path: string, { err }: Io): void {
  err(`infonet: ${count(pairs, "pair")} written to ${printable(path)}\n`);
}

/** Makes the report and writes it. */
export async function report(
  engine: Engine,
  destination: Destination | undefined,
  result: MatrixResult,
  table: Table,
  context: Pick<Context, "io" | "signal">,
): Promise<void> {
  const make = async () => {
    const { buildReport } = await import("../report/build.js");
    return buildReport(engine, result, writtenOut(table), { signal: context.signal });
  };
  await deliverReport(destination, make, context);
}
