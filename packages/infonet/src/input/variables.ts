/** Reads what the classical estimators are given: variables of one or several columns, categories. */

import { describe, InfoNetError } from "../errors.js";
import type { Units } from "../types.js";
import { readColumn, requireValues } from "./columns.js";
import { MISSING } from "./missing.js";
import { invalidOption, type TableOf, wholeNumber } from "./options.js";
import { UNITS } from "./tables.js";

/** Several columns that make up one variable, row after row: n = data.length / width. */
export interface Matrix {
  data: ArrayLike<number>;
  width: number;
}

/**
 * A variable: one column, or several. `NaN` marks a missing value; ±Infinity is refused. Any finite values will do: columns
 * at the edges of the doubles (1.7e308, 5e-324) give what the same columns give in another unit.
 */
export type Variable = ArrayLike<number> | Matrix;

/** A categorical variable. `NaN`, `null` and `undefined` mark a missing value. */
export type Categories = ArrayLike<number | string | null | undefined>;

/** Options of every classical estimator; unknown names are refused, `undefined` and `null` mean not given. */
export interface ClassicalOptions {
  /** Unit of the result. Default `"nats"`. */
  units?: Units | undefined;
}

/** What all of them take. */
export const CLASSICAL = { units: UNITS } satisfies TableOf<ClassicalOptions>;

/** The complete rows of two variables, column by column. */
export interface Pair {
  x: Float64Array[];
  y: Float64Array[];
  /** Complete rows. */
  n: number;
}

/** Categories by number, in the order of their first appearance. */
export interface Codes {
  codes: Uint32Array;
  /** Number of categories. */
  distinct: number;
}

/**
 * The rows in which neither variable misses a value.
 *
 * @param fewest rows needed, given the columns of both variables together
 * @throws InfoNetError "not-a-number", "not-finite", "unequal-lengths", "too-few-samples", "constant",
 *   "invalid-option" (a width that does not fit)
 */
export function readPair(x: Variable, y: Variable, fewest: (width: number) => number): Pair {
  const [a, b] = [readVariable("x", x), readVariable("y", y)];
  requireEqualLengths(a[0].length, b[0].length);
  requireAnyValues("x", a);
  requireAnyValues("y", b);
  const columns = completeRows([...a, ...b]);
  const n = columns[0].length;
  requireRows(n, fewest(columns.length));
  const pair = { x: columns.slice(0, a.length), y: columns.slice(a.length), n };
  requireVaried("x", pair.x);
  requireVaried("y", pair.y);
  return pair;
}

/**
 * The rows in which neither the category nor the variable is missing.
 *
 * @throws InfoNetError as {@link readPair} and {@link readCategories}
 */
export function readLabelledPair(
  labels: Categories,
  y: Variable,
  fewest: number,
): { labels: Codes; y: Float64Array[]; n: number } {
  const codes = codesOf("labels", labels);
  const columns = readVariable("y", y);
  requireEqualLengths(codes.length, columns[0].length, "labels");
  // As a column with gaps, the codes lose their incomplete rows together with the values.
  const column = Float64Array.from(codes, (code) => (code === MISSING ? Number.NaN : code));
  requireAnyValues("labels", [column]);
  requireAnyValues("y", columns);
  const [kept, ...values] = completeRows([column, ...columns]);
  requireRows(kept.length, fewest, "labels");
  return { labels: renumbered(kept), y: values, n: kept.length };
}

/**
 * The rows in which neither category is missing.
 *
 * @throws InfoNetError "not-a-number", "not-finite", "unequal-lengths", "too-few-samples"
 */
export function readCategories(x: Categories, y: Categories): { x: Codes; y: Codes; n: number } {
  const [a, b] = [codesOf("x", x), codesOf("y", y)];
  requireEqualLengths(a.length, b.length);
  for (const [name, codes] of Object.entries({ x: a, y: b })) {
    requireValues(name, codes.filter((code) => code === MISSING).length, codes.length);
  }
  const complete = a.map((code, row) => (code === MISSING || b[row] === MISSING ? 0 : 1));
  const kept = (codes: Uint32Array) => codes.filter((_, row) => complete[row] === 1);
  const [keptX, keptY] = [kept(a), kept(b)];
  requireRows(keptX.length, 1);
  return { x: renumbered(keptX), y: renumbered(keptY), n: keptX.length };
}

/** Columns a row has, at least. */
const WIDTH = wholeNumber(1, 1);

