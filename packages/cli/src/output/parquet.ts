import { mkdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { literal, openDatabase, type Value } from "../table/database.js";
import { temporaryPath } from "../temporary.js";
import { OUTPUT_COLUMNS, outputRows } from "./csv.js";
import type { MatrixResult } from "./result.js";

const TYPES: Record<(typeof OUTPUT_COLUMNS)[number], string> = {
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
};

/** The pairs as a Parquet file, with file, units, seed and model in its key-value metadata. */
export function matrixParquet(result: MatrixResult): Promise<Buffer> {
  const { file, units, seed, model } = result;
  return parquetFile(TYPES, values(result), { file, units, seed: String(seed), model });
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
  const folder = await temporaryPath(tmpdir());
  await mkdir(folder, { mode: 0o700 });
  const file = join(folder, "rows.parquet");
  const database = await openDatabase({ threads: 1 });
  try {
    const columns = Object.entries(types).map(([name, type]) => `"${name}" ${type}`);
    await database.run(`CREATE TABLE result (${columns.join(", ")})`);
    await database.append("result", rows);
    const keys = Object.entries(metadata).map(([key, value]) => `"${key}": ${literal(value)}`);
    await database.run(
      `COPY result TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${keys.join(", ")}})`,
    );
    return await readFile(file);
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function* values(result: MatrixResult): Generator<Value[]> {
  for (const row of outputRows(result)) {
    yield OUTPUT_COLUMNS.map((name) => (name === "n" ? bigint(row.n) : row[name]));
  }
}

function bigint(value: string | number | null): bigint | null {
  return value === null ? null : BigInt(value);
}
