/** Reads what the classical estimators are given: variables of one or several columns, categories. */

import { describe, InfoNetError } from "../errors.js";
import { pick } from "../numerics/rows.js";
import type { Units } from "../types.js";
import { readColumn } from "./columns.js";
import {
  requireAnyValues,
  requireEqualLengths,
  requireRows,
  requireValues,
  requireVaried,
} from "./data-errors.js";
import { completeRows, MISSING } from "./missing.js";
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
  const total = a[0].length;
  requireEqualLengths({ name: "x", rows: total }, { name: "y", rows: b[0].length });
  requireAnyValues("x", a);
  requireAnyValues("y", b);
  const rows = completeRows([...a, ...b]);
  const n = rows.length;
  requireRows(["x", "y"], { complete: n, total }, fewest(a.length + b.length));
  const pair = { x: atRows(a, rows), y: atRows(b, rows), n };
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
  const total = codes.length;
  requireEqualLengths({ name: "labels", rows: total }, { name: "y", rows: columns[0].length });
  requireAnyCodes("labels", codes);
  requireAnyValues("y", columns);
  const rows = completeRows([codes, ...columns]);
  const n = rows.length;
  requireRows(["labels", "y"], { complete: n, total }, fewest);
  return { labels: renumbered(pick(codes, rows)), y: atRows(columns, rows), n };
}

/**
 * The rows in which neither category is missing.
 *
 * @throws InfoNetError "not-a-number", "not-finite", "unequal-lengths", "too-few-samples"
 */
export function readCategories(x: Categories, y: Categories): { x: Codes; y: Codes; n: number } {
  const [a, b] = [codesOf("x", x), codesOf("y", y)];
  requireEqualLengths({ name: "x", rows: a.length }, { name: "y", rows: b.length });
  requireAnyCodes("x", a);
  requireAnyCodes("y", b);
  const rows = completeRows([a, b]);
  const n = rows.length;
  requireRows(["x", "y"], { complete: n, total: a.length }, 1);
  return { x: renumbered(pick(a, rows)), y: renumbered(pick(b, rows)), n };
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

/** The columns at some rows: as they are where these are all of them. */
function atRows(columns: Float64Array[], rows: Uint32Array): Float64Array[] {
  return rows.length === columns[0].length ? columns : columns.map((column) => pick(column, rows));
}

function requireAnyCodes(name: string, codes: Uint32Array): void {
  requireValues(name, codes.filter((code) => code === MISSING).length, codes.length);
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

/** How many rows every category has. */
export function countsOf({ codes, distinct }: Codes): Uint32Array {
  const counts = new Uint32Array(distinct);
  for (const code of codes) counts[code]++;
  return counts;
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
