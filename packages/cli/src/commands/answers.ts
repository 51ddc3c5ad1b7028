/** What commands share that ask a whole table: how it is read, what of it goes to the library, and where the answer goes. */
import type { Column } from "infonet";
import { engineColumn } from "../engine.js";
import { interruption, UsageError } from "../errors.js";
import { type Destination, findDestination, mustNotBeInput } from "../output/destination.js";
import { writeTo } from "../output/write.js";
import { findInput } from "../table/input.js";
import { readTable } from "../table/read.js";
import type { Table } from "../table/types.js";
import type { Content } from "../terminal/content.js";
import { printable } from "../text/printable.js";
import { type Context, printNotes } from "./context.js";
import { checkTable, printUnusable } from "./usable.js";
import { type CommandReading, readingOf } from "./vectors.js";

/** Options that say which columns are meant and how they are read. */
export interface TableOptions extends CommandReading {
  columns?: string[];
  exclude?: string[];
  /** Columns of which every pair shall have one. */
  target?: string[];
  /** Whether columns that some of several files lack are left out, instead of the files being refused. */
  common?: boolean;
}

/** A column that a command needs, and the option that names it. */
export interface NeededColumn {
  option: string;
  name: string;
}

/** A table, and its columns as the library takes them. */
export interface AskedTable {
  table: Table;
  columns: { name: string; values: Column }[];
  /** The column that is needed, by its name. */
  needed: string | undefined;
  /** The columns of which every pair shall have one. */
  targets: string[] | undefined;
}

/**
 * Reads a table.
 *
 * @throws CliError for one that cannot be read, that has no pair, or not the column needed; UsageError if that is said by a
 *   pattern of several
 */
export async function askedTable(
  named: readonly string[],
  options: TableOptions,
  needed: NeededColumn | undefined,
  context: Context,
): Promise<AskedTable> {
  const { io, signal } = context;
  const input = await findInput(named, context);
  const { columns, exclude, target = [], common } = options;
  const wanted = [...(needed === undefined ? [] : [needed.name]), ...target];
  const table = await readTable(input, {
    ...{ columns, exclude, common, signal },
    ...(wanted.length > 0 && { target: wanted }),
    ...readingOf(options),
  });
  printNotes(io, table);
  checkTable(table);
  const found = table.targets ?? [];
  const own = needed === undefined ? [] : oneOf(found, needed, target.length > 0);
  printUnusable(io, table, "here");
  const targets = found.filter((name) => !own.includes(name));
  return {
    table,
    needed: own[0],
    targets: target.length > 0 ? targets : undefined,
    columns: table.columns.map((column) => ({ name: column.name, values: engineColumn(column) })),
  };
}

/**
 * The column that is needed, among those that were found for it and, maybe, for others.
 *
 * @throws UsageError if its text is a pattern that means several
 */
function oneOf(found: readonly string[], { option, name }: NeededColumn, others: boolean): readonly string[] {
  if (found.includes(name)) return [name];
  if (found.length === 1 && !others) return found;
  const shown = found.slice(0, 3).map((column) => JSON.stringify(column));
  const which = others
    ? "is no name of a column"
    : `names ${found.length} columns (${shown.join(", ")}${found.length > 3 ? ", …" : ""})`;
  throw new UsageError(`${option} ${name} ${which}; name one.`);
}

/** Files that a command writes beside what it prints, by the options that name them. */
export type Asked<Names extends string> = Partial<Record<Names, string | undefined>>;

/**
 * Where files of results go, looked at before any work.
 *
 * @throws UsageError, CliError for what could not be written, or is one of the files that are read
 */
export async function destinations<Names extends string>(
  named: readonly string[],
  asked: Asked<Names>,
  context: Context,
): Promise<Partial<Record<Names, Destination>>> {
  const found: Partial<Record<Names, Destination>> = {};
  const paths = (Object.entries(asked) as [Names, string | undefined][]).filter(
    (entry): entry is [Names, string] => entry[1] !== undefined,
  );
  if (paths.length === 0) return found;
  const { files } = await findInput(named, context);
  for (const [name, path] of paths) {
    const destination = await findDestination(`--${name}`, path);
    for (const file of files) await mustNotBeInput(destination, file);
    const twin = paths.find(([other, otherPath]) => other !== name && otherPath === path);
    if (twin !== undefined) {
      throw new UsageError(`--${name} and --${twin[0]} both name ${path}; choose two files.`);
    }
    found[name] = destination;
  }
  return found;
}

/**
 * Makes a report and writes it, where one is asked for.
 *
 * @throws CliError after Ctrl-C
 */
export async function deliverReport(
  destination: Destination | undefined,
  make: () => Promise<string>,
  context: Pick<Context, "io" | "signal">,
): Promise<void> {
  if (destination === undefined) return;
  const page = await make().catch((error) => {
    if (!context.signal.aborted) throw error;
    throw interruption(
      context.signal,
      "interrupted while making the report; the result is whole, the report was not written.",
    );
  });
  await deliverTo(destination, page, "report", context);
}

/** Writes a result to its file, or to stdout where there is none. */
export async function deliverTo(
  destination: Destination | undefined,
  content: Content,
  what: string,
  { io }: Pick<Context, "io">,
): Promise<void> {
  if (destination === undefined) return io.out(content);
  await writeTo(destination, content);
  io.err(`infonet: ${what} written to ${printable(destination.path)}\n`);
}
