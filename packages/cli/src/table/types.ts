import type { Remark } from "../kinds/remarks.js";
import type { ColumnKind } from "../kinds/types.js";
import type { TablePart } from "./relation.js";

/** A column as numbers. */
export interface TableColumn {
  name: string;
  kind: ColumnKind;
  /** NaN where missing. Categories are codes 0, 1, … in the order of their names; dates are seconds since 1970, times seconds since midnight. */
  values: Float64Array;
  /** Names of the codes (categories and booleans only). */
  levels?: string[];
  missing: number;
}

/** A column that cannot take part, and why. */
export interface UnusableColumn {
  name: string;
  /** Subject and remedy, to be read after the column's name: `Title: is an identifier (…)`. */
  reason: string;
}

/** What was made of the rows of a table. */
export interface TableInTime {
  /** The column that they are sorted by. */
  time?: string | undefined;
  diff?: true | undefined;
  deseason?: number | undefined;
  /** Usual step of the times, in their unit: seconds, where they are dates. */
  step?: number | undefined;
  /** The step that rows were put at, as it was written. */
  grid?: string | undefined;
  /** Whether times are dates or times of day, counted in seconds. */
  dates?: true | undefined;
}

/** A table read column by column. */
export interface Table {
  /** The path as the user gave it, or what several files are called together. */
  file: string;
  rows: number;
  /** The files whose rows stand one below another, where there are several. */
  parts?: readonly TablePart[] | undefined;
  /** All names that take part or were asked for, in the order of the file (or of the request). */
  names: string[];
  columns: TableColumn[];
  /** What the rows belong to; in no pair. */
  cluster?: TableColumn | undefined;
  /** How many rows each row stands for; in no pair. */
  counts?: TableColumn | undefined;
  /** The times of the rows; in no pair. */
  time?: TableColumn | undefined;
  /** What was made of rows that follow each other in time; undefined where nobody says that they do. */
  inTime?: TableInTime | undefined;
  unusable: UnusableColumn[];
  /** Columns of which every pair that is asked for has one, in the order of the request; all pairs are asked for where there are none. */
  targets?: readonly string[] | undefined;
  /** What each text of the request means: the names that a pattern or range stands for. */
  meaning?: ReadonlyMap<string, readonly string[]>;
  /** Columns that are made of each other: those of dates, each with its parts. */
  related?: readonly (readonly string[])[];
  /** What is to be told of the reading of a column, by its name. */
  remarks?: ReadonlyMap<string, readonly Remark[]>;
  /** What is to be told of the reading of the table as a whole: transcoding, renamed columns. */
  notes: string[];
}
