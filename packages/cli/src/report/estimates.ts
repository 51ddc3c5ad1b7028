/** Estimates below each other: a row each, with its interval as a bar. */
import type { Units } from "infonet";
import { correlationEquivalent, fixed, formatP, grouped } from "../text/numbers.js";
import { type Html, html, type Part } from "./html.js";
import { axisEnd, barAxis, intervalBar } from "./interval-bar.js";

/** A row: an estimate, or why there is none. */
export type EstimateRow = { name: Part; id?: string | undefined } & (
  | { mi: number; interval: readonly [number, number]; pValue?: number | undefined; n: number }
  | { error: string }
);

/** The rows of a table of estimates, `first` being the heading of their names. */
export function estimateTable(first: string, rows: readonly EstimateRow[], units: Units): Html {
  const known = rows.filter((row) => "mi" in row);
  const most = axisEnd(known.flatMap(({ mi, interval }) => [interval, [mi, mi] as const]));
  const hasP = known.some(({ pValue }) => pValue !== undefined);
  const lines = rows.map((row) => {
    if ("error" in row) {
      return html`<tr><th scope="row">${row.name}</th><td colspan="${hasP ? 6 : 5}" class="quiet">${row.error}</td></tr>
`;
    }
    const { name, id, mi, interval, pValue, n } = row;
    return html`<tr${id !== undefined && html` id="${id}"`}><th scope="row">${name}</th><td class="bar-cell">${intervalBar(mi, interval, most, units)}</td><td class="num strong">${fixed(mi)}</td><td class="num quiet">${fixed(interval[0])}–${fixed(interval[1])}</td><td class="num">${fixed(correlationEquivalent(mi, units), 2)}</td>${hasP && html`<td class="num">${formatP(pValue)}</td>`}<td class="num quiet">${grouped(n)}</td></tr>
`;
  });
  return html`<div class="scroll"><table class="ranking"><thead><tr><th scope="col">${first}</th><th scope="col" class="bar-cell">${barAxis(most, units)}</th><th scope="col" class="num">MI<small>${units}</small></th><th scope="col" class="num">90 %<small>interval</small></th><th scope="col" class="num">strength<small>0 to 1</small></th>${hasP && html`<th scope="col" class="num">p</th>`}<th scope="col" class="num">n</th></tr></thead><tbody>
${lines}</tbody></table></div>`;
}
