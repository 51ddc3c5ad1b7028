/** The tables of a model: what was measured of its weights, and its heads. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  checkCalibration,
  checkCounts,
  checkLevels,
  checkNull,
  checkRows,
  type ModelFile,
} from "infonet/internal/release";
import { enterFiles } from "../model/document.js";
import { writeModelFile } from "../model/files.js";

/** The kinds of tables, as model.json names them, and how they are checked before they are written. */
const TABLES = {
  calibration: checkCalibration,
  levels: checkLevels,
  rows: checkRows,
  null: checkNull,
  counts: checkCounts,
} as const;

/** A kind of table: factors of the interval, heads of levels beside a number and of many rows, quantiles of the estimate under independence, the head of tables of counts. */
export type TableKind = keyof typeof TABLES;

/** Names of the kinds. */
export const TABLE_KINDS = Object.keys(TABLES) as TableKind[];

/** Name of a table's file. */
export const tableFile = (kind: TableKind): string => `${kind}.json`;

/**
 * Writes a table as a file of the model.
 *
 * @returns its entry for model.json
 * @throws InfoNetError "model" if the library would refuse it
 */
export function writeTable(folder: string, kind: TableKind, table: object): Promise<ModelFile> {
  return writeModelFile(folder, tableFile(kind), `${JSON.stringify(TABLES[kind](table))}\n`);
}

/**
 * Writes a table and enters it in model.json.
 *
 * @returns name of the file
 * @throws InfoNetError "model" if the library would refuse it
 */
export async function addTable(folder: string, kind: TableKind, table: object): Promise<string> {
  const entry = await writeTable(folder, kind, table);
  await enterFiles(folder, { [kind]: entry });
  return entry.file;
}

/**
 * Refuses to take the place of a model that has tables: those of other weights would be missing from the new one.
 *
 * @throws Error if the folder holds a table
 */
export function refuseTables(folder: string): void {
  const kind = TABLE_KINDS.find((kind) => existsSync(join(folder, tableFile(kind))));
  if (kind === undefined) return;
  throw new Error(
    `${folder} holds a model with ${tableFile(kind)}, which a bare model would lack; give another folder, or replace it by npm run release-model`,
  );
}
