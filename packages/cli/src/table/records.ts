import { createReadStream } from "node:fs";
import { CliError } from "../errors.js";
import { type Dialect, LONGEST_RECORD } from "./dialect.js";
import { type DelimitedRecord, parseRecord } from "./record.js";
import { Rows } from "./rows.js";

const PIECE = 1 << 20;

/**
 * Reads the records below the header of a delimited file of UTF-8, in batches, with memory for one batch.
 * Blank lines are skipped, except where the table has a single column and they are missing values.
 *
 * @param file how the user calls it, for messages
 * @throws CliError, naming the row, where a quote swallows rows or a record is longer than the longest
 */
export async function* readRecords(
  file: string,
  path: string,
  dialect: Dialect,
  signal?: AbortSignal,
): AsyncGenerator<string[][]> {
  const rows = new Rows(file, dialect);
  for await (const batch of readAll(path, dialect, () => `row ${rows.row}`, file, signal)) {
    yield rows.of(batch);
  }
}

async function* readAll(
  path: string,
  { delimiter, quote }: Dialect,
  where: () => string,
  file: string,
  signal?: AbortSignal,
): AsyncGenerator<DelimitedRecord[]> {
  let text = "";
  let first = true;
  // A record that is not whole is looked at again only when twice as much is there: linear time.
  let enough = 0;
  for await (const piece of createReadStream(path, { encoding: "utf8", highWaterMark: PIECE, signal })) {
    text += first ? (piece as string).replace(/^\ufeff/, "") : (piece as string);
    first = false;
    if (text.length < enough) continue;
    const records: DelimitedRecord[] = [];
    let at = 0;
    while (at < text.length) {
      const record = parseRecord(text, at, delimiter, Number.POSITIVE_INFINITY, quote);
      // Up to the end of the text, more may belong to it (the line feed behind a carriage return, too).
      if (record.end === text.length) break;
      records.push(record);
      at = record.end;
    }
    text = text.slice(at);
    enough = at === 0 ? Math.min(2 * text.length, LONGEST_RECORD + 1) : 0;
    yield records;
    if (text.length > LONGEST_RECORD) {
      throw new CliError(
        `${file}: ${where()} does not end within ${LONGEST_RECORD >> 20} MiB; look for a quote in it that is never closed.`,
      );
    }
  }
  const records: DelimitedRecord[] = [];
  for (let at = 0; at < text.length; ) {
    const record = parseRecord(text, at, delimiter, Number.POSITIVE_INFINITY, quote);
    records.push(record);
    at = record.end;
  }
  yield records;
}
