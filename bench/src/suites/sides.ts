/** Variables of one or several columns of any kind, as laws draw them and as the library takes them. */
import type { ConditionalOptions, InfoNet, JointOptions } from "infonet";
import type { Cells } from "../reference/conditional-neighbours.js";
import type { Vectors } from "./bmi-tasks.js";

/** A number, or a category by its name. */
export type Cell = number | string;

/** What the library is given: one column, several columns of numbers row by row, or a list of columns of any kinds. */
export type Side = Cells | Vectors | readonly Cells[];

/** What the calls say that is measured. */
export interface SideAnswer {
  mi: number;
  interval: readonly [number, number];
  pValue?: number | undefined;
}

/** The calls, for columns of any kinds. */
export interface SideCalls {
  joint(x: Side, y: Side, options?: JointOptions): Promise<SideAnswer>;
  conditional(x: Side, y: Side, z: Side, options?: ConditionalOptions): Promise<SideAnswer>;
}

/** The network, asked about columns of any kinds: what it does not take it refuses. */
export const callsOf = (net: InfoNet): SideCalls => net as unknown as SideCalls;

/** The columns of rows; all cells of a column are of one kind. */
export function columnsOf(rows: ReadonlyArray<readonly Cell[]>): Cells[] {
  return rows[0].map((first, at) =>
    typeof first === "string"
      ? rows.map((row) => String(row[at]))
      : Float64Array.from(rows, (row) => Number(row[at])),
  );
}

/** Columns as the library takes them. */
export function sideOf(columns: readonly Cells[]): Side {
  if (columns.length === 1) return columns[0];
  const width = columns.length;
  const data = new Float64Array(width * columns[0].length);
  for (const [at, column] of columns.entries()) {
    if (!(column instanceof Float64Array)) return columns;
    column.forEach((value, row) => {
      data[row * width + at] = value;
    });
  }
  return { data, width };
}
