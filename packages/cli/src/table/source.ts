import { createWriteStream, type Stats } from "node:fs";
import { open, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { CliError, UsageError } from "../errors.js";
import type { Database } from "./database.js";
import { openDelimited } from "./delimited.js";
import { isGzip, unpackGzip } from "./gzip.js";
import { lineEndCheck } from "./head.js";
import { openJson } from "./json.js";
import { openParquet } from "./parquet.js";
import type { Source } from "./relation.js";
import type { Scratch } from "./scratch.js";
import { isZstd, unpackZstd } from "./zstd.js";

/** How a file is read. */
export type FileFormat = "csv" | "parquet" | "json" | "arrow";

/** How a file is opened. */
export interface OpenOptions {
  /** False if the first row holds data. */
  header?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** The name that stands for standard input. */
export const STANDARD_INPUT = "-";

/** A copy of standard input, because a table is read more than once. */
async function copyOfInput(scratch: Scratch, signal?: AbortSignal): Promise<string> {
  if (process.stdin.isTTY) {
    throw new UsageError("- is standard input, and that is a terminal; send a table to it, or name a file.");
  }
  const copy = await scratch.file("input");
  await pipeline(process.stdin, createWriteStream(copy), { signal });
  return copy;
}

/** Enough to know a file by. */
const HEAD_BYTES = 4096;

/**
 * Opens a table. The format follows the file's ending (`.csv .tsv .parquet .json .ndjson .arrow …`, also with
 * `.gz` and `.zst`); where the ending says nothing, the first bytes do. Compressed files are unpacked into the scratch
 * folder first.
 *
 * @throws CliError, one line, for whatever is wrong with the file
 */
export async function openSource(
  database: Database,
  file: string,
  scratch: Scratch,
  { header, signal }: OpenOptions = {},
): Promise<Source> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(file)) {
    throw new CliError(
      `${file} is an address, and nothing is fetched from the network; download it and name the file.`,
    );
  }
  const path = file === STANDARD_INPUT ? await copyOfInput(scratch, signal) : resolve(file);
  let head = await readHead(file, path);
  refuseForeign(file, head);
  let format = detectFormat(path, head);
  let unpacked = path;
  try {
    const unpack = isGzip(head) ? unpackGzip : isZstd(head) ? unpackZstd : undefined;
    if (unpack !== undefined) {
      unpacked = await scratch.file("unpacked");
      const check = format === "csv" ? lineEndCheck(file) : undefined;
      await unpack(file, path, unpacked, check, signal);
      head = await readHead(file, unpacked);
      if (isGzip(head) || isZstd(head)) throw new CliError(`${file} was compressed twice; unpack it once.`);
      refuseForeign(file, head);
      format = detectFormat(path, head);
    }
    if (format === "parquet") return await openParquet(database, unpacked);
    if (format === "arrow") {
      // Few files are of Arrow: its reader is loaded for them alone.
      const { openArrow } = await import("./arrow.js");
      return await openArrow(database, file, unpacked);
    }
    if (format === "json") return await openJson(database, file, unpacked, scratch, signal);
    return await openDelimited(database, file, unpacked, scratch, { header, signal });
  } catch (error) {
    // Streams end with an error of their own; what counts is why they were ended.
    signal?.throwIfAborted();
    if (error instanceof CliError) throw error;
    throw causeOf(error, file, format);
  }
}

/**
 * Makes sure that a file stays the same while it is read, because it is read more than once. Gives the check
 * to make afterwards.
 */
export async function watchFile(file: string): Promise<() => Promise<void>> {
  if (file === STANDARD_INPUT) return async () => {};
  const look = async () => stat(resolve(file)).catch(() => undefined);
  const before = await look();
  return async () => {
    if (sameFile(before, await look())) return;
    throw new CliError(`${file} changed while it was read; run again when it is at rest.`);
  };
}

function sameFile(a: Stats | undefined, b: Stats | undefined): boolean {
  return a?.ino === b?.ino && a?.size === b?.size && a?.mtimeMs === b?.mtimeMs;
}

/** The cause of a failure of the system or the database, in one line. */
export function causeOf(error: unknown, file: string, format?: FileFormat): CliError {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new CliError(
      `${file} needs more room for a temporary copy than there is; set TMPDIR to a folder with more.`,
    );
  }
  const text = error instanceof Error ? error.message : String(error);
  if (code !== undefined && /\bmkdir\b/.test(text)) {
    return new CliError(
      `${file} needs a temporary copy, and no folder for it can be made (${code}); set TMPDIR to one that can be written to.`,
    );
  }
  if (/^Out of Memory Error/.test(text)) {
    return new CliError(`${file} needs more memory than there is; name fewer columns or rows.`);
  }
  const as = format === undefined ? "" : ` as ${format.toUpperCase()}`;
  return new CliError(`${file} cannot be read${as}: ${firstSentence(text)}`);
}

