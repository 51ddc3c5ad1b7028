/** A column as it stands along one axis of a pair's pictures. */
import type { SideKind } from "infonet";
import type { TableColumn } from "../table/types.js";
import { distinctUpTo, labelsFor } from "./values.js";

/** A column as it is in one pair: only the rows that are complete there, ordered. */
export interface Axis {
  column: TableColumn;
  sorted: Float64Array;
  /** What the estimate takes it for. */
  kind?: SideKind | undefined;
}

/** The axis of a column. */
export function axisOf(column: TableColumn, rows: readonly number[], kind: SideKind): Axis {
  return { column, sorted: Float64Array.from(rows, (row) => column.values[row]).sort(), kind };
}

/** Whether both columns are levels, so that all that there is to say is how often they meet. */
export function isTable(x: Axis, y: Axis): boolean {
  return x.kind === "levels" && y.kind === "levels";
}

/** A stretch of the rank axis of a column: a category, or a fifth of the ordered values. */
export interface Band {
  /** Where it begins and ends on the rank axis, 0 … 1. */
  from: number;
  to: number;
  label: string;
}

/**
 * Cuts the rank axis into bands: one a category (in the order of their codes), else fifths, for which values
 * that tie go together.
 */
export function bands(axis: Axis): Band[] {
  const { column, sorted } = axis;
  const n = sorted.length;
  const ends = isStepped(axis) ? stepEnds(sorted) : fifthEnds(sorted);
  const labelOf = labelsFor(column, sorted);
  return ends.map((end, index) => {
    const start = index === 0 ? 0 : ends[index - 1];
    const low = labelOf(sorted[start]);
    const high = labelOf(sorted[end - 1]);
    return { from: start / n, to: end / n, label: low === high ? low : `${low} to ${high}` };
  });
}

/** Whether every value is a band of its own: levels, and numbers with at most eight different values. */
export function isStepped({ column, sorted, kind }: Axis): boolean {
  return kind === "levels" || column.levels !== undefined || distinctUpTo(sorted, 8) <= 8;
}

/** Bands to tell of in words: those of {@link bands}, but fifths for numbers of many values, whatever they are taken for. */
export function groups({ column, sorted }: Axis): Band[] {
  return bands({ column, sorted });
}

/** Positions where the sorted values change, and the end. */
function stepEnds(sorted: Float64Array): number[] {
  const ends: number[] = [];
  for (let i = 1; i <= sorted.length; i++)
    if (i === sorted.length || sorted[i] !== sorted[i - 1]) ends.push(i);
  return ends;
}

function fifthEnds(sorted: Float64Array): number[] {
  const n = sorted.length;
  const ends: number[] = [];
  for (let k = 1; k <= 5; k++) {
    let end = Math.round((k * n) / 5);
    while (end < n && sorted[end] === sorted[end - 1]) end++;
    if (end > (ends.at(-1) ?? 0)) ends.push(end);
  }
  return ends;
}
