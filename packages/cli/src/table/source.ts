import { open, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { CliError } from "../errors.js";
import { type Database, pathLiteral } from "./database.js";
import { type Dialect, detectDialect, uniqueNames } from "./dialect.js";
import { asUtf8 } from "./encoding.js";

/** How a file is read. */
export type FileFormat = "csv" | "parquet" | "json";

/** A file opened as a relation of the database, with columns `c0`, `c1`, … in file order. */
export interface Source {
  /** Name to put behind FROM. */
  relation: string;
  names: string[];
  /** DuckDB type of each column. Text columns of delimited files are always VARCHAR. */
  types: string[];
  /** True if a comma in a number is the decimal mark (the file uses semicolons between fields). */
  decimalComma: boolean;
  notes: string[];
  cleanup(): Promise<void>;
}

const HEAD_BYTES = 256 * 1024;

/**
 * Opens a table. The format follows the file's ending (`.csv .tsv .parquet .json .ndjson …`, also with
 * `.gz`); where the ending says nothing, the first bytes do.
 */
export async function openSource(database: Database, file: string, signal?: AbortSignal): Promise<Source> {
  const path = resolve(file);
  const head = await readHead(file, path);
  const format = detectFormat(path, head);
  try {
    if (format === "parquet")
      return await openTyped(database, `read_parquet(${pathLiteral(path)}, hive_partitioning=false)`, []);
    if (format === "json") return await openJson(database, file, path, isGzip(head));
    return await openDelimited(database, path, isGzip(head), signal);
  } catch (error) {
    // Streams end with an error of their own; what counts is why they were ended.
    signal?.throwIfAborted();
    if (error instanceof CliError) throw error;
    throw new CliError(`${file} cannot be read as ${format.toUpperCase()}: ${firstSentence(error)}`);
  }
}

/** Files that a table is often kept in and that are not read here: first bytes, name, remedy. */
const REFUSED: readonly [string, string][] = [
  ["PK\x03\x04", "a ZIP archive or a spreadsheet; save the table in it as CSV or Parquet"],
  ["\xd0\xcf\x11\xe0", "an old spreadsheet or document; save the table in it as CSV or Parquet"],
  ["\x28\xb5\x2f\xfd", "compressed with zstd; unpack it, or compress it with gzip"],
  ["BZh", "compressed with bzip2; unpack it, or compress it with gzip"],
  ["\xfd7zXZ", "compressed with xz; unpack it, or compress it with gzip"],
  ["ARROW1", "an Arrow file; save the table as Parquet"],
  ["SQLite format 3", "a database; export the table as CSV or Parquet"],
];

/** The ending may lie about compression; the first bytes do not. */
function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
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
    const head = buffer.subarray(0, bytesRead);
    const start = head.toString("latin1", 0, 16);
    const refused = REFUSED.find(([bytes]) => start.startsWith(bytes));
    if (refused) throw new CliError(`${file} is ${refused[1]}.`);
    return head;
  } finally {
    await handle.close();
  }
}

