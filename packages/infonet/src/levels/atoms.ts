/** Numbers with atoms, such as the zeros of an amount: the atoms are levels, and only what is none of them is a number. */

import { codeColumn } from "../copula/index.js";
import { combined, rowsOfLevels } from "../counts/index.js";
import { type Codes, renumbered } from "../input/variables.js";
import { allRows } from "../numerics/rows.js";
import { atomsOf, FREE } from "../pairs/sides.js";
import { ROWS_A_LEVEL } from "./given-condition.js";

/** A number with atoms. */
export interface Atoms {
  /** The atom of every row; one more level for all rows without one. */
  levels: Codes;
  /** Rows without one. */
  free: Uint32Array;
}

/** The atoms of a number; undefined where it has none, or where few other rows are left. */
export function numberWithAtoms(values: Float64Array): Atoms | undefined {
  const atoms = atomsOf(codeColumn(values));
  if (atoms === undefined) return undefined;
  const free = allRows(values.length).filter((row) => atoms[row] === FREE);
  return free.length < ROWS_A_LEVEL ? undefined : { levels: renumbered(atoms), free };
}

/**
 * The rows in which numbers have the same atoms, or none.
 *
 * @returns undefined where no number has any, or where some of them have few rows
 */
export function rowsOfAtoms(numbers: readonly Float64Array[]): Uint32Array[] | undefined {
  const found = numbers.flatMap((values) => numberWithAtoms(values)?.levels ?? []);
  if (found.length === 0) return undefined;
  const rows = rowsOfLevels(combined(found));
  return rows.every(({ length }) => length >= ROWS_A_LEVEL) ? rows : undefined;
}
