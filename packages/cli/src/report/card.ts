import type { Estimate } from "infonet";
import { kindsInWords, percentOf } from "../output/kinds.js";
import type { Estimated } from "../output/result.js";
import { correlationEquivalent, fixed, formatP, grouped } from "../text/numbers.js";
import { axisOf, isTable } from "./axis.js";
import { criticMap } from "./critic-map.js";
import { type Html, html } from "./html.js";
import { cautions } from "./page.js";
import { pngUri } from "./png.js";
import { completeRows } from "./rank-correlation.js";
import { pairCorrelation, signedCorrelation } from "./ranking.js";
import { scatter } from "./scatter.js";
import { endsInWords, hasSpread, spreadKey, spreadOf } from "./spread.js";
import type { View } from "./view.js";
import { ratiosInWords, shapeInWords } from "./words.js";

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
<h3><a class="rank" href="#pair-${index + 1}" title="Back to the ranking">${index + 1}</a> <bdi>${cell.x}</bdi> <span class="times">×</span> <bdi>${cell.y}</bdi></h3>
<div class="panes">
<div class="facts"><p class="big">${fixed(cell.mi)}<small>${view.units}</small></p>
<dl>${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>
${shapeInWords(pairCorrelation(view, cell), strength)}${spread && endsInWords(copula, x, y)}${ratiosInWords(copula, x, y)}
${cautions(cell.warnings)}</div>
<figure><figcaption>The data <small>${sampled}</small></figcaption>${scatter(x, y, rows, spread)}${spread && html`<p class="key">${spreadKey(x, y)}</p>`}</figure>
<figure><figcaption>${isTable(x, y) ? html`How often they meet <small>as counted</small>` : html`What the critic sees <small>on ranks</small>`}</figcaption>${criticMap(copula, x, y, pngUri)}</figure>
</div></article>
`;
}
