import type { Units } from "infonet";
import {
  type Estimated,
  type Failed,
  isEstimated,
  isFailed,
  type MatrixResult,
  pairKeys,
} from "../output/result.js";
import type { Table, TableColumn } from "../table/types.js";
import { correlationEquivalent, fixed, formatP } from "../text/numbers.js";

/** Ranked pairs shown at most; a page of thousands of rows helps nobody, the CSV output has them all. */
export const MOST_RANKED = 200;

/** What all parts of the report draw from. */
export interface View {
  table: Table;
  units: Units;
  seed: number;
  model: string;
  /** Every pair that was asked for has one of these; all pairs were where there are none. */
  targets: readonly string[] | undefined;
  /** Strongest first. */
  estimated: Estimated[];
  failed: Failed[];
  /** False where the model has no null table: then no p-values are shown at all. */
  hasP: boolean;
  column(name: string): TableColumn;
  /** Position in the ranking, or -1. */
  rank(x: string, y: string): number;
  cell(x: string, y: string): Estimated | undefined;
  /** Why a pair has no number. */
  reason(x: string, y: string): string | undefined;
}

/** Sorts out a result for the report. */
export function viewOf(result: MatrixResult, table: Table): View {
  const estimated = result.pairs.filter(isEstimated);
  const failed = result.pairs.filter(isFailed);
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const keyOf = pairKeys(table.names);
  const ranks = new Map(estimated.map(({ x, y }, index) => [keyOf(x, y), index]));
  const reasons = new Map(failed.map(({ x, y, error }) => [keyOf(x, y), error]));
  const rank = (x: string, y: string) => ranks.get(keyOf(x, y)) ?? -1;
  const { units, seed, model } = result;
  return {
    table,
    units,
    seed,
    model,
    targets: table.targets,
    estimated,
    failed,
    hasP: estimated.some(({ pValue }) => pValue !== undefined),
    column: (name) => columns.get(name) as TableColumn,
    rank,
    cell: (x, y) => estimated[rank(x, y)],
    reason: (x, y) => reasons.get(keyOf(x, y)),
  };
}

/** Correlation-equivalent strength of a pair, 0 … 1. */
export function strengthOf(view: View, cell: Estimated | undefined): number {
  return cell ? correlationEquivalent(cell.mi, view.units) : 0;
}

/** One line that says all of a pair: for tooltips and labels. */
export function describe({ units }: View, cell: Estimated): string {
  const [low, high] = cell.interval;
  const p = cell.pValue === undefined ? "" : `, p ${formatP(cell.pValue)}`;
  const strength = fixed(correlationEquivalent(cell.mi, units), 2);
  return `${cell.x} × ${cell.y}: ${fixed(cell.mi)} ${units} (${fixed(low)} to ${fixed(high)}), strength ${strength}${p}, n ${cell.n}`;
}

/** Number of pairs called dependent at a false discovery rate, or `undefined` without p-values. */
export function discoveries(view: View, rate: number): number | undefined {
  if (!view.hasP) return undefined;
  return view.estimated.filter(({ qValue }) => (qValue ?? 1) <= rate).length;
}
