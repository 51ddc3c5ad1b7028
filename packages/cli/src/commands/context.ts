import { availableParallelism } from "node:os";
import type { LoadEngine } from "../engine.js";
import { allNotes } from "../table/notes.js";
import type { Table } from "../table/types.js";
import type { Io } from "../terminal/io.js";
import { printable } from "../text/printable.js";
import { MOST_DEFAULT_THREADS } from "./options.js";

/** What a command needs besides its options. */
export interface Context {
  io: Io;
  load: LoadEngine;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}

/** Threads to use when the user does not say, where there is enough for them to do. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST_DEFAULT_THREADS);
}

/** Pairs that so many columns have: all of them, or those with one of so many targets among them. */
export const pairsAmong = (columns: number, targets = columns): number =>
  targets * (columns - targets) + (targets * (targets - 1)) / 2;

/** What a pair costs beside its rows, in rows. */
const ROWS_A_PAIR = 1000;
/** Rows of all pairs, with what these cost beside, that take about as long as worker threads take to start. */
const WORTH_THREADS = 4e6;

/**
 * Worker threads for pairs of columns: each loads the library and the model anew, which takes longer than a small table
 * does.
 *
 * @param asked what the user says
 */
export function workerThreads(pairs: number, rows: number, asked?: number): number {
  return asked ?? (pairs * (rows + ROWS_A_PAIR) < WORTH_THREADS ? 1 : defaultThreads());
}

/** Tells on stderr what was noticed while reading. */
export function printNotes(io: Io, table: Table): void {
  for (const note of allNotes(table)) io.err(`infonet: ${printable(table.file)}: ${printable(note)}\n`);
}

/** A path as a shell takes it. */
export function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${printable(path).replaceAll("'", `'\\''`)}'`;
}
