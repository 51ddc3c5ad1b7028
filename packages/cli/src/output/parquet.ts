import { createReadStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { literal, openDatabase, type Value } from "../table/database.js";
import { temporaryPath } from "../temporary.js";
import { type OutputColumn, outputColumns, outputRows } from "./csv.js";
import type { MatrixResult } from "./result.js";

const TYPES: Record<OutputColumn, string> = {
  x: "VARCHAR",
  y: "VARCHAR",
  mi: "DOUBLE",
  low: "DOUBLE",
  high: "DOUBLE",
  units: "VARCHAR",
  p_value: "DOUBLE",
  q_value: "DOUBLE",
  n: "BIGINT",
  warnings: "VARCHAR",
  error: "VARCHAR",
  x_kind: "VARCHAR",
  y_kind: "VARCHAR",
  x_entropy: "DOUBLE",
  y_entropy: "DOUBLE",
  normalized: "DOUBLE",
  replicates: "INTEGER",
  mean: "DOUBLE",
  sd: "DOUBLE",
  q05: "DOUBLE",
  q95: "DOUBLE",
};

/** The pairs as a Parquet file, with file, units, seed and model in its key-value metadata. */
export function matrixParquet(result: MatrixResult): Promise<Buffer> {
  return parquetFile(typesOf(result), values(result), metadataOf(result));
}

/** The same, of pairs that come some at a time and need not fit into memory. */
export function pairsParquet(
  head: Omit<MatrixResult, "pairs">,
  batches: AsyncIterable<MatrixResult["pairs"]>,
): AsyncGenerator<Uint8Array> {
  const rows = async function* () {
    for await (const pairs of batches) yield values({ ...head, pairs });
  };
  return parquetBytes(typesOf(head), rows(), metadataOf(head));
}

function typesOf(head: Omit<MatrixResult, "pairs">): Record<string, string> {
  return Object.fromEntries(outputColumns(head).map((name) => [name, TYPES[name]]));
}

function metadataOf({ file, units, seed, model }: Omit<MatrixResult, "pairs">): Record<string, string> {
  return { file, units, seed: String(seed), model };
}

/**
 * Rows as the bytes of a Parquet file.
 *
 * @param types of the columns by their names, as DuckDB calls them
 * @param rows values in the order of the columns
 * @param metadata texts by their keys
 */
export async function parquetFile(
  types: Readonly<Record<string, string>>,
  rows: Iterable<readonly Value[]>,
  metadata: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const blocks: Uint8Array[] = [];
  const batches = async function* () {
    yield rows;
  };
  for await (const block of parquetBytes(types, batches(), metadata)) blocks.push(block);
  return Buffer.concat(blocks);
}

async function* parquetBytes(
  types: Readonly<Record<string, string>>,
  batches: AsyncIterable<Iterable<readonly Value[]>>,
  metadata: Readonly<Record<string, string>>,
): AsyncGenerator<Uint8Array> {
  const folder = await temporaryPath(tmpdir());
  await mkdir(folder, { mode: 0o700 });
  const file = join(folder, "rows.parquet");
  const database = await openDatabase({ threads: 1 });
  try {
    const columns = Object.entries(types).map(([name, type]) => `"${name}" ${type}`);
    await database.run(`CREATE TABLE result (${columns.join(", ")})`);
    await database.appendAll("result", batches);
    const keys = Object.entries(metadata).map(([key, value]) => `"${key}": ${literal(value)}`);
    await database.run(
      `COPY result TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${keys.join(", ")}})`,
    );
    yield* createReadStream(file, { highWaterMark: 1 << 20 });
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function* values(result: MatrixResult): Generator<Value[]> {
  const columns = outputColumns(result);
  for (const row of outputRows(result)) {
    yield columns.map((name) => (name === "n" ? bigint(row.n) : row[name]));
  }
}

function bigint(value: string | number | null): bigint | null {
  return value === null ? null : BigInt(value);
}
