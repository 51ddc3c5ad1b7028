import type { DuckDBConnection } from "@duckdb/node-api";

/** An in-memory database that downloads nothing. */
export interface Database {
  run(sql: string): Promise<void>;
  /** All rows as arrays; for small results (names, counts, levels). */
  rows(sql: string): Promise<unknown[][]>;
  /** Streams a query whose columns are all DOUBLE without NULL into `columns`, in the order of the rows. */
  fill(sql: string, columns: readonly Float64Array[]): Promise<void>;
  /** Appends rows to a table, values in the order of its columns. */
  append(table: string, rows: Iterable<readonly (string | number | bigint | null)[]>): Promise<void>;
  close(): void;
}

const ROWS_A_TURN = 10_000;

/** Opens a database. An abort interrupts the query that is running. */
export async function openDatabase(options: { threads: number; signal?: AbortSignal }): Promise<Database> {
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(options.threads),
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
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
    fill: (sql, columns) => guarded(() => fill(connection, sql, columns, options.signal)),
    append: async (table, rows) => {
      const appender = await connection.createAppender(table);
      let appended = 0;
      for (const row of rows) {
        for (const value of row) appender.appendValue(value);
        appender.endRow();
        // Signals have their turn.
        if (++appended % ROWS_A_TURN === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      appender.closeSync();
    },
    close() {
      options.signal?.removeEventListener("abort", interrupt);
      connection.closeSync();
      instance.closeSync();
    },
  };
}

async function fill(
  connection: DuckDBConnection,
  sql: string,
  columns: readonly Float64Array[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const result = await connection.stream(sql);
  let start = 0;
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    signal?.throwIfAborted();
    for (const [index, column] of columns.entries()) {
      const vector = chunk.getColumnVector(index);
      for (let row = 0; row < chunk.rowCount; row++) column[start + row] = vector.getItem(row) as number;
    }
    start += chunk.rowCount;
  }
}

/** A string literal of SQL. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A path as a literal that matches only itself: readers take `*`, `?` and `[` as patterns. */
export function pathLiteral(path: string): string {
  return literal(path.replace(/[[*?]/g, "[$&]"));
}
