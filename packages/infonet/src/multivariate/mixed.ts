/** Reads variables whose columns are numbers or levels. */

import { readSeveral, type Variable } from "../input/several.js";
import type { SideKind } from "../types.js";
import { type Rows, rowsOfColumns } from "./variables.js";

/** Variables of the same rows, with what their columns are. */
export interface MixedRows extends Rows {
  /** The kind of every column of every variable. */
  kinds: SideKind[][];
}

/**
 * The complete rows of variables.
 *
 * @param most rows used at most
 * @throws InfoNetError "not-a-number", "not-finite", "invalid-option", "unequal-lengths", "too-few-samples"
 */
export function readMixed(given: ReadonlyArray<{ name: string; value: Variable }>, most: number): MixedRows {
  const read = given.map(({ name, value }) => readSeveral(name, value));
  const rows = rowsOfColumns(
    given,
    read.map((cells) => cells.map(({ values }) => values)),
    most,
  );
  return {
    ...rows,
    kinds: read.map((cells) => cells.map(({ kind }) => (kind === "number" ? "number" : "levels"))),
  };
}
