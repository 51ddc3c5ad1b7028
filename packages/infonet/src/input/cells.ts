/** Reads the cells of a column, whatever they are: numbers, integers of any size, dates, booleans, texts. */

import { describe, InfoNetError } from "../errors.js";
import type { Cell, Column, ColumnKind } from "../types.js";
import { invalidOption, oneOf, readArgument } from "./options.js";

/** Whether something has a length, as arrays have, whatever lies in it. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  if (typeof value !== "object" || value === null) return false;
  const { length } = value as { length?: unknown };
  return Number.isSafeInteger(length) && (length as number) >= 0;
}

/** A column as it was given, with the name that messages call it by. */
export interface NamedColumn {
  name: string;
  values: Column;
}

/** A column whose cells are doubles: numbers themselves or, of a category, the places of its levels by name. */
export interface Cells {
  kind: ColumnKind;
  /** NaN where missing. */
  values: Float64Array;
}

const KINDS = ["number", "category"] as const;
const KIND = oneOf(KINDS, "number");

/** What cells that are there can be. */
type Present = Exclude<Cell, null | undefined>;
type CellType = "number" | "date" | "text" | "boolean";

/** What a column of such cells is unless told otherwise. */
const KIND_OF: Record<CellType, ColumnKind> = {
  number: "number",
  date: "number",
  text: "category",
  boolean: "category",
};

const PLURALS: Record<CellType, string> = {
  number: "numbers",
  date: "dates",
  text: "texts",
  boolean: "booleans",
};

/**
 * The cells of a column.
 *
 * @throws InfoNetError "not-a-number" if it is no list, or one with something else than cells of one type, "not-finite" for ±Infinity,
 *   "invalid-option" for a kind that there is not
 */
export function readCells({ name, values: column }: NamedColumn): Cells {
  const { values, kind } = takenApart(name, column);
  if (values instanceof Float64Array && kind !== "category") {
    for (let row = 0; row < values.length; row++) requireFinite(name, values[row], row);
    return { kind: "number", values };
  }
  const type = typeOfCells(name, values);
  const wanted = kind ?? KIND_OF[type];
  if (wanted === "category") return { kind: wanted, values: places(values) };
  if (KIND_OF[type] === "category") {
    throw new InfoNetError(
      "not-a-number",
      `${name} is declared a number and has ${PLURALS[type]}; pass numbers, or leave its kind out.`,
    );
  }
  return { kind: wanted, values: numbersOf(values) };
}

/** What messages call a column: by the name that it has itself, if any. */
export function nameOf(column: Column, otherwise: string): string {
  const { name } = (isList(column) ? {} : (column ?? {})) as { name?: unknown };
  return typeof name === "string" ? name : otherwise;
}

/** The list of a column's cells, and the kind that it is said to have. */
function takenApart(name: string, column: unknown): { values: ArrayLike<unknown>; kind?: ColumnKind } {
  if (isList(column)) return { values: column };
  const { values, kind, name: own, ...others } = (column ?? {}) as Record<string, unknown>;
  if (!isList(values)) {
    throw new InfoNetError(
      "not-a-number",
      `${name} is ${describe(column)}; pass an array of cells, or { values, kind } with one.`,
    );
  }
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new InfoNetError(
      "invalid-option",
      `${name} has ${JSON.stringify(unknown)}; a column is an array of cells, or { values, kind }.`,
    );
  }
  if (own !== undefined && own !== null && typeof own !== "string")
    throw invalidOption(`${name}.name`, own, "a text");
  if (kind === undefined || kind === null) return { values };
  return { values, kind: readArgument(`${name}.kind`, kind as ColumnKind, KIND) };
}

/** The type that all cells have which are there; a column without any is one of numbers. */
function typeOfCells(name: string, values: ArrayLike<unknown>): CellType {
  let found: CellType | undefined;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (isMissing(value)) continue;
    const type = typeOf(value);
    if (type === undefined) {
      throw new InfoNetError(
        "not-a-number",
        `${name} has ${describe(value)} at row ${row}; pass numbers, dates, texts or booleans, and null for missing values.`,
      );
    }
    if (type === "number") requireFinite(name, value as number | bigint, row);
    found ??= type;
    if (type === found) continue;
    throw new InfoNetError(
      "not-a-number",
      `${name} has ${PLURALS[found]} and, at row ${row}, ${describe(value)}; pass cells of one type, and null for missing values.`,
    );
  }
  return found ?? "number";
}

function typeOf(value: unknown): CellType | undefined {
  switch (typeof value) {
    case "number":
    case "bigint":
      return "number";
    case "string":
      return "text";
    case "boolean":
      return "boolean";
    default:
      return value instanceof Date ? "date" : undefined;
  }
}

function requireFinite(name: string, value: number | bigint, row: number): void {
  if (value !== Infinity && value !== -Infinity) return;
  throw new InfoNetError(
    "not-finite",
    `${name} has ${value} at row ${row}; pass NaN if it is missing, or a finite value beyond all others.`,
  );
}

/** Whether a cell says nothing: null, undefined, NaN, a Date without a time. */
function isMissing(value: unknown): value is null | undefined {
  if (value === null || value === undefined) return true;
  if (typeof value === "number") return Number.isNaN(value);
  return value instanceof Date && Number.isNaN(value.getTime());
}

/** Numbers and dates as doubles; integers that a double does not hold, as their places. */
function numbersOf(values: ArrayLike<unknown>): Float64Array {
  const result = new Float64Array(values.length);
  for (let row = 0; row < result.length; row++) {
    const value = values[row];
    if (isMissing(value)) result[row] = Number.NaN;
    else if (typeof value === "bigint") {
      if (BigInt.asIntN(54, value) !== value) return places(values);
      result[row] = Number(value);
    } else result[row] = Number(value);
  }
  return result;
}

type Key = string | number | bigint;

/** Places of the cells among the different ones, texts by their code units and all else by size; NaN where missing. */
function places(values: ArrayLike<unknown>): Float64Array {
  const known = new Map<Key, number>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as Cell;
    if (!isMissing(value)) known.set(keyOf(value), 0);
  }
  [...known.keys()].sort(compare).forEach((key, place) => {
    known.set(key, place);
  });
  return Float64Array.from({ length: values.length }, (_, row) => {
    const value = values[row] as Cell;
    return isMissing(value) ? Number.NaN : (known.get(keyOf(value)) as number);
  });
}

/** What is the same for equal cells: an integer is equal to itself in whatever type. */
function keyOf(value: Present): Key {
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "bigint") return BigInt.asIntN(54, value) === value ? Number(value) : value;
  return Number(value);
}

function compare(a: Key, b: Key): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
