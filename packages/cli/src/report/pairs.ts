/** Single pairs of a table, estimated for a report about more than pairs. */
import type { Estimate, Units } from "infonet";
import { type Engine, engineColumn, engineRows } from "../engine.js";
import { type Estimated, type Failed, matrixResult } from "../output/result.js";
import type { Table } from "../table/types.js";
import { card } from "./card.js";
import { ratioLegend } from "./critic-map.js";
import type { EstimateRow } from "./estimates.js";
import { type Html, html } from "./html.js";
import type { Section } from "./page.js";
import { pngUri } from "./png.js";
import { viewOf } from "./view.js";

/** How pairs are estimated. */
export interface PairSettings {
  units: Units;
  seed: number;
  model: string;
  signal: AbortSignal;
}

/** A pair with its estimate, or with the reason why there is none. */
export type EstimatedPair = { cell: Estimated; estimate: Estimate } | { cell: Failed; estimate?: undefined };

/** The rows in which all of some columns have a value; in the others, nothing has one. Rows keep their places. */
export function completeRowsOf(table: Table, names: readonly string[]): Table {
  const needed = table.columns.filter(({ name }) => names.includes(name));
  const values = (own: Float64Array) =>
    own.map((value, row) => (needed.some((column) => Number.isNaN(column.values[row])) ? Number.NaN : value));
  return { ...table, columns: table.columns.map((column) => ({ ...column, values: values(column.values) })) };
}

/** Estimates pairs of columns, one after the other. */
export async function estimatePairs(
  engine: Engine,
  table: Table,
  pairs: readonly (readonly [string, string])[],
  { units, seed, signal }: PairSettings,
): Promise<EstimatedPair[]> {
  const found: EstimatedPair[] = [];
  const columnOf = (name: string) => engineColumn(table.columns.find((column) => column.name === name)!);
  for (const [x, y] of pairs) {
    signal.throwIfAborted();
    try {
      const estimate = await engine.estimate(columnOf(x), columnOf(y), { units, seed, ...engineRows(table) });
      const { mi, interval, pValue, n, effectiveSize, warnings, kinds, entropies, normalized } = estimate;
      const numbers = { mi, interval, pValue, qValue: pValue, n, effectiveSize, warnings };
      found.push({ cell: { x, y, ...numbers, kinds, entropies, normalized }, estimate });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "InfoNetError") throw error;
      found.push({ cell: { x, y, error: error.message } });
    }
  }
  return found;
}

/**
 * A pair as a row of a table of estimates.
 *
 * @param place where it is among the pairs shown close up, from 0; such a row leads there and back
 */
export function pairRow({ cell }: EstimatedPair, name: Html, place?: number): EstimateRow {
  if (cell.error !== undefined) return { error: cell.error, name };
  if (place === undefined) return { ...cell, name };
  return { ...cell, id: `pair-${place + 1}`, name: html`<a href="#card-${place + 1}">${name}</a>` };
}

/** Pairs close up; nothing where none has a number. */
export function closeUp(
  table: Table,
  pairs: readonly EstimatedPair[],
  { units, seed, model }: PairSettings,
  words: string,
): Section | undefined {
  const known = pairs.filter((pair) => pair.estimate !== undefined);
  if (known.length === 0) return undefined;
  const view = viewOf(
    matrixResult(table, { units, seed, model, pairs: known.map(({ cell }) => cell) }),
    table,
  );
  return {
    id: "cards",
    name: "Close up",
    content: html`<section id="cards"><h2>Close up</h2><p>${words}</p><p class="legend-line">${ratioLegend(pngUri)}<span>compared to independent columns: rarer, as often, more often</span></p>${known.map(({ cell, estimate }, index) => card(view, cell, estimate, index))}</section>`,
  };
}
