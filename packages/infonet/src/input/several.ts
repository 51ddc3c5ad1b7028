/** Reads variables of one or several columns of any kind. */

import type { Column } from "../types.js";
import { type Cells, isList, readCells } from "./cells.js";
import { columnName } from "./data-errors.js";
import { type Matrix, readVariable } from "./variables.js";

/**
 * A variable: one column, a list of columns of any kinds, or columns of numbers row after row. `NaN`, `null` and `undefined`
 * mark missing values.
 */
export type Variable = Column | readonly Column[] | Matrix;

/**
 * The columns of a variable.
 *
 * @throws InfoNetError "not-a-number", "not-finite", "invalid-option"
 */
export function readSeveral(name: string, variable: Variable): Cells[] {
  if (typeof variable === "object" && variable !== null && "data" in variable) {
    return readVariable(name, variable).map((values) => ({ kind: "number", values }));
  }
  if (!isListOfColumns(variable)) return [readCells({ name, values: variable })];
  return variable.map((values, k) => readCells({ name: columnName(name, k, variable.length), values }));
}

/** Whether something is a list with columns in it, not with cells. */
function isListOfColumns(value: unknown): value is readonly Column[] {
  return Array.isArray(value) && value.some((item) => isList(item) || isColumn(item));
}

function isColumn(value: unknown): boolean {
  return typeof value === "object" && value !== null && !(value instanceof Date) && "values" in value;
}
