import { type Engine, engineColumn, engineRows } from "../engine.js";
import type { MatrixResult } from "../output/result.js";
import type { Table } from "../table/types.js";
import { count } from "../text/numbers.js";
import { card } from "./card.js";
import { ratioLegend } from "./critic-map.js";
import { heatMap } from "./heat-map.js";
import { type Html, html } from "./html.js";
import { pageOf } from "./page.js";
import { pngUri } from "./png.js";
import { ranking } from "./ranking.js";
import { reading } from "./reading.js";
import { explanation, failures, partnerTable, summary } from "./sections.js";
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
  const { seed, units, given } = result;
  // What pairs look like by themselves says nothing of what they share beyond others.
  const close = given === undefined ? view.estimated.slice(0, MOST_CARDS) : [];
  for (const [index, cell] of close.entries()) {
    signal?.throwIfAborted();
    const [x, y] = [cell.x, cell.y].map((name) => engineColumn(view.column(name)));
    const estimate = await engine.estimate(x, y, { seed, units, ...engineRows(view.table) });
    cards.push(card(view, cell, estimate, index));
  }
  return page(view, cards, given);
}

/** Targets that are named in the title. */
const NAMED = 3;

function inWords(targets: readonly string[]): string {
  const more = targets.length - NAMED;
  return `${targets.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${count(more, "other column")}` : ""}`;
}

function page(view: View, cards: Html[], given: readonly string[] | undefined): string {
  const { table, targets, units, seed, model } = view;
  const map = heatMap(view);
  const missing = failures(view);
  const about = targets && inWords(targets);
  const beyond = given && html`given ${inWords(given)}`;
  const sections = [
    map && {
      id: "map",
      name: "All pairs",
      content: html`<section id="map"><h2>All pairs</h2>${map}</section>`,
    },
    {
      id: "ranking",
      name: "Ranking",
      content: html`<section id="ranking"><h2>Strongest first</h2><p>The dot is the estimate, the bar its 90 % interval.${cards.length > 0 && " A pair with a link is shown close up below."}</p>${ranking(view, cards.length)}</section>`,
    },
    cards.length === 0
      ? undefined
      : {
          id: "cards",
          name: "Close up",
          content: html`<section id="cards"><h2>Close up</h2><p>The rows as they are, and where values come together more often than if the columns were independent: what the critic makes of numbers, on ranks, and the counts of levels.</p><p class="legend-line">${ratioLegend(pngUri)}<span>compared to independent columns: rarer, as often, more often</span></p>${cards}</section>`,
        },
    {
      id: "columns",
      name: "Columns",
      content: html`<section id="columns"><h2>Columns</h2>${partnerTable(view)}</section>`,
    },
    missing && { id: "not-computed", name: "Not computed", content: missing },
    { id: "reading", name: "What the numbers mean", content: explanation(view) },
  ];
  return pageOf({
    kind: "Dependence report",
    file: table.file,
    about: about && `with ${about}`,
    heading: about === undefined ? beyond : html`all pairs with ${about}${beyond && html`, ${beyond}`}`,
    rows: table.rows,
    columns: table.columns.length,
    ...{ units, seed, model },
    head: html`${summary(view)}
${reading(view)}`,
    sections,
    footer:
      "Made by infonet: one forward pass of a pretrained network a pair, and counts where both columns are levels. The same table and seed give the same report.",
  });
}
