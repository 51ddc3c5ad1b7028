import type { Copula, Estimate } from "infonet";
import { kindsInWords, percentOf } from "../output/kinds.js";
import type { Estimated } from "../output/result.js";
import { correlationEquivalent, fixed, formatP, grouped } from "../text/numbers.js";
import { type Axis, axisOf, bands, groups, isTable } from "./axis.js";
import { criticMap } from "./critic-map.js";
import { blockRatios, tableRatios } from "./density.js";
import { type Html, html } from "./html.js";
import { completeRows } from "./rank-correlation.js";
import { pairCorrelation, signedCorrelation } from "./ranking.js";
import { scatter } from "./scatter.js";
import { endsInWords, hasSpread, spreadKey, spreadOf } from "./spread.js";
import type { View } from "./view.js";

/** A pair close up: its numbers, its rows as points, the critic's map, and both in words. */
export function card(view: View, cell: Estimated, estimate: Estimate, index: number): Html {
  const rows = completeRows(view.column(cell.x).values, view.column(cell.y).values);
  const x = axisOf(view.column(cell.x), rows, cell.kinds[0]);
  const y = axisOf(view.column(cell.y), rows, cell.kinds[1]);
  const { copula } = estimate;
  const spread = hasSpread(cell, x, y) ? spreadOf(copula, x, y) : undefined;
  const strength = correlationEquivalent(cell.mi, view.units);
  const [low, high] = cell.interval;
  const facts: [string, string][] = [
    ["90 % interval", `${fixed(low)} to ${fixed(high)}`],
    ["strength, 0 to 1", fixed(strength, 2)],
    ["rank correlation ρ", signedCorrelation(view, cell)],
    ["lower bound", fixed(estimate.lowerBound)],
    ...(cell.pValue === undefined ? [] : [["p (independence)", formatP(cell.pValue)] as [string, string]]),
    [view.table.cluster && !view.table.inTime ? "clusters" : "complete rows", grouped(cell.n)],
    ["taken for", kindsInWords(cell)],
    ...(cell.normalized === undefined
      ? []
      : [["share of entropy", percentOf(cell.normalized)] as [string, string]]),
  ];
  const sampled =
    rows.length > 2000 ? `2\u202f000 of ${grouped(rows.length)} rows` : `${grouped(rows.length)} rows`;
  return html`<article class="card" id="card-${index + 1}">
<h3><a class="rank" href="#pair-${index + 1}" title="Back to the ranking">${index + 1}</a> ${cell.x} <span class="times">×</span> ${cell.y}</h3>
<div class="panes">
<div class="facts"><p class="big">${fixed(cell.mi)}<small>${view.units}</small></p>
<dl>${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
${shapeInWords(view, cell, strength)}${spread && endsInWords(copula, x, y)}${ratiosInWords(copula, x, y)}
${cell.warnings.map(({ code, message }) => html`<p class="caution"><b>${code}</b> ${message}</p>`)}</div>
<figure><figcaption>The data <small>${sampled}</small></figcaption>${scatter(x, y, rows, spread)}${spread && html`<p class="key">${spreadKey(x, y)}</p>`}</figure>
<figure><figcaption>${isTable(x, y) ? html`How often they meet <small>as counted</small>` : html`What the critic sees <small>on ranks</small>`}</figcaption>${criticMap(copula, x, y)}</figure>
</div></article>
`;
}

/** Whether a correlation would have told the same. */
function shapeInWords(view: View, cell: Estimated, strength: number): Html | undefined {
  const rho = pairCorrelation(view, cell);
  if (rho === undefined || strength < 0.12) return undefined;
  const size = Math.abs(rho);
  if (size >= strength - 0.12) {
    return html`<p>One ${rho > 0 ? "rises" : "falls"} as the other rises; the rank correlation tells most of it.</p>`;
  }
  if (size >= strength * 0.5) {
    return html`<p>Partly ${rho > 0 ? "rising" : "falling"} together, but there is more than the rank correlation sees.</p>`;
  }
  return html`<p>Mostly not a rising or falling dependence: a correlation would miss it.</p>`;
}

/** The most over- and under-represented combination of values. */
function ratiosInWords(copula: Copula, x: Axis, y: Axis): Html | undefined {
  const table = isTable(x, y);
  const levels = (axis: Axis) => ({ levels: bands(axis), groups: groups(axis) });
  const blocks = table
    ? tableRatios(copula, levels(x), levels(y), x.sorted.length)
    : blockRatios(copula, groups(x), groups(y));
  if (blocks.length < 4) return undefined;
  const most = blocks.reduce((best, block) => (block.ratio > best.ratio ? block : best));
  const least = blocks.reduce((best, block) => (block.ratio < best.ratio ? block : best));
  if (most.ratio < 1.15) return undefined;
  return html`<p>Most above chance: <b>${most.x.label}</b> with <b>${most.y.label}</b>, ${times(most.ratio)} as often as if independent. Most below: <b>${least.x.label}</b> with <b>${least.y.label}</b>, ${rarely(least.ratio, table)}.</p>`;
}

/** What was counted is told to the last digit there is room for; of what was estimated, less is known. */
function rarely(ratio: number, counted: boolean): string {
  if (counted && ratio === 0) return "never";
  return ratio < (counted ? 0.005 : 0.05) ? "hardly ever" : `${times(ratio)} as often`;
}

function times(ratio: number): string {
  return ratio >= 10 ? `${Math.round(ratio)} times` : `${fixed(ratio, ratio < 0.995 ? 2 : 1)} times`;
}
