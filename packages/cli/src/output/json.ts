import type { Estimate, MutualInformation } from "infonet";
import { showUnseen } from "../text/printable.js";
import type { Cell, EstimateHead, MatrixResult } from "./result.js";

/**
 * Any value as JSON. What cannot be seen in a text is written as `\u202e`: it means the same and cannot mislead on
 * a terminal.
 */
export function toJson(value: unknown, indent?: number): string {
  const text = showUnseen(JSON.stringify(value, null, indent), escapeUnits);
  return text.replace(/[\u007f-\u009f]/g, escapeUnits);
}

/** Every code unit as `\uXXXX`: characters beyond the first 65 536 are two in JSON. */
function escapeUnits(text: string): string {
  return text.replace(/./gs, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * The matrix as JSON, line by line, one pair a line:
 * `{ file, units, seed, model, columns: [{ name, kind, missing, levels, remarks, reason }], pairs: [{ x, y, mi, interval, pValue, qValue, n, kinds, entropies, normalized, warnings } |
 * { x, y, error }] }`. `pValue` and `qValue` are null where the model has no null table; `normalized` and the entropies are null
 * where there are no levels. The head has the names of the columns that say what rows stand for, `cluster` and `counts`, where there are
 * such, `given` with the names of what all pairs are given, `series` where rows follow each other in time (`{ time, step, diff, deseason }`; pairs then have an `effectiveSize`), `screened`
 * where pairs were screened: `{ pairs, threshold, below }`, and `replicates`, how many there are; pairs then have `replicates: { n, mean,
 * sd, quantiles }`.
 */
export function* matrixJson({ pairs, ...head }: MatrixResult): Generator<string> {
  yield* jsonHead(head);
  yield* jsonPairs(pairs, 0);
  yield jsonEnd(pairs.length);
}

/** All that stands before the pairs. */
export function* jsonHead(head: Omit<MatrixResult, "pairs">): Generator<string> {
  const { file, units, seed, model, given, cluster, counts, series, screened, replicates, columns } = head;
  yield toJson({ file, units, seed, model, given, cluster, counts, series, screened, replicates }).slice(
    0,
    -1,
  );
  if (columns !== undefined) {
    yield ',"columns":[';
    for (const [index, column] of columns.entries()) yield `${index > 0 ? "," : ""}\n  ${toJson(column)}`;
    yield "\n]";
  }
  yield ',"pairs":[';
}

/** Pairs, the first of which is the one of that number among all. */
export function* jsonPairs(pairs: readonly Cell[], first: number): Generator<string> {
  for (const [index, cell] of pairs.entries()) {
    yield `${first + index > 0 ? "," : ""}\n  ${toJson(cellJson(cell))}`;
  }
}

/** What stands behind so many pairs. */
export function jsonEnd(pairs: number): string {
  return `${pairs > 0 ? "\n" : ""}]}\n`;
}

function cellJson(cell: Cell) {
  const { x, y } = cell;
  if (cell.error !== undefined) return { x, y, error: cell.error };
  const { mi, interval, pValue, qValue, n, effectiveSize, warnings } = cell;
  const p = { pValue: pValue ?? null, qValue: qValue ?? null };
  const { replicates } = cell;
  return { x, y, mi, interval, ...p, n, effectiveSize, ...levelsJson(cell), warnings, replicates };
}

/** What the columns of a pair are, and what there is to tell of them. */
function levelsJson({ kinds, entropies, normalized }: MutualInformation) {
  return { kinds, entropies: entropies.map((entropy) => entropy ?? null), normalized: normalized ?? null };
}

/** One estimate as JSON, with the same names as a pair of the matrix and the lower bound. */
export function estimateJson(head: EstimateHead, estimate: Estimate): string {
  const { file, units, seed, model, x, y, cluster, counts, series } = head;
  const { mi, interval, pValue, lowerBound, n, effectiveSize, warnings } = estimate;
  const result = {
    file,
    units,
    seed,
    model,
    x,
    y,
    cluster,
    counts,
    series,
    mi,
    interval,
    pValue: pValue ?? null,
    lowerBound,
    n,
    effectiveSize,
    ...levelsJson(estimate),
    warnings,
  };
  return `${toJson(result, 2)}\n`;
}