/** The columns of a variable, as doubles. */
export function readVariable(name: string, variable: Variable): Float64Array[] {
  if (typeof variable !== "object" || variable === null || !("data" in variable)) {
    return [readColumn({ name, values: variable })];
  }
  const { data, width } = variable;
  if (!WIDTH.accepts(width)) throw invalidOption(`${name}.width`, width, WIDTH.remedy);
  const values = readColumn({ name: `${name}.data`, values: data });
  if (values.length % width !== 0) {
    throw new InfoNetError(
      "invalid-option",
      `${name}.data has ${values.length} values, which are no whole rows of ${width}; pass the width of its rows.`,
    );
  }
  const n = values.length / width;
  return Array.from({ length: width }, (_, column) =>
    Float64Array.from({ length: n }, (_, row) => values[row * width + column]),
  );
}

/**
 * Refuses variables one of whose columns has no value at all.
 *
 * @throws InfoNetError "too-few-samples"
 */
export function requireAnyValues(name: string, columns: readonly Float64Array[]): void {
  for (const [index, column] of columns.entries()) {
    // Nearly every column has a value in its first rows.
    if (column.some((value) => !Number.isNaN(value))) continue;
    const subject = columns.length === 1 ? name : `column ${index} of ${name}`;
    requireValues(subject, column.length, column.length);
  }
}

function completeRows(columns: Float64Array[]): Float64Array[] {
  const total = columns[0].length;
  const missing = new Uint8Array(total);
  let n = total;
  for (const column of columns) {
    for (let row = 0; row < total; row++) {
      if (missing[row] === 1 || !Number.isNaN(column[row])) continue;
      missing[row] = 1;
      n--;
    }
  }
  return n === total ? columns : columns.map((column) => column.filter((_, row) => missing[row] === 0));
}

/** Category numbers per row, {@link MISSING} where there is none. */
function codesOf(name: string, values: Categories): Uint32Array {
  const isList = typeof values === "object" && values !== null && Number.isSafeInteger(values.length);
  if (!isList) {
    throw new InfoNetError(
      "not-a-number",
      `${name} is ${describe(values)}; pass an array of numbers or strings.`,
    );
  }
  const known = new Map<number | string, number>();
  const codes = new Uint32Array(values.length);
  for (let row = 0; row < codes.length; row++) {
    const value = values[row];
    if (value === null || value === undefined || Number.isNaN(value)) {
      codes[row] = MISSING;
      continue;
    }
    if (typeof value !== "string" && typeof value !== "number") {
      throw new InfoNetError(
        "not-a-number",
        `${name} has ${describe(value)} at row ${row}; pass numbers or strings, NaN for missing values.`,
      );
    }
    if (value === Infinity || value === -Infinity) {
      throw new InfoNetError(
        "not-finite",
        `${name} has ${value} at row ${row}; pass NaN if it is missing, or a string of your own as its category.`,
      );
    }
    let code = known.get(value);
    if (code === undefined) {
      code = known.size;
      known.set(value, code);
    }
    codes[row] = code;
  }
  return codes;
}

/** Numbers categories anew by first appearance, so that none is empty. */
export function renumbered(codes: ArrayLike<number>): Codes {
  const known = new Map<number, number>();
  const result = new Uint32Array(codes.length);
  for (let row = 0; row < result.length; row++) {
    let code = known.get(codes[row]);
    if (code === undefined) {
      code = known.size;
      known.set(codes[row], code);
    }
    result[row] = code;
  }
  return { codes: result, distinct: known.size };
}

/** @throws InfoNetError "unequal-lengths" */
export function requireEqualLengths(a: number, b: number, first = "x"): void {
  if (a === b) return;
  throw new InfoNetError(
    "unequal-lengths",
    `${first} has ${a} rows and y has ${b}; pass equally many, NaN for missing values.`,
  );
}

function requireRows(n: number, fewest: number, first = "x"): void {
  if (n >= fewest) return;
  throw new InfoNetError(
    "too-few-samples",
    `${first} and y have ${n} complete rows; at least ${fewest} are needed. Collect more rows.`,
  );
}

/**
 * Refuses constant columns.
 *
 * @throws InfoNetError "constant"
 */
export function requireVaried(name: string, columns: Float64Array[]): void {
  for (const [index, column] of columns.entries()) {
    if (column.some((value) => value !== column[0])) continue;
    const subject = columns.length === 1 ? name : `column ${index} of ${name}`;
    throw new InfoNetError(
      "constant",
      `${subject} is constant, ${column[0]}, in the ${column.length} rows used; a constant shares no information with anything. Leave it out.`,
    );
  }
}
