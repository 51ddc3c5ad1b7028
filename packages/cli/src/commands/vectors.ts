import type { Column, Progress, RowOptions } from "infonet";
import { engineColumn, engineRows } from "../engine.js";
import { CliError, interruption, UsageError } from "../errors.js";
import { DATE_PARTS } from "../kinds/date-parts.js";
import { inTime, saysTime, type TimeOptions } from "../table/in-time.js";
import type { Input } from "../table/input.js";
import { type ReadingOptions, type ReadOptions, readTable } from "../table/read.js";
import type { Table, TableColumn, TableInTime } from "../table/types.js";
import { progressBar } from "../terminal/progress.js";
import { type Context, pairsAmong, printNotes, workerThreads } from "./context.js";
import { withGracePeriod } from "./with-engine.js";

/** A list of columns on the command line: the option or argument that named them, and their names. */
export interface NamedList {
  option: string;
  names: readonly string[];
  /** Whether it is one column, which no pattern of several may name. */
  single?: boolean;
}

/**
 * The lists of a command that takes one pair.
 *
 * @throws UsageError for a column with itself
 */
export function pairLists(x: string, y: string): NamedList[] {
  if (x === y) throw new UsageError(`X and Y are both ${JSON.stringify(x)}; name two different columns.`);
  return [
    { option: "X", names: [x], single: true },
    { option: "Y", names: [y], single: true },
  ];
}

/** What to say of a file that is missing among arguments that end with columns. */
export const LAST_ARE_COLUMNS = "; only the last two arguments are columns";

/** How columns are read, and which of them say what the rows stand for. */
type Reading = ReadingOptions & Pick<ReadOptions, "cluster" | "counts"> & TimeOptions;

/** How a table is read, as options of a command: those that may stand without a value are true then. */
export interface CommandReading extends Omit<ReadingOptions, "dateParts"> {
  dateParts?: ReadingOptions["dateParts"] | true;
}

/** The options of a command that say how the table is read. */
export function readingOf(options: CommandReading): ReadingOptions {
  const { categorical, numeric, date, ordered, missing, decimal, dateOrder, header, dateParts } = options;
  const parts = dateParts === true ? DATE_PARTS : dateParts;
  return { categorical, numeric, date, ordered, missing, decimal, dateOrder, header, dateParts: parts };
}

/**
 * Reads the columns of several lists, in one pass over the files, and what the rows stand for.
 *
 * @throws UsageError if two lists share a column, CliError for a column that is not there or cannot be used
 */
export async function readListsAndRows(
  input: Input,
  lists: readonly NamedList[],
  { io, signal }: Pick<Context, "io" | "signal">,
  reading: Reading,
): Promise<{ lists: TableColumn[][]; rows: RowOptions; inTime: TableInTime | undefined; table: Table }> {
  const beside = rowLists(reading);
  requireDifferent([...lists, ...beside]);
  const columns = [...new Set(lists.flatMap(({ names }) => names))];
  const table = inTime(await readTable(input, { columns, ...reading, signal }), reading);
  printNotes(io, table);
  for (const { name, reason } of table.unusable) {
    throw new CliError(`${input.name}: column ${JSON.stringify(name)} ${reason}.`);
  }
  // A pattern may name what another list names too.
  const meant = lists.map(({ option, names }) => ({
    option,
    names: [...new Set(names.flatMap((text) => table.meaning?.get(text) ?? []))],
  }));
  requireDifferent([...meant, ...beside]);
  for (const [k, { names }] of meant.entries()) {
    if (!lists[k].single || names.length === 1) continue;
    const shown = names.slice(0, 3).map((name) => JSON.stringify(name));
    const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
    throw new UsageError(
      `${lists[k].option} is one column, and ${JSON.stringify(lists[k].names[0])} means ${names.length}: ${shown.join(", ")}${more}.`,
    );
  }
  const found = (name: string) => table.columns.find((column) => column.name === name)!;
  return {
    lists: meant.map(({ names }) => names.map(found)),
    rows: engineRows(table),
    inTime: table.inTime,
    table,
  };
}

/** The options of a command that say how the table is read, and how its rows lie in time; clusters are series of their own. */
export function seriesReading({
  cluster,
  series,
  time,
  diff,
  deseason,
  ...options
}: CommandReading & TimeOptions & { cluster?: string }): Reading {
  const told = { series, time, diff, deseason };
  if (cluster !== undefined && !saysTime(told)) {
    throw new UsageError(`--cluster ${cluster}: clusters are series here; add --series or --time.`);
  }
  return { ...readingOf(options), cluster, ...told };
}

/** What rows are, for calls that know clusters of series only. */
export function rowsInTime({ rows, cluster }: RowOptions): Pick<RowOptions, "rows" | "cluster"> {
  return rows === "series" ? { rows, cluster } : {};
}

/** The columns that say what the rows stand for, as lists. */
export function rowLists({
  cluster,
  counts,
  time,
}: Pick<ReadOptions, "cluster" | "counts" | "time">): NamedList[] {
  return [
    ...(time === undefined ? [] : [{ option: "--time", names: [time] }]),
    ...(cluster === undefined ? [] : [{ option: "--cluster", names: [cluster] }]),
    ...(counts === undefined ? [] : [{ option: "--counts", names: [counts] }]),
  ];
}

/** @throws UsageError if two lists share a column */
export function requireDifferent(lists: readonly NamedList[]): void {
  const owner = new Map<string, string>();
  for (const { option, names } of lists) {
    for (const name of names) {
      const other = owner.get(name);
      if (other !== undefined && other !== option) {
        throw new UsageError(
          `${other} and ${option} both name ${JSON.stringify(name)}; name each column once.`,
        );
      }
      owner.set(name, option);
    }
  }
}

/** Vines whose pairs a call looks at, about: in several coordinates, and without some rows. */
const VINES = 5;

/** Worker threads for what a call on groups of columns looks at. */
export function vineThreads(groups: readonly (readonly TableColumn[])[], asked?: number): number {
  const columns = groups.flat();
  return workerThreads(VINES * pairsAmong(columns.length), columns[0].values.length, asked);
}

/** Columns as one variable, each of its kind. */
export function variableOf(columns: readonly TableColumn[]): Column[] {
  return columns.map(engineColumn);
}

/** Runs a long call with a progress bar. After Ctrl-C it ends with one line. */
export async function withProgress<Result>(
  { io, signal }: Pick<Context, "io" | "signal">,
  call: (watch: { signal: AbortSignal; onProgress: (progress: Progress) => void }) => Promise<Result>,
): Promise<Result> {
  const progress = progressBar(io);
  try {
    return await withGracePeriod(signal, call({ signal, onProgress: (state) => progress.update(state) }));
  } catch (error) {
    if (signal.aborted) throw interruption(signal, "interrupted; nothing was written.");
    throw error;
  } finally {
    progress.clear();
  }
}
