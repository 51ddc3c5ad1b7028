import { basename } from "node:path";
import { type Engine, engineColumn, engineRows } from "../engine.js";
import type { MatrixResult } from "../output/result.js";
import type { Table } from "../table/types.js";
import { count } from "../text/numbers.js";
import { card } from "./card.js";
import { ratioLegend } from "./critic-map.js";
import { heatMap } from "./heat-map.js";
import { type Html, html, Html as Markup } from "./html.js";
import { pngUri } from "./png.js";
import { contentPolicy } from "./policy.js";
import { ranking } from "./ranking.js";
import { reading } from "./reading.js";
import { SCRIPT } from "./script.js";
import { columnTable, explanation, failures, summary } from "./sections.js";
import { styleSheet } from "./style.js";
import { type View, viewOf } from "./view.js";

/** Pairs shown close up. */
const MOST_CARDS = 12;

/** Options of {@link buildReport}. */
export interface ReportOptions {
  signal?: AbortSignal;
}

/**
 * The report as one HTML page that needs nothing else: no network, no fonts, no files. The same input gives
 * the same bytes (there is no date in it).
 */
export async function buildReport(
  engine: Engine,
  result: MatrixResult,
  table: Table,
  { signal }: ReportOptions,
): Promise<string> {
  const view = viewOf(result, table);
  const cards: Html[] = [];
  const { seed, units } = result;
  for (const [index, cell] of view.estimated.slice(0, MOST_CARDS).entries()) {
    signal?.throwIfAborted();
    const [x, y] = [cell.x, cell.y].map((name) => engineColumn(view.column(name)));
    const estimate = await engine.estimate(x, y, { seed, units, ...engineRows(view.table) });
    cards.push(card(view, cell, estimate, index));
  }
  return page(view, cards).text;
}

/** Targets that are named in the title. */
const NAMED = 3;

function inWords(targets: readonly string[]): string {
  const more = targets.length - NAMED;
  return `${targets.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${count(more, "other column")}` : ""}`;
}

function page(view: View, cards: Html[]): Html {
  const { table, targets, units, seed, model } = view;
  const file = basename(table.file);
  const style = styleSheet();
  const map = heatMap(view);
  const missing = failures(view);
  const about = targets && inWords(targets);
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy(SCRIPT, style)}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="generator" content="infonet"><title>${file}${about !== undefined && `, with ${about}`} – dependence report</title>
<style>${new Markup(style)}</style></head><body>
<header><p class="eyebrow">Dependence report</p><h1>${file}${about !== undefined && html` <small>all pairs with ${about}</small>`}</h1>
<p class="meta"><span>${count(table.rows, "row")}</span><span>${count(table.columns.length, "column")}</span><span>information in ${units}</span><span>seed ${seed}</span><span>model ${model}</span></p>
${summary(view)}
${reading(view)}
<nav aria-label="Sections">${map && html`<a href="#map">All pairs</a>`}<a href="#ranking">Ranking</a>${cards.length > 0 && html`<a href="#cards">Close up</a>`}<a href="#columns">Columns</a>${missing && html`<a href="#not-computed">Not computed</a>`}<a href="#reading">What the numbers mean</a></nav></header>
<main>
${map && html`<section id="map"><h2>All pairs</h2>${map}</section>`}
<section id="ranking"><h2>Strongest first</h2><p>The dot is the estimate, the bar its 90 % interval.${cards.length > 0 && " A pair with a link is shown close up below."}</p>${ranking(view, cards.length)}</section>
${cards.length > 0 && html`<section id="cards"><h2>Close up</h2><p>The rows as they are, and where values come together more often than if the columns were independent: what the critic makes of numbers, on ranks, and the counts of levels.</p><p class="legend-line">${ratioLegend(pngUri)}<span>compared to independent columns: rarer, as often, more often</span></p>${cards}</section>`}
<section id="columns"><h2>Columns</h2>${columnTable(view)}</section>
${missing}
${explanation(view)}
</main>
<footer>Made by infonet: one forward pass of a pretrained network a pair, and counts where both columns are levels. The same table and seed give the same report.</footer>
<script>${new Markup(SCRIPT)}</script>
</body></html>
`;
}
