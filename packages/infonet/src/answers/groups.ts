/** Groups of rows: those in which a column has the same value. */

import { InfoNetError } from "../errors.js";
import { isList, type NamedColumn, readCells } from "../input/cells.js";
import { positions } from "../pairs/matrix.js";
import type { Cell, Column } from "../types.js";

/** Rows that a group has at least. */
const FEWEST = 30;
/** Groups at most: a number of many values is none. */
const MOST_GROUPS = 12;

/** Rows of one group. */
export interface Group {
  level: string;
  rows: Uint32Array;
}

/** Groups that are large enough, in the order of their values, and those that are not. */
export interface Groups {
  large: Group[];
  small: Group[];
}

/**
 * @param by name of the column that makes the groups
 * @throws InfoNetError "unknown-column", "invalid-option" where it makes no two groups of {@link FEWEST} rows, or too many
 */
export function groupsOf(list: readonly NamedColumn[], by: string): Groups {
  const names = list.map(({ name }) => name);
  const column = list[positions("by", names)(by)];
  const { values } = readCells(column);
  const rows = new Map<number, number[]>();
  for (const [row, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    const own = rows.get(value);
    if (own === undefined) rows.set(value, [row]);
    else own.push(row);
  }
  const given = valuesOf(column.values as Column);
  const groups = [...rows]
    .sort(([a], [b]) => a - b)
    .map(([, own]) => ({ level: String(given[own[0]]), rows: Uint32Array.from(own) }));
  const large = groups.filter((group) => group.rows.length >= FEWEST);
  if (large.length < 2 || large.length > MOST_GROUPS) {
    throw new InfoNetError(
      "invalid-option",
      `${JSON.stringify(by)} makes ${large.length} group${large.length === 1 ? "" : "s"} of ${FEWEST} rows or more; name a column that makes 2 to ${MOST_GROUPS}.`,
    );
  }
  return { large, small: groups.filter((group) => group.rows.length < FEWEST) };
}

/** Rows of a column. */
export const rowsOf = (column: Column): number => valuesOf(column).length;

/** A column in some rows, as it was given. */
export function partOf(column: Column, rows: Uint32Array): Column {
  const values = valuesOf(column);
  const part = Array.from(rows, (row) => values[row]);
  return isList(column) ? part : { ...column, values: part };
}

/** The cells of a column. */
export function valuesOf(column: Column): ArrayLike<Cell> {
  return isList(column) ? (column as ArrayLike<Cell>) : (column as { values: ArrayLike<Cell> }).values;
}
