import { availableParallelism } from "node:os";
import type { LoadEngine } from "../engine.js";
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

/** Threads to use when the user does not say. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST_DEFAULT_THREADS);
}

/** Tells on stderr what was noticed while reading. */
export function printNotes(io: Io, table: Table): void {
  for (const note of table.notes) io.err(`infonet: ${printable(table.file)}: ${printable(note)}\n`);
}
