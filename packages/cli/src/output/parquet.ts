import { mkdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { literal, openDatabase } from "../table/database.js";
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
export async function matrixParquet(result: MatrixResult): Promise<Buffer> {
  const folder = await temporaryPath(tmpdir());
  await mkdir(folder, { mode: 0o700 });
  const file = join(folder, "pairs.parquet");
  const database = await openDatabase({ threads: 1 });
  try {
    const columns = OUTPUT_COLUMNS.map((name) => `${name} ${TYPES[name]}`).join(", ");
    await database.run(`CREATE TABLE pairs (${columns})`);
    await database.append("pairs", values(result));
    const { units, seed, model } = result;
    const metadata = Object.entries({ file: result.file, units, seed: String(seed), model })
      .map(([key, value]) => `${key}: ${literal(value)}`)
      .join(", ");
    await database.run(
      `COPY pairs TO ${literal(file)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${metadata}})`,
    );
    return await readFile(file);
  } finally {
    database.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function* values(result: MatrixResult): Generator<(string | number | bigint | null)[]> {
  for (const row of outputRows(result)) {
    yield OUTPUT_COLUMNS.map((name) => (name === "n" ? bigint(row.n) : row[name]));
  }
}

function bigint(value: string | number | null): bigint | null {
  return value === null ? null : BigInt(value);
}
