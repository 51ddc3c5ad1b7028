/** The report of a selection: what each column adds, and what all tell by then. */
import { ticks } from "d3-array";
import type { Selection } from "infonet";
import type { Table } from "../table/types.js";
import { count, fixed, formatP, grouped } from "../text/numbers.js";
import { type Html, html } from "./html.js";
import { axisEnd, barAxis, intervalBar } from "./interval-bar.js";
import { pageOf, tiles } from "./page.js";
import { clip } from "./values.js";

const END: Record<Selection["stopped"], string> = {
  "nothing more is told": "no other column tells anything beyond these",
  "as many as asked for": "as many as asked for; others may tell more",
  "all columns are selected": "these are all columns",
};

/** The columns that tell most of a target, as one page. */
export function selectionReport(table: Table, selection: Selection): string {
  const { target, selected, stopped, stability, units, seed, model, failed } = selection;
  const last = selected.at(-1);
  return pageOf({
    kind: "What tells of it",
    file: table.file,
    about: `what tells of ${target}`,
    heading: html`what tells of ${target}`,
    rows: table.rows,
    columns: table.columns.length,
    ...{ units, seed, model },
    head: tiles([
      [
        grouped(selected.length),
        selected.length === 1 ? "column selected" : "columns selected",
        END[stopped],
      ],
      [`${fixed(last?.total ?? 0)} ${units}`, "told by all of them"],
      [selected[0]?.column ?? "none", "tells most by itself"],
    ]),
    sections: [
      selected.length === 0
        ? undefined
        : {
            id: "curve",
            name: "Together",
            content: html`<section id="curve"><h2>What they tell together</h2><p>The information of the first columns together; the band holds 90 % intervals.</p>${curve(selection)}</section>`,
          },
      selected.length === 0
        ? undefined
        : {
            id: "columns",
            name: "Columns",
            content: html`<section id="columns"><h2>One after the other</h2><p>What each column tells of the target beyond those before it.</p>${columnTable(selection)}</section>`,
          },
      stability === undefined
        ? undefined
        : {
            id: "stability",
            name: "Halves of the rows",
            content: html`<section id="stability"><h2>Halves of the rows</h2><p>In which share of random halves of the rows a column is selected.</p><ul class="reasons">${stability.map(({ column, share }) => html`<li><b>${column}</b>: ${Math.round(100 * share)} %</li>`)}</ul></section>`,
          },
      failed.length === 0
        ? undefined
        : {
            id: "not-computed",
            name: "Not computed",
            content: html`<section id="not-computed"><h2>Not computed</h2><ul class="reasons">${failed.map(({ column, error }) => html`<li><b>${column}</b>: ${error}</li>`)}</ul></section>`,
          },
    ],
    footer:
      "Made by infonet: conditional information by a pretrained network. A column that is made of the target is the best of all predictors and explains nothing. The same table and seed give the same report.",
  });
}

function columnTable({ selected, units, target }: Selection): Html {
  const most = axisEnd(selected.map(({ interval }) => interval));
  const hasStability = selected.some(({ stability }) => stability !== undefined);
  const rows = selected.map(({ column, gain, interval, total, pValue, same, together, stability }) => {
    const notes = [
      ...(together === undefined ? [] : [`tells something only with ${together}`]),
      ...(same.length === 0
        ? []
        : [`${[column, ...same].join(" and ")} say the same of ${target}; either would do`]),
    ];
    return html`<tr><th scope="row"><b>${column}</b>${notes.map((note) => html`<small>${note}</small>`)}</th><td class="bar-cell">${intervalBar(gain, interval, most, units)}</td><td class="num strong">${fixed(gain)}</td><td class="num">${fixed(total)}</td><td class="num">${formatP(pValue)}</td>${hasStability && html`<td class="num">${Math.round(100 * (stability ?? 0))} %</td>`}</tr>
`;
  });
  return html`<div class="scroll"><table class="ranking"><thead><tr><th scope="col">column</th><th scope="col" class="bar-cell">${barAxis(most, units)}</th><th scope="col" class="num">gain<small>${units}</small></th><th scope="col" class="num">total<small>${units}</small></th><th scope="col" class="num">p</th>${hasStability && html`<th scope="col" class="num">halves</th>`}</tr></thead><tbody>
${rows}</tbody></table></div>`;
}

const WIDTH = 720;
const HEIGHT = 320;
const EDGE = { left: 56, right: 16, top: 16, bottom: 78 };
const NAME_CHARS = 12;

/** Information of the first columns together, by how many they are. */
function curve({ selected, units }: Selection): Html {
  const open = selected.map(({ total, totalInterval: [low, high] }) => ({
    total,
    low,
    high: Number.isFinite(high) ? high : total,
  }));
  const most = Math.max(0.05, ...open.map(({ high }) => high)) * 1.05;
  const [wide, high] = [WIDTH - EDGE.left - EDGE.right, HEIGHT - EDGE.top - EDGE.bottom];
  const along = (k: number): string => (EDGE.left + (wide * k) / selected.length).toFixed(1);
  const up = (mi: number): string => (EDGE.top + (1 - mi / most) * high).toFixed(1);
  const points = [{ total: 0, low: 0, high: 0 }, ...open];
  const band = [
    ...points.map((point, k) => `${along(k)},${up(point.high)}`),
    ...points.map((point, k) => `${along(k)},${up(point.low)}`).reverse(),
  ].join(" ");
  const label = `Information of the first columns together: ${selected.map(({ column, total }) => `${column} ${fixed(total)}`).join(", ")}.`;
  return html`<figure class="scroll"><svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}">
${ticks(0, most, 5).map((mi) => html`<g><line class="tick" stroke-opacity="0.3" x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${up(mi)}" y2="${up(mi)}"/><text x="${EDGE.left - 8}" y="${up(mi)}" dy="4" text-anchor="end">${String(Number(mi.toFixed(6)))}</text></g>`)}
<polygon class="spread" points="${band}"/><polyline class="median" points="${points.map((point, k) => `${along(k)},${up(point.total)}`).join(" ")}"/>
${selected.map(
  ({ column, total }, k) =>
    html`<g><circle cx="${along(k + 1)}" cy="${up(total)}" r="4"><title>${column}: ${fixed(total)} ${units}</title></circle><text transform="translate(${along(k + 1)} ${HEIGHT - EDGE.bottom + 16}) rotate(-30)" text-anchor="end">${clip(column, NAME_CHARS)}</text></g>`,
)}<text class="axis-title" x="${EDGE.left + wide / 2}" y="${HEIGHT - 4}" text-anchor="middle">${count(selected.length, "column")}, in the order in which they were taken</text></svg></figure>`;
}
