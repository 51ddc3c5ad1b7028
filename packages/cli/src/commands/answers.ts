/** What commands share that ask a whole table: how it is read, and what of it goes to the library. */
import type { Column } from "infonet";
import { engineColumn } from "../engine.js";
import { UsageError } from "../errors.js";
import { findInput } from "../table/input.js";
import { readTable } from "../table/read.js";
import type { Table } from "../table/types.js";
import { type Context, printNotes } from "./context.js";
import { checkTable, printUnusable } from "./matrix.js";
import { type CommandReading, readingOf } from "./vectors.js";

/** Options that say which columns are meant and how they are read. */
export interface TableOptions extends CommandReading {
  columns?: string[];
  exclude?: string[];
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
  const { columns, exclude } = options;
  const table = await readTable(input, {
    ...{ columns, exclude, signal },
    target: needed && [needed.name],
    ...readingOf(options),
  });
  printNotes(io, table);
  checkTable(table);
  const several = table.targets ?? [];
  if (needed !== undefined && several.length > 1) {
    throw new UsageError(
      `${needed.option} ${needed.name} names ${several.length} columns (${several
        .slice(0, 3)
        .map((name) => JSON.stringify(name))
        .join(", ")}${several.length > 3 ? ", …" : ""}); name one.`,
    );
  }
  printUnusable(io, table);
  return {
    table,
    needed: several[0],
    columns: table.columns.map((column) => ({ name: column.name, values: engineColumn(column) })),
  };
}
