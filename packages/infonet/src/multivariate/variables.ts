/** Reads variables of several columns: their complete rows. */

import { requireAnyValues, requireEqualLengths, requireRows } from "../input/data-errors.js";
import { completeRows } from "../input/missing.js";
import { readVariable, type Variable } from "../input/variables.js";
import { FEWEST_SAMPLES, missingWarning } from "../input/warnings.js";
import { chosenPlaces } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import { type Rows, type Sides, sidesOfRows } from "../vine/sides.js";

/** Rows that were read. */
export interface ReadRows extends Rows {
  /** Which rows of the input are used. */
  rows: Uint32Array;
}

/**
 * Reads variables that share their rows. Columns that say nothing (constants, copies of another column of the same
 * variable) are left out with a warning.
 *
 * @param given the variables by name; those in `optional` may be left without any column
 * @param most rows used at most; of more, a random choice
 * @throws InfoNetError "not-a-number", "not-finite", "invalid-option", "unequal-lengths", "too-few-samples", "constant"
 */
export function readSides(
  given: ReadonlyArray<{ name: string; value: Variable; optional?: boolean }>,
  seed: number,
  most: number,
): Sides {
  return sidesOfRows(given, readRows(given, most), seed);
}

/**
 * The complete rows of variables that share their rows.
 *
 * @throws InfoNetError as {@link readSides}, but "constant"
 */
export function readRows(given: ReadonlyArray<{ name: string; value: Variable }>, most: number): Rows {
  const read = given.map(({ name, value }) => readVariable(name, value));
  return rowsOfColumns(given, read, most);
}

/**
 * The complete rows of columns of doubles, some variables of them.
 *
 * @param given names of the variables
 * @param beside another column that rows shall have a value of
 * @throws InfoNetError "unequal-lengths", "too-few-samples"
 */
export function rowsOfColumns(
  given: ReadonlyArray<{ name: string }>,
  read: readonly Float64Array[][],
  most: number,
  beside?: { name: string; values: Float64Array },
): ReadRows {
  const total = read[0][0].length;
  read.forEach(([first], k) => {
    requireEqualLengths({ name: given[0].name, rows: total }, { name: given[k].name, rows: first.length });
  });
  read.forEach((columns, k) => {
    requireAnyValues(given[k].name, columns);
  });
  if (beside !== undefined) {
    requireEqualLengths(
      { name: given[0].name, rows: total },
      { name: beside.name, rows: beside.values.length },
    );
  }
  const complete = completeRows([...read.flat(), ...(beside === undefined ? [] : [beside.values])]);
  const names = given.map(({ name }) => name);
  requireRows(names, { complete: complete.length, total }, FEWEST_SAMPLES);
  const rows =
    complete.length > most ? chosenPlaces(complete.length, most).map((k) => complete[k]) : complete;
  const warnings = missingWarning(total, complete.length);
  const columns = read.map((list) => list.map((column) => pick(column, rows)));
  return { columns, rows, n: rows.length, complete: complete.length, warnings };
}
