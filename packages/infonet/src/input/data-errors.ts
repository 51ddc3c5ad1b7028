/** The errors of data that nothing can be estimated from: each of them has its words here, for all estimators. */

import { InfoNetError } from "../errors.js";

/** What messages call a column of a variable. */
export function columnName(variable: string, index: number, width: number): string {
  return width === 1 ? variable : `column ${index} of ${variable}`;
}

/** A variable by its name, and how many rows it has. */
export interface Sized {
  name: string;
  rows: number;
}

/** @throws InfoNetError "unequal-lengths" */
export function requireEqualLengths(first: Sized, other: Sized): void {
  if (first.rows === other.rows) return;
  throw new InfoNetError(
    "unequal-lengths",
    `${first.name} has ${counted(first.rows)} and ${other.name} has ${other.rows}; pass equally many, NaN for missing values.`,
  );
}

/**
 * Refuses a column without a single value: more rows would not help.
 *
 * @throws InfoNetError "too-few-samples"
 */
export function requireValues(name: string, missing: number, total: number): void {
  if (missing < total || total === 0) return;
  throw new InfoNetError("too-few-samples", `${name} has no values: all ${total} are missing. Leave it out.`);
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
    requireValues(columnName(name, index, columns.length), column.length, column.length);
  }
}

/**
 * Refuses variables that share too few rows.
 *
 * @param names of the variables
 * @param complete rows in which none of them misses a value, of `total`
 * @throws InfoNetError "too-few-samples"
 */
export function requireRows(
  names: readonly string[],
  { complete, total }: { complete: number; total: number },
  fewest: number,
): void {
  if (complete >= fewest) return;
  const rows = complete === total ? counted(total) : `${counted(complete, "complete row")} of ${total}`;
  const verb = fewest === 1 ? "is" : "are";
  throw new InfoNetError(
    "too-few-samples",
    `${listed(names)} have ${rows}; at least ${fewest} ${verb} needed. Collect more rows.`,
  );
}

/**
 * Refuses variables one of whose columns is constant.
 *
 * @throws InfoNetError "constant"
 */
export function requireVaried(name: string, columns: readonly Float64Array[]): void {
  for (const [index, column] of columns.entries()) {
    if (varies(column)) continue;
    throw constantError(`${columnName(name, index, columns.length)} is`, column.length, column[0]);
  }
}

/**
 * Refuses variables none of whose columns varies.
 *
 * @throws InfoNetError "constant"
 */
export function requireVariation(name: string, columns: readonly Float64Array[]): void {
  if (columns.some(varies)) return;
  throw constantError(columns.length === 1 ? `${name} is` : `all columns of ${name} are`, columns[0].length);
}

/**
 * The error of a constant.
 *
 * @param subject with its verb
 * @param rows in which it is constant
 * @param value that it has there; left out where it may be a code or in another unit than it was given in
 */
export function constantError(subject: string, rows: number, value?: number): InfoNetError {
  const told = value === undefined ? "" : `, ${value},`;
  return new InfoNetError(
    "constant",
    `${subject} constant${told} in the ${counted(rows)} used; a constant shares no information with anything. Leave it out.`,
  );
}

function varies(column: Float64Array): boolean {
  return column.some((value) => value !== column[0]);
}

function counted(n: number, what = "row"): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}

/** x, y and z. */
function listed(names: readonly string[]): string {
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
