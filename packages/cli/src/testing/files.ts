import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { readTable } from "../table/read.js";
import type { Table, TableColumn } from "../table/types.js";

/** A folder that is gone when the test ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "infonet-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file into a folder of its own, which is gone when the test ends, and gives its path. */
export function tempFile(name: string, content: string | Uint8Array): string {
  const path = join(tempFolder(), name);
  writeFileSync(path, content);
  return path;
}

/** Reads a table from text (or bytes) by way of a file of that name. */
export function readText(
  name: string,
  content: string | Uint8Array,
  options?: Parameters<typeof readTable>[1],
): Promise<Table> {
  return readTable(tempFile(name, content), options);
}

/** What is told of a table and its columns. */
export { allNotes as notesOf } from "../table/notes.js";

/** The usable columns of a table by name. */
export function columnsOf(table: Table): Record<string, TableColumn> {
  return Object.fromEntries(table.columns.map((column) => [column.name, column]));
}

/** The values of the usable columns by name, as plain arrays. */
export function valuesOf(table: Table): Record<string, number[]> {
  return Object.fromEntries(table.columns.map(({ name, values }) => [name, [...values]]));
}

/** The reasons for the columns that cannot be used, by name. */
export function reasonsOf(table: Table): Record<string, string> {
  return Object.fromEntries(table.unusable.map(({ name, reason }) => [name, reason]));
}
