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
  /** Those of them that make groups of rows. */
  grouping: string[];
}

/** The end of a matrix. */
export interface MatrixEnd {
  /** All cells that were finished, with q-values, strongest first. */
  pairs: Cell[];
  model: string;
  /** Whether it was stopped before it was whole. */
  stopped: boolean;
}

/** An answer as markup that is safe to put into the page. */
export interface Answer {
  html: string;
}

/** How a network tells what is direct. */
export type NetworkMethod = "conditional" | "clr" | "aracne";

/** What can be asked for, with what is answered. */
export interface Calls {
  /** Loads the network. */
  load: { ask: { threads: number }; answer: null };
  /** Reads a file, which then is the table. */
  open: { ask: { file: string; bytes: ArrayBuffer; asked: Record<string, Asked> }; answer: TableSummary };
  /** Reads it again, with other kinds. */
  kinds: { ask: Record<string, Asked>; answer: TableSummary };
  /** All pairs; as series, where rows follow each other in time. */
  matrix: { ask: { series: boolean }; answer: MatrixEnd };
  pair: { ask: { x: string; y: string; series: boolean }; answer: Answer };
  /** The pair by lag: which of the two leads. */
  lags: { ask: { x: string; y: string }; answer: Answer };
  /** The pair beyond other columns. */
  conditional: { ask: { x: string; y: string; given: string[]; series: boolean }; answer: Answer };
  /** What is direct, and what goes through others. */
  network: { ask: { method: NetworkMethod; fdr: number }; answer: Answer };
  /** The few columns that tell most of one. */
  select: { ask: { target: string }; answer: Answer };
  /** What differs between the levels of a column. */
  differences: { ask: { by: string }; answer: Answer };
}

/** A question to the worker. */
export type Question = {
  [Name in keyof Calls]: { number: number; call: Name; ask: Calls[Name]["ask"] };
}[keyof Calls];

/** That a question is of no more interest: what is finished of it, if anything, is the answer. */
export interface Stop {
  stop: number;
}

/** How far something is. */
export interface Progress {
  done: number;
  total: number;
}

/** What the worker tells: answers, errors, and how far it is. */
export type Told =
  | { number: number; answer: unknown }
  | { number: number; error: string }
  | { number: number; progress: Progress }
  | { loaded: Progress }
  | { cells: Cell[]; done: number; total: number };
