/**
 * The result of a shard: a Parquet file whose name has the hash of its content. It is there whole or not at all, and a file that was
 * damaged later is known by its name; two workers that do the same shard write the same file.
 */

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DependenceMatrix, MatrixCell, Warning } from "infonet";
import { parquetFile } from "../output/parquet.js";
import type { Value } from "../table/database.js";

/** What a shard found. */
export interface ShardResult extends Pick<DependenceMatrix, "pairs" | "screened"> {
  /** What replicates gave: the number of each, and its pairs. */
  replicates?: readonly { replicate: number; pairs: readonly MatrixCell[] }[];
}

const TYPES = {
  x: "INTEGER",
  y: "INTEGER",
  mi: "DOUBLE",
  low: "DOUBLE",
  high: "DOUBLE",
  p_value: "DOUBLE",
  n: "DOUBLE",
  x_kind: "VARCHAR",
  y_kind: "VARCHAR",
  x_entropy: "DOUBLE",
  y_entropy: "DOUBLE",
  normalized: "DOUBLE",
  warnings: "VARCHAR",
  error: "VARCHAR",
  code: "VARCHAR",
} as const;
type Row = Record<keyof typeof TYPES, Value>;
/** Columns of the file, but for that of replicates, which is there where there are such. */
export const SHARD_COLUMNS = Object.keys(TYPES) as (keyof Row)[];

/** Hexadecimal digits of the hash in a name. */
const DIGITS = 16;
const NAME = /^(\d+)-([0-9a-f]{16})\.parquet$/;

/** A file of a shard. */
export interface ShardFile {
  path: string;
  hash: string;
}

/**
 * The files of finished shards, by their numbers; a shard may have several, one of which was damaged or comes from another machine.
 *
 * @param folder need not be there
 */
export async function shardFiles(folder: string): Promise<Map<number, ShardFile[]>> {
  const names = await readdir(folder).catch(() => []);
  const files = new Map<number, ShardFile[]>();
  for (const name of names.sort()) {
    const [, number, hash] = NAME.exec(name) ?? [];
    if (number === undefined) continue;
    const shard = Number(number);
    files.set(shard, [...(files.get(shard) ?? []), { path: join(folder, name), hash }]);
  }
  return files;
}

/** Whether a file holds what was written. */
export async function isWhole({ path, hash }: ShardFile): Promise<boolean> {
  const bytes = await readFile(path).catch(() => undefined);
  return bytes !== undefined && hashOf(bytes) === hash;
}

/** A result as bytes, and the name of their file. */
export async function shardBytes(
  shard: number,
  { pairs, screened, replicates }: ShardResult,
  placeOf: (column: string) => number,
): Promise<{ name: string; bytes: Buffer }> {
  const rows = function* () {
    for (const cell of pairs) {
      const row = rowOf(cell, placeOf);
      yield [...SHARD_COLUMNS.map((name) => row[name]), ...(replicates ? [0] : [])];
    }
    for (const { replicate, pairs: again } of replicates ?? []) {
      for (const cell of again) {
        // Of a replicate, nothing but the estimate is of use.
        const row = {
          ...NOTHING,
          x: placeOf(cell.x),
          y: placeOf(cell.y),
          mi: cell.error === undefined ? cell.mi : null,
        };
        yield [...SHARD_COLUMNS.map((name) => row[name]), replicate];
      }
    }
  };
  const types = replicates === undefined ? TYPES : { ...TYPES, replicate: "INTEGER" };
  const metadata = { shard: String(shard), ...(screened && { screened: JSON.stringify(screened) }) };
  const bytes = await parquetFile(types, rows(), metadata);
  return { name: `${String(shard).padStart(6, "0")}-${hashOf(bytes)}.parquet`, bytes };
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, DIGITS);
}

const NOTHING = Object.fromEntries(SHARD_COLUMNS.map((name) => [name, null])) as Row;

function rowOf(cell: MatrixCell, placeOf: (column: string) => number): Row {
  const pair = { ...NOTHING, x: placeOf(cell.x), y: placeOf(cell.y) };
  if (cell.error !== undefined) return { ...pair, error: cell.error, code: cell.code };
  const { mi, interval, pValue, n, kinds, entropies, normalized, warnings } = cell;
  return {
    ...pair,
    mi,
    low: interval[0],
    high: interval[1],
    p_value: pValue ?? null,
    n,
    x_kind: kinds[0],
    y_kind: kinds[1],
    x_entropy: entropies[0] ?? null,
    y_entropy: entropies[1] ?? null,
    normalized: normalized ?? null,
    warnings: warnings.length > 0 ? JSON.stringify(warnings) : null,
  };
}

/** A row as it is read: what is not there is null. */
type ReadRow = Record<keyof Row, never>;

/** A pair of a row of the file, its values in the order of {@link SHARD_COLUMNS}. */
export function cellOfRow(values: readonly unknown[], columns: readonly string[]): MatrixCell {
  const row = Object.fromEntries(SHARD_COLUMNS.map((name, at) => [name, values[at]])) as ReadRow;
  const names = { x: columns[row.x], y: columns[row.y] };
  if (row.error !== null) return { ...names, error: row.error, code: row.code };
  const value = (name: keyof Row): number | undefined => row[name] ?? undefined;
  return {
    ...names,
    mi: row.mi,
    interval: [row.low, row.high],
    pValue: value("p_value"),
    n: row.n,
    kinds: [row.x_kind, row.y_kind],
    entropies: [value("x_entropy"), value("y_entropy")],
    normalized: value("normalized"),
    warnings: row.warnings === null ? [] : (JSON.parse(row.warnings) as Warning[]),
  };
}
