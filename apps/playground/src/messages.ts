/** What the page and the worker that computes tell each other. */
import type { ColumnKind } from "@infonet/cli/kinds/types.js";
import type { Cell } from "@infonet/cli/output/result.js";

/** What the reader of the page says of a column; `auto` is what its values look like. */
export type Asked = "auto" | "number" | "category" | "date" | "out";

/** What was read of a column. */
export interface ColumnSummary {
  name: string;
  kind: ColumnKind | "unusable" | "out";
  asked: Asked;
  missing: number;
  /** Different values. */
  different: number;
  /** The first few. */
  examples: string[];
  remarks: string[];
}

/** What was read of a table. */
export interface TableSummary {
  file: string;
  rows: number;
  columns: ColumnSummary[];
  notes: string[];
  /** Names of the columns that take part, in the order of the file. */
  usable: string[];
}

/** The end of a matrix. */
export interface MatrixEnd {
  /** All cells that were finished, with q-values, strongest first. */
  pairs: Cell[];
  model: string;
  /** Whether it was stopped before it was whole. */
  stopped: boolean;
}

/** A pair close up: markup that is safe to put into the page. */
export interface PairView {
  html: string;
}

/** What can be asked for, with what is answered. */
export interface Calls {
  /** Loads the network. */
  load: { ask: { threads: number }; answer: null };
  /** Reads a file, which then is the table. */
  open: { ask: { file: string; bytes: ArrayBuffer; asked: Record<string, Asked> }; answer: TableSummary };
  /** Reads it again, with other kinds. */
  kinds: { ask: Record<string, Asked>; answer: TableSummary };
  matrix: { ask: null; answer: MatrixEnd };
  stop: { ask: null; answer: null };
  pair: { ask: { x: string; y: string }; answer: PairView };
  /** The pair as series: rows follow each other in time. */
  lags: { ask: { x: string; y: string }; answer: PairView };
}

/** A question to the worker. */
export type Question = {
  [Name in keyof Calls]: { number: number; call: Name; ask: Calls[Name]["ask"] };
}[keyof Calls];

/** What the worker tells: answers, errors, and how far it is. */
export type Told =
  | { number: number; answer: unknown }
  | { number: number; error: string }
  | { loaded: { done: number; total: number } }
  | { cells: Cell[]; done: number; total: number };
