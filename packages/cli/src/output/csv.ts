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
  "x_kind",
  "y_kind",
  "x_entropy",
  "y_entropy",
  "normalized",
] as const;

/** Columns that follow where there are replicates. */
export const REPLICATE_COLUMNS = ["replicates", "mean", "sd", "q05", "q95"] as const;

/** Any of these columns. */
export type OutputColumn = (typeof OUTPUT_COLUMNS)[number] | (typeof REPLICATE_COLUMNS)[number];

/** The columns of a result. */
export function outputColumns({ replicates }: Pick<MatrixResult, "replicates">): readonly OutputColumn[] {
  return replicates === undefined ? OUTPUT_COLUMNS : [...OUTPUT_COLUMNS, ...REPLICATE_COLUMNS];
}

/** One row of the CSV and Parquet outputs. */
export type OutputRow = Record<OutputColumn, string | number | null>;

/** The pairs as flat rows, one at a time. Warnings are their codes, joined by blanks; what is not there is null. */
export function* outputRows({ units, pairs }: Pick<MatrixResult, "units" | "pairs">): Generator<OutputRow> {
  const all = [...OUTPUT_COLUMNS, ...REPLICATE_COLUMNS];
  const none = Object.fromEntries(all.map((name) => [name, null])) as OutputRow;
  for (const cell of pairs) {
    const { x, y } = cell;
    if (cell.error !== undefined) {
      yield { ...none, x, y, units, error: cell.error };
      continue;
    }
    const [low, high] = cell.interval;
    const { kinds, entropies, replicates } = cell;
    const warnings = cell.warnings.map((warning) => warning.code).join(" ");
    yield {
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
      x_kind: kinds[0],
      y_kind: kinds[1],
      x_entropy: entropies[0] ?? null,
      y_entropy: entropies[1] ?? null,
      normalized: cell.normalized ?? null,
      replicates: replicates?.n ?? null,
      mean: replicates?.mean ?? null,
      sd: replicates?.sd ?? null,
      q05: replicates?.quantiles[0] ?? null,
      q95: replicates?.quantiles[1] ?? null,
    };
  }
}

/**
 * The pairs as CSV (RFC 4180, but line feeds only), line by line: full precision, empty where there is no value.
 * Names stay what they are, also such as a spreadsheet takes for a formula: these are quoted, no more.
 */
export function* matrixCsv(result: MatrixResult): Generator<string> {
  yield csvHeader(result);
  yield* csvLines(result);
}

/** The line of names. */
export function csvHeader(result: Pick<MatrixResult, "replicates">): string {
  return `${outputColumns(result).join(",")}\n`;
}

/** The lines of pairs. */
export function* csvLines(result: Pick<MatrixResult, "units" | "pairs" | "replicates">): Generator<string> {
  const columns = outputColumns(result);
  for (const row of outputRows(result)) yield `${columns.map((name) => field(row[name])).join(",")}\n`;
}

function field(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  return /^[=+\-@]/.test(value) ? `"${value.replaceAll('"', '""')}"` : quoteField(value);
}
