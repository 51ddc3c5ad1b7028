/** Columns as pairs take them: coded once for all their pairs, then the complete rows of two of them. */

import { type CodedColumn, codeColumn, selectRows } from "../copula/index.js";
import { InfoNetError } from "../errors.js";
import { isSerial, serialLikeness } from "../evidence/index.js";
import { type Cells, readCells } from "../input/cells.js";
import { constantError, requireEqualLengths, requireRows, requireValues } from "../input/data-errors.js";
import { completeRows } from "../input/missing.js";
import { FEWEST_SAMPLES, missingWarning } from "../input/warnings.js";
import { allRows } from "../numerics/rows.js";
import { type Panel, type TimeColumn, timeColumn } from "../surrogates/index.js";
import type { Column, ColumnKind, Warning } from "../types.js";
import { NO_ROLES, type RowRoles } from "./row-roles.js";

/** A coded column. What it is called is the pairs' affair. */
export interface PreparedColumn {
  kind: ColumnKind;
  coded: CodedColumn;
  /** Whether its rows depend on those before; found out when it is first asked for. */
  serial: () => boolean;
  /**
   * The column in time; made when it is first asked for, and again for other clusters.
   *
   * @param panel how its rows lie in time
   * @param clusters what the panel was made of
   */
  inTime: (panel: () => Panel, clusters: CodedColumn | undefined) => TimeColumn;
}

/** A column under the name that a pair calls it by. */
export interface NamedPrepared extends PreparedColumn {
  name: string;
}

/** Codes the cells of a column. */
export function prepareCells({ kind, values }: Cells): PreparedColumn {
  const coded = codeColumn(values);
  let known: boolean | undefined;
  const serial = (): boolean => {
    known ??= isSerial(serialLikeness(coded, kind === "number"));
    return known;
  };
  let made: { clusters: CodedColumn | undefined; column: TimeColumn } | undefined;
  const inTime: PreparedColumn["inTime"] = (panel, clusters) => {
    if (made === undefined || made.clusters !== clusters) {
      made = { clusters, column: timeColumn(coded, kind, panel()) };
    }
    return made.column;
  };
  return { kind, coded, serial, inTime };
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
  /** The position in `x` and `y` of each of these rows, where several rows are one there. */
  positions?: Uint32Array;
  /** How many rows of the sample each row of `x` and `y` stands for, where it is not one. */
  weights?: Float64Array;
  /** Rows of the sample. */
  n: number;
  warnings: Warning[];
}

/**
 * The complete rows of a pair.
 *
 * @param roles what rows stand for; those without a cluster and those that stand for none are left out
 * @throws InfoNetError "unequal-lengths", "too-few-samples", "constant"
 */
export function completePair(
  x: NamedPrepared,
  y: NamedPrepared,
  { counts, clusters }: RowRoles = NO_ROLES,
): CompletePair {
  const total = x.coded.places.length;
  const first = { name: x.name, rows: total };
  requireEqualLengths(first, { name: y.name, rows: y.coded.places.length });
  if (clusters !== undefined) requireEqualLengths(first, { name: "cluster", rows: clusters.places.length });
  if (counts !== undefined) requireEqualLengths(first, { name: "counts", rows: counts.length });
  for (const { name, coded } of [x, y]) requireValues(name, coded.missing, total);
  const columns = [x.coded, y.coded, ...(clusters === undefined ? [] : [clusters])];
  const whole = columns.every(({ missing }) => missing === 0);
  const complete = whole ? undefined : completeRows(columns.map(({ places }) => places));
  const rows = counts === undefined ? complete : countedRows(complete ?? allRows(total), counts);
  const weights = counts && Float64Array.from(rows as Uint32Array, (row) => counts[row]);
  const n = weights === undefined ? (rows?.length ?? total) : sumOf(weights);
  const all = counts === undefined ? total : sumOf(counts);
  requireRows([x.name, y.name], { complete: n, total: all }, FEWEST_SAMPLES);
  const [a, b] = [x, y].map(({ name, coded }) => {
    const column = rows === undefined ? coded : selectRows(coded, rows);
    if (column.distinct > 1) return column;
    throw constantError(`${name} is`, n);
  });
  return { x: a, y: b, rows, weights, n, warnings: missingWarning(all, n) };
}

function countedRows(rows: Uint32Array, counts: Float64Array): Uint32Array {
  return rows.filter((row) => counts[row] > 0);
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Rows of a pair with numbers that are written out at most: they take some 100 bytes each. */
const MOST_WRITTEN = 50_000_000;

/**
 * A pair every row of which stands for itself alone.
 *
 * @param names of x and y
 * @throws InfoNetError "invalid-option" for more rows than memory holds
 */
export function writtenOut(pair: CompletePair, [x, y]: readonly [string, string]): CompletePair {
  const { weights, n } = pair;
  if (weights === undefined) return pair;
  if (n > MOST_WRITTEN) {
    throw new InfoNetError(
      "invalid-option",
      `counts has a sum of ${n} for ${x} and ${y}, which are not both levels; at most ${MOST_WRITTEN} rows are written out. Divide the counts by a common number.`,
    );
  }
  const written = new Uint32Array(n);
  let at = 0;
  for (const [row, weight] of weights.entries()) {
    written.fill(row, at, at + weight);
    at += weight;
  }
  return selectPair(pair, written);
}

/**
 * Some rows of a pair, all of which stand for themselves.
 *
 * @param chosen positions in the pair's columns
 */
export function selectPair({ x, y, rows, warnings }: CompletePair, chosen: Uint32Array): CompletePair {
  return {
    x: selectRows(x, chosen),
    y: selectRows(y, chosen),
    rows: rows === undefined ? chosen : chosen.map((row) => rows[row]),
    n: chosen.length,
    warnings,
  };
}
