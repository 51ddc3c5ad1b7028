/** What commands share that ask a whole table: how it is read, and what of it goes to the library. */
import type { Column } from "infonet";
import { engineColumn } from "../engine.js";
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

/** A table, and its columns as the library takes them. */
export interface AskedTable {
  table: Table;
  columns: { name: string; values: Column }[];
}

/**
 * Reads a table.
 *
 * @throws CliError for one that cannot be read, or that has no pair
 */
export async function askedTable(
  named: readonly string[],
  options: TableOptions,
  target: string | undefined,
  context: Context,
): Promise<AskedTable> {
  const { io, signal } = context;
  const input = await findInput(named, context);
  const { columns, exclude } = options;
  const table = await readTable(input, { columns, exclude, target, signal, ...readingOf(options) });
  printNotes(io, table);
  checkTable(table, target);
  printUnusable(io, table);
  return {
    table,
    columns: table.columns.map((column) => ({ name: column.name, values: engineColumn(column) })),
  };
}
