/**
 * The result of a shard: a Parquet file whose name has the hash of its content. It is there whole or not at all, and a file that was
 * damaged later is known by its name; two workers that do the same shard write the same file.
 */

import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DependenceMatrix, MatrixCell, SideKind, Warning } from "infonet";
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

type FailureCode = Extract<MatrixCell, { error: string }>["code"];

/** Where the values of a row stand. */
const AT = Object.fromEntries(SHARD_COLUMNS.map((name, at) => [name, at])) as Record<keyof Row, number>;

/**
 * A pair of a row of the file, its values in the order of {@link SHARD_COLUMNS}; what is not there is null.
 *
 * @param qValue of the pair among all
 */
export function cellOfRow(
  row: readonly unknown[],
  columns: readonly string[],
  qValue: number | undefined,
): MatrixCell {
  const text = (name: keyof Row) => row[AT[name]] as string | null;
  const number = (name: keyof Row) => row[AT[name]] as number;
  const maybe = (name: keyof Row) => (row[AT[name]] ?? undefined) as number | undefined;
  const [x, y] = [columns[number("x")], columns[number("y")]];
  const error = text("error");
  if (error !== null) return { x, y, error, code: text("code") as FailureCode };
  const warnings = text("warnings");
  return {
    x,
    y,
    mi: number("mi"),
    interval: [number("low"), number("high")],
    pValue: maybe("p_value"),
    qValue,
    n: number("n"),
    kinds: [text("x_kind"), text("y_kind")] as [SideKind, SideKind],
    entropies: [maybe("x_entropy"), maybe("y_entropy")],
    normalized: maybe("normalized"),
    warnings: warnings === null ? [] : (JSON.parse(warnings) as Warning[]),
  };
}
