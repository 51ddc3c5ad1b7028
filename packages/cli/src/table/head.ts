import { open } from "node:fs/promises";
import { CliError } from "../errors.js";
import { type Dialect, type DialectOptions, detectDialect, LONGEST_RECORD } from "./dialect.js";
import type { CheckPiece } from "./gzip.js";

/** What is looked at first; enough for all but the widest headers. */
const FIRST_LOOK = 256 * 1024;

/**
 * Reads as much of a delimited file of UTF-8 as its header and some records below it need, and finds the
 * delimiter and the names of the columns. Time and memory grow in proportion to the header.
 *
 * @param file how the user calls it, for messages
 * @throws CliError if the first record is longer than the longest record, or holds too many columns
 */
export async function readDialect(file: string, path: string, options?: DialectOptions): Promise<Dialect> {
  const handle = await open(path, "r");
  try {
    for (let size = FIRST_LOOK; size <= LONGEST_RECORD; size *= 2) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, 0);
      const bytes = buffer.subarray(0, bytesRead);
      const cut = bytesRead === size;
      if (cut && !hasLineEnd(bytes)) continue;
      // Without a flush, a character that the cut goes through is left out.
      const head = new TextDecoder().decode(bytes, { stream: cut });
      const dialect = detectDialect(head, cut, options, file);
      if (!cut || dialect.firstEnds) return dialect;
    }
    throw endless(file);
  } finally {
    await handle.close();
  }
}

/** Refuses a stream of text as soon as it is clear that its first record never ends. */
export function lineEndCheck(file: string): CheckPiece {
  let looked = 0;
  let found = false;
  return (piece) => {
    if (found) return;
    found = hasLineEnd(piece);
    looked += piece.length;
    // Twice, because the text may have two bytes a character.
    if (!found && looked > 2 * LONGEST_RECORD) throw endless(file);
  };
}

function hasLineEnd(bytes: Buffer): boolean {
  return bytes.includes(0x0a) || bytes.includes(0x0d);
}

function endless(file: string): CliError {
  return new CliError(
    `${file}: its first record does not end within ${LONGEST_RECORD >> 20} MiB; a table has line ends, and quotes that are closed.`,
  );
}