/** Files that a table is often kept in and that are not read here: first bytes, name, remedy. */
const REFUSED: readonly [string, string][] = [
  ["\xd0\xcf\x11\xe0", "an old spreadsheet or document; save the table in it as CSV or Parquet"],
  ["BZh", "compressed with bzip2; unpack it, or compress it with gzip or zstd"],
  ["\xfd7zXZ", "compressed with xz; unpack it, or compress it with gzip or zstd"],
  ["FEA1", "a Feather file of version 1; save the table as Feather of version 2, or as Parquet"],
  ["ORC", "an ORC file; save the table as Parquet"],
  ["\x89HDF", "an HDF5 file; save the table in it as CSV or Parquet"],
  ["\x93NUMPY", "an array of NumPy; save it as CSV or Parquet"],
  ["MATLAB 5.0", "a file of MATLAB; save the table in it as CSV"],
  ["$FL2", "a file of SPSS; save the table as CSV"],
  ["$FL3", "a file of SPSS; save the table as CSV"],
  ["<stata_dta>", "a file of Stata; save the table as CSV"],
  ["\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81`", "a file of SAS; save the table as CSV"],
  ["RDX", "a file of R; write the table with write.csv"],
  ["X\n\0\0\0", "a file of R; write the table with write.csv"],
  ["%PDF-", "a PDF; copy the table in it into a spreadsheet and save it as CSV"],
  ["<!DOCTYPE", "a page; save the table in it as CSV"],
  ["<!doctype", "a page; save the table in it as CSV"],
  ["<html", "a page; save the table in it as CSV"],
  ["<?xml", "XML; save the table in it as CSV"],
  ["{\\rtf", "a document; save the table in it as CSV"],
  ["SQLite format 3", "a database of SQLite; write a table of it with sqlite3 -header -csv FILE 'SELECT …'"],
  ["PARE", "an encrypted Parquet file; write it without encryption"],
  ["Obj\x01", "an Avro file; save the table as Parquet"],
  ["\x04\x22\x4d\x18", "compressed with lz4; unpack it, or compress it with gzip or zstd"],
  ["\xff\x06\0\0sNaPpY", "compressed with Snappy; unpack it, or compress it with gzip or zstd"],
  ["7z\xbc\xaf", "an archive of 7-Zip; unpack it and name the table in it"],
  ["Rar!", "an archive of RAR; unpack it and name the table in it"],
  ["\x80\x04\x95", "a pickle of Python; write the table with to_csv or to_parquet"],
  ["\x80\x05\x95", "a pickle of Python; write the table with to_csv or to_parquet"],
];

/** What a file is whose first bytes do not tell. */
function foreignInside(head: Buffer): string | undefined {
  const text = head.toString("latin1");
  if (text.startsWith("PK\x03\x04")) {
    if (/\[Content_Types\]\.xml|_rels\/|\bxl\/|vnd\.oasis\.opendocument/.test(text)) {
      return "a spreadsheet or an office document; save the sheet with the table as CSV";
    }
    return "a ZIP archive; unpack it and name the table in it";
  }
  if (text.startsWith("DUCK", 8)) {
    return "a database of DuckDB; write a table of it with COPY … TO 'table.parquet'";
  }
  return text.startsWith("ustar", 257) ? "a tar archive; unpack it and name the table in it" : undefined;
}

async function readHead(file: string, path: string): Promise<Buffer> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new CliError(`${file} does not exist; check the path.`);
    throw new CliError(`${file} cannot be opened (${error.code}); check the path and its permissions.`);
  });
  if (info.isDirectory()) throw new CliError(`${file} is a folder; name one file in it.`);
  if (info.size === 0 && info.isFile()) {
    throw new CliError(`${file} is empty (0 bytes); a table with a header and rows is needed.`);
  }
  if (!info.isFile()) {
    throw new CliError(
      `${file} is not a regular file; save the data to a file first, because it is read twice.`,
    );
  }
  const handle = await open(path, "r").catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`${file} cannot be opened (${error.code}); check its permissions.`);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function refuseForeign(file: string, head: Buffer): void {
  const start = head.toString("latin1", 0, 16);
  const known = REFUSED.find(([bytes]) => start.startsWith(bytes));
  const what = known ? known[1] : foreignInside(head);
  if (what !== undefined) throw new CliError(`${file} is ${what}.`);
}

/** The endings of compressed files. */
export const COMPRESSED = /\.(?:gz|zst|zstd)$/i;

/** The format from the ending, else from the first bytes. */
export function detectFormat(path: string, head: Buffer): FileFormat {
  if (head.subarray(0, 4).toString("latin1") === "PAR1") return "parquet";
  if (head.subarray(0, 6).toString("latin1") === "ARROW1") return "arrow";
  const name = path.toLowerCase().replace(COMPRESSED, "");
  // A stream of Arrow has no name in it: a mark, and the length of a schema.
  if (head.length > 8 && head.readInt32LE(0) === -1 && head.readInt32LE(4) > 0) return "arrow";
  if (/\.(parquet|pq)$/.test(name)) return "parquet";
  if (/\.(json|ndjson|jsonl|geojson)$/.test(name)) return "json";
  if (/\.(csv|tsv|tab|txt)$/.test(name)) return "csv";
  return /^(\xef\xbb\xbf)?\s*[[{]/.test(head.toString("latin1")) ? "json" : "csv";
}

/** The part of a message of the database that tells the cause. The file is named before it, by its own name. */
function firstSentence(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (lines[0] ?? text)
    .replace(/^[A-Z]\w+ (\w+ )?Error: /, "")
    .replace(/Failed to read file "[^"]*": /, "")
    .replace(/ (in|at end of) file ["'][^"']*["'],?/, "")
    .trim();
}
