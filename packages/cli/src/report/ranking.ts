import { ticks } from "d3-array";
import type { Estimated } from "../output/result.js";
import { sample } from "../random.js";
import { correlationEquivalent, count, fixed, formatP, grouped } from "../text/numbers.js";
import { type Html, html } from "./html.js";
import { completeRows, rankCorrelation } from "./rank-correlation.js";
import { MOST_RANKED, type View } from "./view.js";

/** Rows shown without opening the rest. */
const OPEN_ROWS = 25;
/** Rank correlations are for comparison only: this many rows are plenty. */
const MOST_CORRELATED_ROWS = 20_000;
/** Ticks that are asked for. The next round step may give up to √10/2 times as many; more than six do not fit. */
const TICKS = 3.75;

/** The ranked list: pair, interval bar, numbers, warnings. */
export function ranking(view: View, cards: number): Html {
  const shown = view.estimated.slice(0, MOST_RANKED);
  const most = Math.max(0.05, ...shown.map(({ interval }) => interval[1])) * 1.02;
  const row = (cell: Estimated, index: number) => rankedRow(view, cell, index, most, index < cards);
  const open = shown.slice(0, OPEN_ROWS).map(row);
  const rest = shown.slice(OPEN_ROWS).map((cell, index) => row(cell, index + OPEN_ROWS));
  const left = view.estimated.length - shown.length;
  return html`<div class="scroll">${table(view, most, open)}</div>
${rest.length > 0 && html`<details class="rest"><summary>${count(rest.length, "more pair")}</summary><div class="scroll">${table(view, most, rest)}</div></details>`}
${left > 0 && html`<p class="note">${count(left, "weaker pair")} not shown here; <code>infonet matrix --format csv</code> lists every pair.</p>`}`;
}

function table(view: View, most: number, rows: Html[]): Html {
  const axis = axisTicks(most).map((tick) => {
    const x = percent(tick / most);
    return html`<g><line x1="${x}" x2="${x}" y1="20" y2="26"/><text x="${x}" y="14" text-anchor="${tick === 0 ? "start" : "middle"}">${String(Number(tick.toFixed(6)))}</text></g>`;
  });
  return html`<table class="ranking">
<thead><tr><th scope="col" class="num">#</th><th scope="col">pair</th><th scope="col" class="bar-cell"><svg class="bar-axis" width="100%" height="26" role="img" aria-label="Axis of mutual information in ${view.units}">${axis}</svg></th><th scope="col" class="num">MI<small>${view.units}</small></th><th scope="col" class="num">90 %<small>interval</small></th><th scope="col" class="num">strength<small>0 to 1</small></th><th scope="col" class="num" title="Spearman's rank correlation, for comparison: it sees only rising or falling dependence">ρ<small>rank corr.</small></th>${view.hasP && html`<th scope="col" class="num">p</th>`}<th scope="col" class="num">n</th></tr></thead>
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
  const bar = html`<svg class="bar" width="100%" height="18" role="img" aria-label="${fixed(cell.mi)} ${view.units}, interval ${fixed(low)} to ${fixed(high)}"><line class="track" x1="0" x2="100%" y1="9" y2="9"/><line class="range" x1="${percent(low / most)}" x2="${percent(high / most)}" y1="9" y2="9"/><circle cx="${percent(cell.mi / most)}" cy="9" r="4.5"/></svg>`;
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

/** Round values from 0 to a little below a limit, three to six of them. */
export function axisTicks(limit: number): number[] {
  return ticks(0, limit * 0.97, TICKS);
}

function percent(share: number): string {
  return `${Math.round(Math.min(Math.max(share, 0), 1) * 1000) / 10}%`;
}
