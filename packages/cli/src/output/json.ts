import type { Estimate, Units } from "infonet";
import type { Cell, MatrixResult } from "./result.js";

/**
 * The matrix as JSON, one pair a line:
 * `{ file, units, seed, model, pairs: [{ x, y, mi, interval, pValue, qValue, n, warnings } | { x, y, error }] }`.
 * `pValue` and `qValue` are null where the model has no null table.
 */
export function matrixJson(result: MatrixResult): string {
  const { file, units, seed, model } = result;
  const head = JSON.stringify({ file, units, seed, model }).slice(0, -1);
  const pairs = result.pairs.map((cell) => `\n  ${JSON.stringify(cellJson(cell))}`);
  return `${head},"pairs":[${pairs.join(",")}${pairs.length > 0 ? "\n" : ""}]}\n`;
}

function cellJson(cell: Cell) {
  const { x, y } = cell;
  if (cell.error !== undefined) return { x, y, error: cell.error };
  const { mi, interval, pValue, qValue, n, warnings } = cell;
  return { x, y, mi, interval, pValue: pValue ?? null, qValue: qValue ?? null, n, warnings };
}

/** One estimate as JSON, with the same names as a pair of the matrix and the lower bound. */
export function estimateJson(
  head: { file: string; units: Units; seed: number; model: string; x: string; y: string },
  estimate: Estimate,
): string {
  const { file, units, seed, model, x, y } = head;
  const { mi, interval, pValue, lowerBound, n, warnings } = estimate;
  const result = {
    file,
    units,
    seed,
    model,
    x,
    y,
    mi,
    interval,
    pValue: pValue ?? null,
    lowerBound,
    n,
    warnings,
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}
