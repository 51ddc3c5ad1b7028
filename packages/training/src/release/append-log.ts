/** A file of JSON lines that work in pieces is noted in, so that it goes on where it was interrupted. */
import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";

/** Finished pieces, in the order in which they were noted. */
export interface AppendLog<Entry> {
  readonly entries: readonly Entry[];
  /** Notes a piece; it is on file when this returns. */
  append(entry: Entry): void;
}

/**
 * Opens a log. A last line without its line break was interrupted while it was written, and is dropped.
 *
 * @param path the file, made if it is missing; without one the log is in memory only
 */
export function openLog<Entry>(path?: string): AppendLog<Entry> {
  const entries: Entry[] = [];
  if (path !== undefined && existsSync(path)) {
    const bytes = readFileSync(path);
    const whole = bytes.lastIndexOf("\n") + 1;
    if (whole < bytes.length) truncateSync(path, whole);
    for (const line of bytes.toString("utf8", 0, whole).split("\n")) {
      if (line !== "") entries.push(JSON.parse(line) as Entry);
    }
  }
  return {
    entries,
    append(entry) {
      if (path !== undefined) appendFileSync(path, `${JSON.stringify(entry)}\n`);
      entries.push(entry);
    },
  };
}
