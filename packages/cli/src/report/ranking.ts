import type { Estimated } from "../output/result.js";
import { sample } from "../random.js";
import { correlationEquivalent, count, fixed, formatP, grouped } from "../text/numbers.js";
import { type Html, html } from "./html.js";
import { axisEnd, barAxis, intervalBar } from "./interval-bar.js";
import { completeRows, rankCorrelation } from "./rank-correlation.js";
import { MOST_RANKED, type View } from "./view.js";

/** Rows shown without opening the rest. */
const OPEN_ROWS = 25;
/** Rank correlations are for comparison only: this many rows are plenty. */
const MOST_CORRELATED_ROWS = 20_000;

/** The ranked list: pair, interval bar, numbers, warnings. */
export function ranking(view: View, cards: number): Html {
  const shown = view.estimated.slice(0, MOST_RANKED);
  const most = axisEnd(shown.map(({ interval }) => interval));
  const row = (cell: Estimated, index: number) => rankedRow(view, cell, index, most, index < cards);
  const open = shown.slice(0, OPEN_ROWS).map(row);
  const rest = shown.slice(OPEN_ROWS).map((cell, index) => row(cell, index + OPEN_ROWS));
  const left = view.estimated.length - shown.length;
  return html`<div class="scroll">${table(view, most, open)}</div>
${rest.length > 0 && html`<details class="rest"><summary>${count(rest.length, "more pair")}</summary><div class="scroll">${table(view, most, rest)}</div></details>`}
${left > 0 && html`<p class="note">${count(left, "weaker pair")} not shown here; <code>infonet matrix --format csv</code> lists every pair.</p>`}`;
}

function table(view: View, most: number, rows: Html[]): Html {
  return html`<table class="ranking">
<thead><tr><th scope="col" class="num">#</th><th scope="col">pair</th><th scope="col" class="bar-cell">${barAxis(most, view.units)}</th><th scope="col" class="num">MI<small>${view.units}</small></th><th scope="col" class="num">90 %<small>interval</small></th><th scope="col" class="num">strength<small>0 to 1</small></th><th scope="col" class="num" title="Spearman's rank correlation, for comparison: it sees only rising or falling dependence">ρ<small>rank corr.</small></th>${view.hasP && html`<th scope="col" class="num">p</th>`}<th scope="col" class="num">n</th></tr></thead>
<tbody>
${rows}</tbody></table>`;
}

function rankedRow(view: View, cell: Estimated, index: number, most: number, hasCard: boolean): Html {
  const [low, high] = cell.interval;
  const strength = correlationEquivalent(cell.mi, view.units);
  const names = html`<b>${cell.x}</b> <span class="times">×</span> <b>${cell.y}</b>`;
  const warnings = cell.warnings.map(
    ({ code, message }) => html`<span class="warning" title="${message}">${code}</span>`,
  );
  const bar = intervalBar(cell.mi, cell.interval, most, view.units);
  return html`<tr id="pair-${index + 1}"><td class="num rank">${index + 1}</td><th scope="row">${hasCard ? html`<a href="#card-${index + 1}">${names}</a>` : names} ${warnings}</th><td class="bar-cell">${bar}</td><td class="num strong">${fixed(cell.mi)}</td><td class="num quiet">${fixed(low)}–${fixed(high)}</td><td class="num">${fixed(strength, 2)}</td><td class="num quiet">${signedCorrelation(view, cell)}</td>${view.hasP && html`<td class="num">${formatP(cell.pValue)}</td>`}<td class="num quiet">${grouped(cell.n)}</td></tr>
`;
}

/** Spearman's ρ with its sign, or a dash where the order of a column means nothing. */
export function signedCorrelation(view: View, cell: Estimated): string {
  const rho = pairCorrelation(view, cell);
  if (rho === undefined) return "–";
  const text = fixed(rho, 2);
  return text.startsWith("\u2212") ? text : `+${text}`;
}

/** Spearman's ρ of a pair of ordered columns: numbers, dates, times, false and true. */
export function pairCorrelation(view: View, cell: Pick<Estimated, "x" | "y">): number | undefined {
  const [x, y] = [view.column(cell.x), view.column(cell.y)];
  if (x.kind === "category" || y.kind === "category") return undefined;
  return rankCorrelation(
    x.values,
    y.values,
    sample(completeRows(x.values, y.values), MOST_CORRELATED_ROWS, 1),
  );
}
