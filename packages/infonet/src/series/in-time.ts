/** Columns as series: their rows in the order of time, within each cluster, and what they were some rows before. */

import { codeColumn, selectRows } from "../copula/index.js";
import type { KnownColumn } from "../independence/covariance-given.js";
import { type Cells, isList, readCells } from "../input/cells.js";
import { requireEqualLengths } from "../input/data-errors.js";
import { completeRows } from "../input/missing.js";
import { allRows, pick } from "../numerics/rows.js";
import { type Panel, panelOf, timeColumn } from "../surrogates/index.js";
import type { Column } from "../types.js";

/** Rows in the order of time. */
export interface TimeRows {
  /** Rows of the input. */
  rows: Uint32Array;
  panel: Panel;
}

/** Whether a value may be a column. */
export function isColumn(value: unknown): boolean {
  return isList(value) || isList((value as { values?: unknown } | undefined)?.values);
}

/**
 * The rows of n that have a cluster, one cluster after another.
 *
 * @param first name of the column that has n rows
 * @throws InfoNetError "unequal-lengths", and as `readCells`
 */
export function timeRows(n: number, cluster: Column | undefined, first: string): TimeRows {
  if (cluster === undefined) return { rows: allRows(n), panel: panelOf(n) };
  const clusters = codeColumn(readCells({ name: "cluster", values: cluster }).values);
  requireEqualLengths({ name: first, rows: n }, { name: "cluster", rows: clusters.places.length });
  const rows = completeRows([clusters.places]);
  const panel = panelOf(rows.length, selectRows(clusters, rows));
  return { rows: panel.order === undefined ? rows : panel.order.map((k) => rows[k]), panel };
}

/** Rows of the past that are given at most, unless the user says otherwise. */
const MOST_HISTORY = 5;

/** Order of the autoregression of a column, at least 1 and at most 5; of levels 1. */
export function historyOf({ kind, values }: Cells, { rows, panel: { segments } }: TimeRows): number {
  const present: number[] = [];
  const starts = [0];
  for (let s = 0; s + 1 < segments.length; s++) {
    for (let t = segments[s]; t < segments[s + 1]; t++) {
      if (!Number.isNaN(values[rows[t]])) present.push(values[rows[t]]);
    }
    starts.push(present.length);
  }
  if (present.length === 0) return 1;
  const panel = { order: undefined, segments: Uint32Array.from(starts) };
  const column = timeColumn(codeColumn(Float64Array.from(present)), kind, panel);
  if (column.kind === "levels") return 1;
  return Math.max(1, Math.min(MOST_HISTORY, column.series.itself.model.order));
}

/**
 * Makes columns as they were some rows before, at every row that has so many before it in its series.
 *
 * @param most rows before, at most
 */
export function shifter(
  { rows, panel: { segments } }: TimeRows,
  most: number,
): (cells: Cells, before: number) => Cells {
  const kept: number[] = [];
  for (let s = 0; s + 1 < segments.length; s++) {
    for (let t = segments[s] + most; t < segments[s + 1]; t++) kept.push(t);
  }
  return ({ kind, values }, before) => ({
    kind,
    values: Float64Array.from(kept, (t) => values[rows[t - before]]),
  });
}

/**
 * Columns at the rows that all of them have.
 *
 * @param rows places of these rows, where they are known
 */
export function knownColumns(
  columns: readonly Cells[],
  rows: Uint32Array = completeRows(columns.map(({ values }) => values)),
): KnownColumn[] {
  return columns.map(({ kind, values }) => ({ kind, coded: codeColumn(pick(values, rows)) }));
}
