/** JSON: a list of records, one record a line, or an object of columns. */
import { CliError } from "@infonet/cli/errors.js";
import { type TextTable, TextTableBuilder } from "./text-table.js";

/** @throws CliError if it is none of these */
export function readJson(file: string, text: string): TextTable {
  const value = parse(file, text);
  const records = Array.isArray(value) ? value : recordsOf(value);
  if (records === undefined || !records.every(isRecord)) {
    throw new CliError(`${file} holds no table; write a list of records, or one record a line.`);
  }
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const builder = new TextTableBuilder(names);
  for (const record of records) builder.add(names.map((name) => textOf(record[name])));
  return builder.table(file, {});
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    try {
      return lines.map((line) => JSON.parse(line));
    } catch {
      throw new CliError(`${file} is not JSON (${error instanceof Error ? error.message : error}); mend it.`);
    }
  }
}

/** The rows of an object of columns of equal length. */
function recordsOf(value: unknown): Record<string, unknown>[] | undefined {
  if (!isRecord(value)) return undefined;
  const columns = Object.entries(value);
  const rows = columns.every(([, column]) => Array.isArray(column))
    ? new Set(columns.map(([, column]) => (column as unknown[]).length))
    : new Set<number>();
  if (rows.size !== 1) return undefined;
  const [length] = rows;
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(columns.map(([name, column]) => [name, (column as unknown[])[row]])),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
