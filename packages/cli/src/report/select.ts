/** The report of a selection: what each column adds, and what all tell by then. */
import type { Selection } from "infonet";
import type { Table } from "../table/types.js";
import { fixed, formatP, grouped } from "../text/numbers.js";
import { type Html, html } from "./html.js";
import { axisEnd, barAxis, intervalBar } from "./interval-bar.js";
import { pageOf, tiles } from "./page.js";
import { selectionCurve } from "./select-curve.js";

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
            content: html`<section id="curve"><h2>What they tell together</h2><p>The information of the first columns together; the band holds 90 % intervals.</p>${selectionCurve(selection)}</section>`,
          },
      selected.length === 0
        ? undefined
        : {
            id: "columns",
            name: "Columns",
            content: html`<section id="columns"><h2>One after the other</h2><p>What each column tells of the target beyond those before it.</p>${columnTable(selection, table.rows)}</section>`,
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

function columnTable({ selected, units, target }: Selection, all: number): Html {
  const most = axisEnd(selected.map(({ interval }) => interval));
  const hasStability = selected.some(({ stability }) => stability !== undefined);
  const rows = selected.map(({ column, gain, interval, total, pValue, n, same, together, stability }) => {
    const notes = [
      ...(n === all
        ? []
        : [
            `${grouped(n)} of ${grouped(all)} rows, in which it, ${target} and the columns before have values`,
          ]),
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
