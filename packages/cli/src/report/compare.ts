/** The report of what differs between groups of rows. */
import type { Differences } from "infonet";
import type { Table } from "../table/types.js";
import { count, fixed, formatP, grouped } from "../text/numbers.js";
import { type Html, html } from "./html.js";
import { axisEnd, barAxis, intervalBar } from "./interval-bar.js";
import { more, notComputed, pageOf, tiles } from "./page.js";

/** Rows of a table; the other outputs have them all. */
const MOST_ROWS = 200;
/** False discovery rate of the figures on top. */
const RATE = 0.05;

/** Which columns and which dependences differ, as one page. */
export function compareReport(table: Table, differences: Differences): string {
  const { by, groups, leftOut, columns, pairs, units, seed, model } = differences;
  const differing = pairs.filter(({ qValue }) => qValue <= RATE).length;
  const distinct = columns.filter(({ qValue }) => qValue <= RATE).length;
  const sizes = groups.map(({ level, n }) => `${level}: ${grouped(n)}`).join(", ");
  return pageOf({
    kind: "What differs",
    file: table.file,
    about: `by ${by}`,
    heading: html`by ${by}`,
    rows: table.rows,
    columns: table.columns.length,
    ...{ units, seed, model },
    head: tiles([
      [grouped(groups.length), "groups", sizes],
      [grouped(distinct), `of ${count(columns.length, "column")} differ`, "false discovery rate 5\u00a0%"],
      [grouped(differing), `of ${count(pairs.length, "pair")} differ`, "false discovery rate 5\u00a0%"],
    ]),
    sections: [
      columns.length === 0
        ? undefined
        : {
            id: "columns",
            name: "Columns",
            content: html`<section id="columns"><h2>Columns</h2><p>What a column tells of the group that a row belongs to: 0 where it has the same distribution in all groups, 100 % where it tells the group.</p>${columnTable(differences)}</section>`,
          },
      pairs.length === 0
        ? undefined
        : {
            id: "dependences",
            name: "Dependences",
            content: html`<section id="dependences"><h2>Dependences</h2><p>The information of each pair in every group, the surest difference first. p is the probability of copulas as far apart if the two columns depended on each other in the same way in all groups: a line that rises in one group and falls in another differs, though its information does not.</p>${pairTable(differences)}</section>`,
          },
      leftOut.length === 0
        ? undefined
        : {
            id: "left-out",
            name: "Left out",
            content: html`<section id="left-out"><h2>Left out</h2><p>Groups of fewer than 30 rows are not compared: ${leftOut.map(({ level, n }) => `${level} (${n})`).join(", ")}.</p></section>`,
          },
      notComputed(differences.failed, MOST_ROWS),
    ],
    footer:
      "Made by infonet: information by one forward pass of a pretrained network a pair and group, differences by dealing the rows to groups at random. The same table and seed give the same report.",
  });
}

function columnTable({ columns, units }: Differences): Html {
  const shown = columns.slice(0, MOST_ROWS);
  const most = axisEnd(shown.map(({ interval }) => interval));
  const rows = shown.map(
    ({ column, mi, interval, normalized, pValue, qValue }) =>
      html`<tr><th scope="row"><b>${column}</b></th><td class="bar-cell">${intervalBar(mi, interval, most, units)}</td><td class="num strong">${fixed(mi)}</td><td class="num">${Math.round(100 * normalized)} %</td><td class="num">${formatP(pValue)}</td><td class="num quiet">${formatP(qValue)}</td></tr>
`,
  );
  return html`<div class="scroll"><table class="ranking"><thead><tr><th scope="col">column</th><th scope="col" class="bar-cell">${barAxis(most, units)}</th><th scope="col" class="num">MI<small>${units}</small></th><th scope="col" class="num">share<small>of entropy</small></th><th scope="col" class="num">p</th><th scope="col" class="num">q</th></tr></thead><tbody>
${rows}</tbody></table></div>${more(columns.length - shown.length, "column")}`;
}

function pairTable({ groups, pairs, units }: Differences): Html {
  const shown = pairs.slice(0, MOST_ROWS);
  const most = axisEnd(shown.flatMap(({ interval }) => interval));
  const rows = shown.map(({ x, y, mi, interval, pValue, qValue }) => {
    const names = html`<b>${x}</b> <span class="times">×</span> <b>${y}</b>`;
    return groups.map(
      ({ level }, k) =>
        html`<tr>${k === 0 && html`<th scope="rowgroup" rowspan="${groups.length}">${names}</th>`}<td>${level}</td><td class="bar-cell">${intervalBar(mi[k], interval[k], most, units)}</td><td class="num strong">${fixed(mi[k])}</td>${k === 0 && html`<td class="num" rowspan="${groups.length}">${formatP(pValue)}</td><td class="num quiet" rowspan="${groups.length}">${formatP(qValue)}</td>`}</tr>
`,
    );
  });
  return html`<div class="scroll"><table class="ranking"><thead><tr><th scope="col">pair</th><th scope="col">group</th><th scope="col" class="bar-cell">${barAxis(most, units)}</th><th scope="col" class="num">MI<small>${units}</small></th><th scope="col" class="num">p</th><th scope="col" class="num">q</th></tr></thead>${rows.map(
    (group) => html`<tbody>
${group}</tbody>`,
  )}</table></div>${more(pairs.length - shown.length, "pair")}`;
}
