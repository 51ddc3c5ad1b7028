/** Takes the columns out of tables as other libraries have them, and out of lists of rows. */

import { describe, InfoNetError } from "../errors.js";
import type { Cell } from "../types.js";
import { isList } from "./cells.js";
import { isPlainObject } from "./options.js";

/** A column of a table that keeps its values behind a method, as a vector of Arrow does. */
interface Vector {
  readonly length: number;
  get(row: number): unknown;
}

/** A table whose columns lie behind methods: of Arrow by `getChild`, of Arquero by `array`. */
export interface MethodTable {
  readonly schema?: { readonly fields: ReadonlyArray<{ readonly name: string }> };
  getChild?(name: string): unknown;
  columnNames?(): readonly string[];
  array?(name: string): unknown;
}

/** One row: cells by the names of their columns. */
export type Row = { readonly [name: string]: unknown } | ReadonlyMap<string, unknown>;

/**
 * The columns of a table, ready for `matrix` and, one by one, for all other calls. What a row lacks is missing; what a table
 * marks as missing is, whatever lies below the mark.
 *
 * ```ts
 * const columns = columnsFrom([{ age: 31, city: "Bern" }, { age: 40 }]);
 * await net.matrix(columns);
 * await net.estimate(columns.get("age"), columns.get("city"));
 * ```
 *
 * @param table rows as objects or Maps; a table of Arrow or Arquero; an object or a Map of columns: arrays, vectors of Arrow, columns as
 *   DuckDB gives them, whose dates, times and decimals become numbers
 * @returns cells by the names of the columns, in the order of the table; of rows in that of their first appearance
 * @throws InfoNetError "invalid-option" for anything else
 */
export function columnsFrom(
  table: Iterable<Row> | MethodTable | ReadonlyMap<string, unknown> | { readonly [name: string]: unknown },
): Map<string, Cell[]> {
  if (typeof table === "object" && table !== null) {
    const { schema, getChild, columnNames, array } = table as MethodTable;
    if (typeof getChild === "function" && schema !== undefined) {
      return collected(
        schema.fields.map(({ name }) => [name, (table as Required<MethodTable>).getChild(name)]),
      );
    }
    if (typeof array === "function" && typeof columnNames === "function") {
      const { columnNames: names, array: column } = table as Required<MethodTable>;
      return collected(names.call(table).map((name) => [name, column.call(table, name)]));
    }
    if (table instanceof Map) return collected([...table]);
    if (typeof (table as Iterable<Row>)[Symbol.iterator] === "function") {
      return columnsOfRows(table as Iterable<Row>);
    }
    if (isPlainObject(table)) return collected(Object.entries(table));
  }
  throw new InfoNetError(
    "invalid-option",
    `table is ${describe(table)}; pass a list of rows, a table of Arrow or Arquero, or an object or a Map of columns.`,
  );
}

function collected(columns: ReadonlyArray<readonly [unknown, unknown]>): Map<string, Cell[]> {
  return new Map(
    columns.map(([name, column]) => {
      const what = `column ${JSON.stringify(name)}`;
      if (typeof name !== "string")
        throw refused(`the name of a column is ${describe(name)}`, "texts as names");
      if (isVector(column)) {
        return [name, Array.from({ length: column.length }, (_, row) => cellOf(column.get(row)))];
      }
      if (isList(column)) return [name, Array.from(column, cellOf)];
      throw refused(`${what} is ${describe(column)}`, "an array of cells");
    }),
  );
}

function columnsOfRows(rows: Iterable<Row>): Map<string, Cell[]> {
  const columns = new Map<string, Cell[]>();
  let count = 0;
  for (const row of rows) {
    if (!(row instanceof Map) && !isPlainObject(row)) {
      throw refused(`row ${count} is ${describe(row)}`, "rows as objects or Maps of cells by their names");
    }
    for (const [name, value] of row instanceof Map ? row : Object.entries(row)) {
      let column = columns.get(name);
      if (column === undefined) {
        column = [];
        columns.set(name, column);
      }
      while (column.length < count) column.push(undefined);
      column.push(cellOf(value));
    }
    count++;
  }
  for (const column of columns.values()) while (column.length < count) column.push(undefined);
  return columns;
}

function isVector(column: unknown): column is Vector {
  return (
    isList(column) &&
    !Array.isArray(column) &&
    !ArrayBuffer.isView(column) &&
    typeof (column as { get?: unknown }).get === "function"
  );
}

/** Milliseconds of the units in which DuckDB counts instants and days. */
const MILLISECONDS: Readonly<Record<string, number>> = {
  ...{ days: 86_400_000, seconds: 1000, millis: 1, milliseconds: 1 },
  ...{ micros: 1e-3, nanos: 1e-6, nanoseconds: 1e-6 },
};
/** What stands for an endless past and future. */
const ENDLESS: readonly unknown[] = [2n ** 63n - 1n, -(2n ** 63n - 1n), 2 ** 31 - 1, -(2 ** 31 - 1)];

/** A cell as columns have it. What is none stays as it is: whoever uses the column is told of it with its row. */
function cellOf(value: unknown): Cell {
  if (typeof value !== "object" || value === null || value instanceof Date) return value as Cell;
  // DuckDB's decimals, instants and days.
  const keys = Object.keys(value);
  const { toDouble } = value as { toDouble?: unknown };
  if (typeof toDouble === "function") return (value as { toDouble(): number }).toDouble();
  // Of one part alone: an interval of months, days and microseconds is no number, nor is a time with a zone.
  const [unit] = keys;
  const amount = (value as Record<string, unknown>)[unit];
  if (keys.length !== 1 || !(unit in MILLISECONDS)) return value as unknown as Cell;
  if (typeof amount !== "bigint" && typeof amount !== "number") return value as unknown as Cell;
  return ENDLESS.includes(amount) ? Number(amount) * Infinity : Number(amount) * MILLISECONDS[unit];
}

function refused(subject: string, remedy: string): InfoNetError {
  return new InfoNetError("invalid-option", `${subject}; pass ${remedy}.`);
}
