/** Columns as pairs take them: coded once for all their pairs, then the complete rows of two of them. */

import { type CodedColumn, codeColumn, selectRows } from "../copula/index.js";
import { type Cells, readCells } from "../input/cells.js";
import { constantError, requireEqualLengths, requireRows, requireValues } from "../input/data-errors.js";
import { completeRows } from "../input/missing.js";
import { FEWEST_SAMPLES, missingWarning } from "../input/warnings.js";
import type { Column, ColumnKind, Warning } from "../types.js";

/** A coded column. What it is called is the pairs' affair. */
export interface PreparedColumn {
  kind: ColumnKind;
  coded: CodedColumn;
}

/** A column under the name that a pair calls it by. */
export interface NamedPrepared extends PreparedColumn {
  name: string;
}

/** Codes the cells of a column. */
export function prepareCells({ kind, values }: Cells): PreparedColumn {
  return { kind, coded: codeColumn(values) };
}

/**
 * Reads and codes a column.
 *
 * @throws InfoNetError as `readCells`
 */
export function prepareColumn(name: string, values: Column): NamedPrepared {
  return { name, ...prepareCells(readCells({ name, values })) };
}

/** The rows in which neither column misses its value. */
export interface CompletePair {
  x: CodedColumn;
  y: CodedColumn;
  /** Which rows they are; undefined if they are all. */
  rows: Uint32Array | undefined;
  n: number;
  warnings: Warning[];
}

/**
 * The complete rows of a pair.
 *
 * @throws InfoNetError "unequal-lengths", "too-few-samples", "constant"
 */
export function completePair(x: NamedPrepared, y: NamedPrepared): CompletePair {
  const total = x.coded.places.length;
  requireEqualLengths({ name: x.name, rows: total }, { name: y.name, rows: y.coded.places.length });
  for (const { name, coded } of [x, y]) requireValues(name, coded.missing, total);
  const whole = x.coded.missing === 0 && y.coded.missing === 0;
  const rows = whole ? undefined : completeRows([x.coded.places, y.coded.places]);
  const n = rows?.length ?? total;
  requireRows([x.name, y.name], { complete: n, total }, FEWEST_SAMPLES);
  const [a, b] = [x, y].map(({ name, coded }) => {
    const column = rows === undefined ? coded : selectRows(coded, rows);
    if (column.distinct > 1) return column;
    throw constantError(`${name} is`, n);
  });
  return { x: a, y: b, rows, n, warnings: missingWarning(total, n) };
}
