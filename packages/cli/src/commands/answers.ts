/** What commands share that ask a whole table: how it is read and what of it goes to the library. */
import type { Column } from "infonet";
import { engineColumn } from "../engine.js";
import { UsageError } from "../errors.js";
import type { Input } from "../table/input.js";
import { readTable } from "../table/read.js";
import type { Table } from "../table/types.js";
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
  input: Input,
  options: TableOptions,
  needed: NeededColumn | undefined,
  context: Context,
): Promise<AskedTable> {
  const { io, signal } = context;
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
