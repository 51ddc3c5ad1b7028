/** Columns cut into cells, so that tables of counts can be made of any two of them. */

import { completeRows } from "../input/missing.js";
import { order } from "../numerics/order.js";
import { pick } from "../numerics/rows.js";

/** Cells of a number, at most, and levels by themselves: all others are one. */
const MOST_CELLS = 8;
const MOST_LEVELS = 12;
/** Rows that a cell of a table has on average at least, so far as it is up to numbers. */
const ROWS_A_CELL = 15;

/** A column as the tables are made of it. */
export interface CutColumn {
  /** Numbers with ties broken, or codes of levels; NaN where missing. */
  values: Float64Array;
  levels: boolean;
}

/** Cells of columns in the rows where all have a value: numbers into cells of as many rows, levels as they are. */
export function cellsOf(columns: readonly CutColumn[]): { cells: Uint8Array[]; widths: number[] } {
  const rows = completeRows(columns.map(({ values }) => values));
  const most = Math.max(2, Math.min(MOST_CELLS, Math.floor(Math.sqrt(rows.length / ROWS_A_CELL))));
  const cut = columns.map(({ values, levels }) => {
    const own = pick(values, rows);
    return levels ? levelCells(own) : rankCells(own, most);
  });
  return { cells: cut, widths: cut.map((cells) => cells.reduce((a, b) => Math.max(a, b), 0) + 1) };
}

function rankCells(values: Float64Array, width: number): Uint8Array {
  const cells = new Uint8Array(values.length);
  for (const [rank, row] of order(values).entries()) cells[row] = Math.floor((rank * width) / values.length);
  return cells;
}

function levelCells(values: Float64Array): Uint8Array {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const levels = [...counts].sort(([a, p], [b, q]) => q - p || a - b).map(([level]) => level);
  const places = new Map(levels.map((level, place) => [level, Math.min(place, MOST_LEVELS - 1)]));
  return Uint8Array.from(values, (value) => places.get(value) as number);
}
