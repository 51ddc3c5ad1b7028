import { quoteField } from "../table/record.js";
import type { MatrixResult } from "./result.js";

/** Columns of the CSV and Parquet outputs, in order. */
export const OUTPUT_COLUMNS = [
  "x",
  "y",
  "mi",
  "low",
  "high",
  "units",
  "p_value",
  "q_value",
  "n",
  "warnings",
  "error",
] as const;

/** One row of the CSV and Parquet outputs. */
export type OutputRow = Record<(typeof OUTPUT_COLUMNS)[number], string | number | null>;

/** The pairs as flat rows. Warnings are their codes, joined by blanks; what is not there is null. */
export function outputRows(result: MatrixResult): OutputRow[] {
  const { units } = result;
  return result.pairs.map((cell) => {
    const { x, y } = cell;
    if (cell.error !== undefined) {
      const none = { mi: null, low: null, high: null, p_value: null, q_value: null, n: null, warnings: null };
      return { x, y, units, ...none, error: cell.error };
    }
    const [low, high] = cell.interval;
    const warnings = cell.warnings.map((warning) => warning.code).join(" ");
    return {
      x,
      y,
      mi: cell.mi,
      low,
      high,
      units,
      p_value: cell.pValue ?? null,
      q_value: cell.qValue ?? null,
      n: cell.n,
      warnings,
      error: null,
    };
  });
}

/** The pairs as CSV (RFC 4180, but line feeds only): full precision, empty where there is no value. */
export function matrixCsv(result: MatrixResult): string {
  const lines = [OUTPUT_COLUMNS.join(",")];
  for (const row of outputRows(result)) {
    lines.push(
      OUTPUT_COLUMNS.map((name) => (row[name] === null ? "" : quoteField(String(row[name])))).join(","),
    );
  }
  return `${lines.join("\n")}\n`;
}
