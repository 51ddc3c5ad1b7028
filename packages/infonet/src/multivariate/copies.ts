/** Rows of several columns that are written more than once. */

import { type CodedColumn, codeColumn } from "../copula/index.js";
import { combined, rowsOfLevels } from "../counts/index.js";
import { distinctRows, distinctRowsBeside } from "../evidence/index.js";
import { FEWEST_SAMPLES } from "../input/warnings.js";
import { pick } from "../numerics/rows.js";
import { codesOf, type MixedRows } from "./mixed.js";

/** Columns of numbers whose pairs are looked at, at most: those with most values. */
const MOST_COLUMNS = 4;

/**
 * The rows, each of those that are repeated once, with a warning that says so; as they are where two numbers, or levels beside a number, do not
 * come again more often than ties explain.
 */
export function withoutCopies(read: MixedRows): MixedRows {
  const columns = read.columns.flat();
  const kinds = read.kinds.flat();
  const coded = columns.map(codeColumn);
  // Where a column has no value twice no row is written twice.
  if (coded.some(({ distinct }) => distinct === read.n)) return read;
  const isNumber = (_: unknown, k: number): boolean => kinds[k] === "number";
  const levels = coded.filter((column, k) => !isNumber(column, k));
  const together = [{ codes: new Uint32Array(read.n), distinct: 1 }, ...levels.map(codesOf)];
  const strata = rowsOfLevels(combined(together));
  // What is the same in all rows of some levels stands for them: it comes again with them.
  const numbers = coded
    .filter(isNumber)
    .filter(({ places }) => strata.some((rows) => rows.some((row) => places[row] !== places[rows[0]])))
    .sort((a, b) => b.distinct - a.distinct);
  if (numbers.length === 0) return read;
  if (!areRepeated(numbers.slice(0, MOST_COLUMNS), levels)) return read;
  const rows = firstOfEach(coded);
  const copies = read.n - rows.length;
  if (copies === 0 || rows.length < FEWEST_SAMPLES) return read;
  const message = `${copies} of ${read.n} rows repeat all values of another row, more than ties explain; estimate and p-value rest on the ${rows.length} distinct ones. Remove the copies.`;
  return {
    ...read,
    columns: read.columns.map((list) => list.map((column) => pick(column, rows))),
    rows: pick(read.rows, rows),
    n: rows.length,
    complete: read.complete === read.n ? rows.length : read.complete,
    warnings: [...read.warnings, { code: "repeated-rows", message }],
  };
}

/** Whether some two columns, one of them numbers, have rows that are repeated. */
function areRepeated(numbers: readonly CodedColumn[], levels: readonly CodedColumn[]): boolean {
  return numbers.some(
    (number, k) =>
      numbers.slice(k + 1).some((other) => distinctRows(number, other) !== undefined) ||
      levels.some((column) => distinctRowsBeside(column, number) !== undefined),
  );
}

/** The first row of each that has its values, ascending. */
function firstOfEach(columns: readonly CodedColumn[]): Uint32Array {
  const { codes } = combined(columns.map(codesOf));
  let seen = 0;
  // Codes are numbered by first appearance.
  return Uint32Array.from(codes.keys()).filter((row) => codes[row] === seen && ++seen > 0);
}
