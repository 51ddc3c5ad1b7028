/** What is given: levels and numbers. */

import { rowsOfLevels } from "../counts/index.js";
import type { Codes } from "../input/variables.js";
import { pick } from "../numerics/rows.js";
import { centredWithin } from "./freed.js";

/** Levels and numbers that are given. */
export interface Condition {
  levels: Codes;
  numbers: readonly Float64Array[];
}

/** Rows from which a level is looked at by itself. */
export const ROWS_A_LEVEL = 60;

/** The condition level by level, where every level has rows enough; the levels joined to numbers otherwise. */
export function partsOfCondition({
  levels,
  numbers,
}: Condition): { rows: Uint32Array; numbers: Float64Array[] }[] {
  const rows = rowsOfLevels(levels);
  if (rows.every(({ length }) => length >= ROWS_A_LEVEL)) {
    return rows.map((own) => ({ rows: own, numbers: numbers.map((values) => pick(values, own)) }));
  }
  const all = rows.length === 1 ? rows[0] : Uint32Array.from(levels.codes, (_, row) => row);
  return [
    { rows: all, numbers: [...numbers.map((values) => centredWithin(values, levels)), ...dummies(levels)] },
  ];
}

/** Of more levels the largest are told apart. */
const MOST_DUMMIES = 8;

/** Columns that tell levels apart. */
export function dummies(levels: Codes): Float64Array[] {
  const sizes = rowsOfLevels(levels).map(({ length }) => length);
  const largest = [...sizes.keys()].sort((a, b) => sizes[b] - sizes[a]).slice(0, MOST_DUMMIES);
  return largest
    .slice(sizes.length <= MOST_DUMMIES ? 1 : 0)
    .map((level) => Float64Array.from(levels.codes, (code) => (code === level ? 1 : 0)));
}
