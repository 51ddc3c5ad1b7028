import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import type * as DuckDB from "@duckdb/node-api";
import { removeAtExit, temporaryPath } from "../temporary.js";

/** A value of a row to append. */
export type Value = string | number | bigint | null;

/** An in-memory database that downloads nothing. */
export interface Database {
  run(sql: string): Promise<void>;
  /** All rows as arrays; for small results (names, counts, levels). */
  rows(sql: string): Promise<unknown[][]>;
  /**
   * Streams a query whose columns are all DOUBLE without NULL into `columns`: the first column of the query is
   * the row that the others belong to. The order of the result is nobody's promise: a join that the optimizer
   * puts in is enough for threads to shuffle it.
   */
  fill(sql: string, columns: readonly Float64Array[]): Promise<void>;
  /** Streams the rows of a query whose columns are all numbers without NULL, in any order. */
  each(sql: string, take: (values: readonly number[]) => void): Promise<void>;
  /** The rows of a query, some at a time: they need not fit into memory. Its columns are texts, doubles and integers of 32 bits. */
  chunks(sql: string): AsyncGenerator<unknown[][]>;
  /** Appends rows to a table, values in the order of its columns. */
  append(table: string, rows: Iterable<readonly Value[]>): Promise<void>;
  /** Appends batches of rows as they come. */
  appendAll(table: string, batches: AsyncIterable<Iterable<readonly Value[]>>): Promise<void>;
  /** Appends rows whose columns come one value after the other, null where there is none. */
  appendColumns(table: string, rows: number, columns: readonly (() => unknown)[]): Promise<void>;
  close(): void;
}

/** `import` would look through its hundreds of CommonJS files for names first, which takes as long as loading them. */
const load = createRequire(import.meta.url);

/** Opens a database. An abort interrupts the query that is running. */
export async function openDatabase(options: { threads: number; signal?: AbortSignal }): Promise<Database> {
  const { DuckDBInstance } = load("@duckdb/node-api") as typeof DuckDB;
  // Made by the database only if memory runs out. Its default lies in the folder that the command was called in.
  const spill = await temporaryPath(tmpdir());
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(options.threads),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    // Tables keep the rows in the order of the file, for any number of threads.
    preserve_insertion_order: "true",
    temp_directory: spill,
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const release = removeAtExit(spill);
  const interrupt = () => connection.interrupt();
  options.signal?.addEventListener("abort", interrupt);
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    options.signal?.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      options.signal?.throwIfAborted();
      throw error;
    }
  };
  return {
    run: (sql) => guarded(async () => void (await connection.run(sql))),
    rows: (sql) => guarded(async () => (await connection.runAndReadAll(sql)).getRowsJS()),
    fill: (sql, columns) => guarded(() => fill(connection, sql, columns)),
    each: (sql, take) => guarded(() => each(connection, sql, take)),
    async *chunks(sql) {
      const result = await guarded(() => connection.stream(sql));
      for (;;) {
        const chunk = await guarded(() => result.fetchChunk());
        if (chunk === null || chunk.rowCount === 0) return;
        yield chunk.getRows() as unknown[][];
      }
    },
    append: (table, rows) => guarded(() => append(connection, table, [rows])),
    appendAll: (table, batches) => guarded(() => append(connection, table, batches)),
    appendColumns: (table, rows, columns) =>
      guarded(() => appendColumns(connection, table, rows, columns, options.signal)),
    close() {
      options.signal?.removeEventListener("abort", interrupt);
      connection.closeSync();
      instance.closeSync();
      rmSync(spill, { recursive: true, force: true });
      release();
    },
  };
}

async function fill(
  connection: DuckDB.DuckDBConnection,
  sql: string,
  columns: readonly Float64Array[],
): Promise<void> {
  await each(connection, sql, (values) => {
    for (let k = 0; k < columns.length; k++) columns[k][values[0]] = values[k + 1];
  });
}

async function each(
  connection: DuckDB.DuckDBConnection,
  sql: string,
  take: (values: readonly number[]) => void,
): Promise<void> {
  const result = await connection.stream(sql);
  const values: number[] = Array.from({ length: result.columnCount }, () => 0);
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    const vectors = values.map((_, index) => chunk.getColumnVector(index));
    for (let row = 0; row < chunk.rowCount; row++) {
      for (let index = 0; index < vectors.length; index++) {
        values[index] = vectors[index].getItem(row) as number;
      }
      take(values);
    }
  }
}

/** Rows that the database takes at a time: value by value takes longer. */
const CHUNK = 2048;
/** Chunks after which signals have their turn. */
const CHUNKS_A_TURN = 8;

/** Fills a table chunk by chunk. `add` takes the values of every column, as many as the chunk has rows. */
async function inChunks(
  connection: DuckDB.DuckDBConnection,
  table: string,
  fill: (add: (columns: readonly (readonly unknown[])[]) => Promise<void>, width: number) => Promise<void>,
): Promise<void> {
  const { DuckDBDataChunk } = load("@duckdb/node-api") as typeof DuckDB;
  const appender = await connection.createAppender(table);
  const types = Array.from({ length: appender.columnCount }, (_, k) => appender.columnType(k));
  let chunks = 0;
  try {
    await fill(async (columns) => {
      const chunk = DuckDBDataChunk.create(types, columns[0].length);
      for (const [k, values] of columns.entries()) chunk.setColumnValues(k, values as DuckDB.DuckDBValue[]);
      appender.appendDataChunk(chunk);
      if (++chunks % CHUNKS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
    }, types.length);
  } finally {
    appender.closeSync();
  }
}

function append(
  connection: DuckDB.DuckDBConnection,
  table: string,
  batches: AsyncIterable<Iterable<readonly Value[]>> | Iterable<Iterable<readonly Value[]>>,
): Promise<void> {
  return inChunks(connection, table, async (add, width) => {
    let columns: Value[][] = Array.from({ length: width }, () => []);
    for await (const batch of batches) {
      for (const row of batch) {
        for (let k = 0; k < width; k++) columns[k].push(row[k]);
        if (columns[0].length < CHUNK) continue;
        await add(columns);
        columns = columns.map(() => []);
      }
    }
    if (columns[0].length > 0) await add(columns);
  });
}

function appendColumns(
  connection: DuckDB.DuckDBConnection,
  table: string,
  rows: number,
  columns: readonly (() => unknown)[],
  signal?: AbortSignal,
): Promise<void> {
  return inChunks(connection, table, async (add) => {
    for (let from = 0; from < rows; from += CHUNK) {
      const length = Math.min(CHUNK, rows - from);
      await add(columns.map((next) => Array.from({ length }, next)));
      signal?.throwIfAborted();
    }
  });
}

/** A string literal of SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path as a literal that matches only itself: readers take `*`, `?` and `[` as patterns. */
export function pathLiteral(path: string): string {
  return literal(path.replace(/[[*?]/g, "[$&]"));
}
