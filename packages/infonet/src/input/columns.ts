/** Checks the data that users pass, at the edge: columns, tables of them, lists of pairs. */

import { describe, InfoNetError } from "../errors.js";
import type { Column, ColumnKind } from "../types.js";
import { isList, type NamedColumn } from "./cells.js";
import { isPlainObject } from "./options.js";

/**
 * The values of a column of numbers as doubles.
 *
 * @throws InfoNetError "not-a-number" if it is no array of numbers, "not-finite" for ±Infinity
 */
export function readColumn({ name, values }: { name: string; values: unknown }): Float64Array {
  if (!isList(values)) {
    throw new InfoNetError("not-a-number", `${name} is ${describe(values)}; pass an array of numbers.`);
  }
  const result = new Float64Array(values.length);
  for (let row = 0; row < result.length; row++) {
    const value = values[row];
    if (typeof value !== "number") {
      throw new InfoNetError(
        "not-a-number",
        `${name} has ${describe(value)} at row ${row}; pass numbers only, NaN for missing values.`,
      );
    }
    if (value === Infinity || value === -Infinity) {
      throw new InfoNetError(
        "not-finite",
        `${name} has ${value} at row ${row}; pass NaN if it is missing, or a finite value beyond all others.`,
      );
    }
    result[row] = value;
  }
  return result;
}

/**
 * The columns of a table, in order.
 *
 * @throws InfoNetError "invalid-option" if they are no table, fewer than two, or two have the same name
 */
export function readColumns(columns: unknown): NamedColumn[] {
  const list = listedColumns(columns);
  const names = new Set<string>();
  for (const { name } of list) {
    if (names.has(name)) {
      throw new InfoNetError(
        "invalid-option",
        `columns has two called ${JSON.stringify(name)}; give every column a name of its own.`,
      );
    }
    names.add(name);
  }
  if (list.length < 2) {
    const found = list.length === 0 ? "no columns" : `one column, ${JSON.stringify(list[0].name)}`;
    throw new InfoNetError("invalid-option", `columns has ${found}; a pair needs two.`);
  }
  return list;
}

const TABLE_REMEDY = "pass an object of arrays, a Map of them or a list of { name, values }";

function listedColumns(columns: unknown): NamedColumn[] {
  if (Array.isArray(columns)) return columns.map(listedColumn);
  if (columns instanceof Map) {
    return Array.from(columns as Map<unknown, Column>, ([name, values]) => {
      if (typeof name === "string") return { name, values };
      throw new InfoNetError(
        "invalid-option",
        `columns is a Map with the key ${describe(name)}; pass names of columns as its keys.`,
      );
    });
  }
  if (!isPlainObject(columns) && !isInstanceOfArrays(columns)) {
    throw new InfoNetError("invalid-option", `columns is ${tableKind(columns)}; ${TABLE_REMEDY}.`);
  }
  return Object.entries(columns as Record<string, Column>).map(([name, values]) => ({ name, values }));
}

/**
 * Whether a class has made an object of nothing but arrays. A Date has none, and the tables of Arrow and Arquero keep
 * theirs behind methods.
 */
function isInstanceOfArrays(value: unknown): boolean {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  const own = Object.values(value);
  return own.length > 0 && own.every(isList);
}

function listedColumn(column: unknown, index: number): NamedColumn {
  if (typeof column !== "object" || column === null || typeof (column as NamedColumn).name !== "string") {
    throw new InfoNetError(
      "invalid-option",
      `columns[${index}] is ${describe(column)}; pass { name, values } with a string as the name, or columnsFrom(rows).`,
    );
  }
  const { name, values, kind } = column as { name: string; values: Column; kind?: ColumnKind };
  return kind === undefined || kind === null || !isList(values)
    ? { name, values }
    : { name, values: { values, kind } };
}

/** What was passed for a table; of the tables of other libraries also how to take their columns out. */
function tableKind(value: unknown): string {
  if (typeof value !== "object" || value === null) return describe(value);
  const { getChild, array } = value as { getChild?: unknown; array?: unknown };
  const name = value.constructor?.name || "object";
  const kind = `${/^[aeiou]/i.test(name) ? "an" : "a"} ${name}`;
  if (typeof getChild === "function") {
    return `${kind}, whose columns lie behind methods: take them out with columnsFrom(table)`;
  }
  if (typeof array === "function") {
    return `${kind}, whose columns lie behind methods: take them out with columnsFrom(table)`;
  }
  return `${kind}, which has no columns`;
}

/**
 * A list of pairs of columns.
 *
 * @throws InfoNetError "invalid-option" if it is none, or has something else than a pair in it
 */
export function readPairs<Some extends Column>(
  pairs: ReadonlyArray<readonly [Some, Some]>,
): ReadonlyArray<readonly [Some, Some]> {
  if (!Array.isArray(pairs as unknown)) {
    throw new InfoNetError("invalid-option", `pairs is ${describe(pairs)}; pass a list of [x, y].`);
  }
  for (let index = 0; index < pairs.length; index++) {
    const pair: unknown = pairs[index];
    if (Array.isArray(pair) && pair.length === 2) continue;
    const what = Array.isArray(pair) ? `an array of ${pair.length}` : describe(pair);
    throw new InfoNetError("invalid-option", `pairs[${index}] is ${what}; pass [x, y], two columns.`);
  }
  return pairs;
}