/** The format from the ending, else from the first bytes. */
export function detectFormat(path: string, head: Buffer): FileFormat {
  if (head.subarray(0, 4).toString("latin1") === "PAR1") return "parquet";
  const name = path.toLowerCase().replace(/\.gz$/, "");
  if (/\.(parquet|pq)$/.test(name)) return "parquet";
  if (/\.(json|ndjson|jsonl|geojson)$/.test(name)) return "json";
  if (/\.(csv|tsv|tab|txt)$/.test(name)) return "csv";
  return /^(\xef\xbb\xbf)?\s*[[{]/.test(head.toString("latin1")) ? "json" : "csv";
}

async function openTyped(database: Database, reader: string, notes: string[]): Promise<Source> {
  const description = await database.rows(`DESCRIBE SELECT * FROM ${reader}`);
  const { names, renamed } = uniqueNames(description.map((row) => String(row[0])));
  const aliases = names.map((_, index) => `c${index}`).join(", ");
  await database.run(`CREATE TEMP VIEW source AS SELECT * FROM ${reader} AS t(${aliases})`);
  return {
    relation: "source",
    names,
    types: description.map((row) => String(row[1])),
    decimalComma: false,
    notes: [...notes, ...renamed.map((change) => `column renamed: ${change}`)],
    cleanup: async () => {},
  };
}

async function openJson(
  database: Database,
  file: string,
  path: string,
  compressed: boolean,
): Promise<Source> {
  // All rows are looked at for the types, and nothing below the second level is taken apart.
  const reader = `read_json(${pathLiteral(path)}, compression='${compressed ? "gzip" : "uncompressed"}', sample_size=-1, maximum_depth=2, hive_partitioning=false)`;
  await database.run(`CREATE TEMP TABLE json_rows AS SELECT * FROM ${reader}`);
  const source = await openTyped(database, "json_rows", []);
  if (source.names.length === 1 && source.names[0] === "json") {
    throw new CliError(`${file} holds no objects; JSON must be an array of objects or one object a line.`);
  }
  const [[rows]] = (await database.rows("SELECT count(*) FROM source")) as [[bigint]];
  if (rows === 1n && source.types.every((type) => type.endsWith("[]"))) {
    // {"a": [1, 2], "b": [3, 4]}: one object of columns instead of an array of rows.
    const unnested = source.names.map((_, index) => `unnest(c${index}) AS c${index}`).join(", ");
    await database.run(`CREATE TEMP TABLE json_columns AS SELECT ${unnested} FROM source`);
    return { ...source, relation: "json_columns", types: source.types.map((type) => type.slice(0, -2)) };
  }
  return source;
}

async function openDelimited(
  database: Database,
  path: string,
  compressed: boolean,
  signal?: AbortSignal,
): Promise<Source> {
  const text = compressed ? undefined : await asUtf8(path, signal);
  const notes: string[] = [];
  if (text?.encoding) notes.push(`read as ${text.encoding} (it is not UTF-8)`);
  const readable = text?.path ?? path;
  const cleanup = text?.cleanup ?? (async () => {});
  try {
    const dialect = await dialectOf(readable, path);
    notes.push(...dialect.renamed.map((change) => `column renamed: ${change}`));
    if (!dialect.hasHeader)
      notes.push("the first row holds only numbers: no header, columns are column1, column2, …");
    await loadDelimited(database, readable, compressed, dialect, notes);
    return {
      relation: "csv_rows",
      names: dialect.names,
      types: dialect.names.map(() => "VARCHAR"),
      decimalComma: dialect.delimiter === ";",
      notes,
      cleanup,
    };
  } catch (error) {
    await cleanup();
    throw error;
  }
}

async function dialectOf(readable: string, path: string): Promise<Dialect> {
  const handle = await open(readable, "r");
  let bytes: Buffer;
  let cut: boolean;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    bytes = buffer.subarray(0, bytesRead);
    cut = bytesRead === HEAD_BYTES;
  } finally {
    await handle.close();
  }
  if (isGzip(bytes)) {
    // The end of the compressed head is missing, so tell zlib not to mind.
    bytes = gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
    cut = true;
  }
  const head = new TextDecoder().decode(bytes);
  const tabs = /\.(tsv|tab)(\.gz)?$/i.test(path);
  return detectDialect(head, cut, tabs ? "\t" : undefined);
}

/**
 * Reads a delimited file into `csv_rows`, all columns as text: types are decided afterwards from all rows, so
 * that a word in row 100 000 cannot break the reading. Rows of unequal length are mended in a second try.
 */
async function loadDelimited(
  database: Database,
  path: string,
  compressed: boolean,
  dialect: Dialect,
  notes: string[],
): Promise<void> {
  const columns = dialect.names.map((_, index) => `c${index}: 'VARCHAR'`).join(", ");
  const delimiter = dialect.delimiter === "\t" ? "'\\t'" : `'${dialect.delimiter}'`;
  const options = `auto_detect=false, compression='${compressed ? "gzip" : "none"}', skip=${dialect.skip}, delim=${delimiter}, quote='"', escape='"', header=${dialect.hasHeader}, columns={${columns}}`;
  const create = (more: string) =>
    `CREATE OR REPLACE TEMP TABLE csv_rows AS SELECT * FROM read_csv(${pathLiteral(path)}, ${options}${more})`;
  try {
    await database.run(create(""));
  } catch (error) {
    try {
      await database.run(create(", strict_mode=false, null_padding=true, parallel=false"));
    } catch {
      throw error;
    }
    notes.push(
      "some rows are shorter or longer than the header: missing fields are empty, extra ones ignored",
    );
  }
}

function firstSentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return (lines[0] ?? text).replace(/^[A-Z]\w+ (\w+ )?Error: /, "").trim();
}
