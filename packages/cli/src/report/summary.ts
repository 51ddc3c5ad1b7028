/** The report of what columns tell of a target, alone and two by two. */
import type { PairDecomposition, TableSummary } from "infonet";
import type { Table } from "../table/types.js";
import { fixed, formatP, grouped } from "../text/numbers.js";
import { type Html, html } from "./html.js";
import { axisEnd, barAxis, intervalBar } from "./interval-bar.js";
import { pageOf, tiles } from "./page.js";

/** Rows of a table; the other outputs have them all. */
const MOST_ROWS = 300;

/** What each column is and tells, as one page. */
export function summaryReport(table: Table, summary: TableSummary): string {
  const { target, entropy, columns, pairs, failed, units, seed, model } = summary;
  const [first] = columns;
  const dependent = columns.filter(({ qValue }) => (qValue ?? 1) <= 0.05).length;
  return pageOf({
    kind: "What columns tell",
    file: table.file,
    about: `of ${target}`,
    heading: html`of ${target}`,
    rows: table.rows,
    columns: table.columns.length,
    ...{ units, seed, model },
    head: tiles([
      entropy === undefined
        ? [grouped(columns.length), "columns"]
        : [`${fixed(entropy)} ${units}`, `entropy of ${target}: all there is to tell of it`],
      [
        grouped(dependent),
        dependent === 1 ? "column depends on it" : "columns depend on it",
        "false discovery rate 5\u00a0%",
      ],
      [`${Math.round(100 * (first?.explained ?? 0))} %`, "explained by the strongest", first?.column],
    ]),
    sections: [
      {
        id: "columns",
        name: "Columns",
        content: html`<section id="columns"><h2>Columns</h2><p>What each column tells of ${target}; the dot is the estimate, the bar its 90 % interval. The share explained is that of the entropy of levels; of a target of numbers it is 1 − e<sup>−2·MI</sup>, the share of variance that as much information means for normal numbers.</p>${columnTable(summary)}</section>`,
      },
      pairs.length === 0
        ? undefined
        : {
            id: "pairs",
            name: "Two by two",
            content: html`<section id="pairs"><h2>Two by two</h2><p>What both tell, taken apart: what only one of them tells, what both tell the same, and what only both together tell (unique information of Bertschinger et al., Entropy 2014). The interaction is synergy less redundancy.</p>${pairTable(summary)}</section>`,
          },
      failed.length === 0
        ? undefined
        : {
            id: "not-computed",
            name: "Not computed",
            content: html`<section id="not-computed"><h2>Not computed</h2><ul class="reasons">${failed.map(({ column, other, error }) => html`<li><b>${column}</b>${other !== undefined && html` and <b>${other}</b>`}: ${error}</li>`)}</ul></section>`,
          },
    ],
    footer: "Made by infonet. The same table and seed give the same report.",
  });
}

function columnTable({ columns, units }: TableSummary): Html {
  const most = axisEnd(columns.map(({ interval }) => interval));
  const rows = columns.slice(0, MOST_ROWS).map(
    ({ column, kind, entropy, mi, interval, explained, pValue, n }) =>
      html`<tr><th scope="row"><b>${column}</b></th><td>${kind}</td><td class="num">${entropy === undefined ? "–" : fixed(entropy)}</td><td class="bar-cell">${intervalBar(mi, interval, most, units)}</td><td class="num strong">${fixed(mi)}</td><td class="num">${Math.round(100 * explained)} %</td><td class="num">${formatP(pValue)}</td><td class="num quiet">${grouped(n)}</td></tr>
`,
  );
  return html`<div class="scroll"><table class="ranking"><thead><tr><th scope="col">column</th><th scope="col">kind</th><th scope="col" class="num">entropy<small>${units}</small></th><th scope="col" class="bar-cell">${barAxis(most, units)}</th><th scope="col" class="num">MI<small>${units}</small></th><th scope="col" class="num">explains</th><th scope="col" class="num">p</th><th scope="col" class="num">n</th></tr></thead><tbody>
${rows}</tbody></table></div>`;
}

const PARTS = [
  { name: "only the first", colour: "#0072b2", of: ({ unique }: PairDecomposition) => unique[0] },
  { name: "only the second", colour: "#56b4e9", of: ({ unique }: PairDecomposition) => unique[1] },
  { name: "both the same", colour: "#8a8f94", of: ({ redundant }: PairDecomposition) => redundant },
  { name: "only together", colour: "#d55e00", of: ({ synergistic }: PairDecomposition) => synergistic },
];

function pairTable({ pairs, units }: TableSummary): Html {
  const most = Math.max(...pairs.map(({ mi }) => mi), Number.MIN_VALUE);
  const rows = pairs.map((pair) => {
    const { x, y, mi, interaction, n } = pair;
    return html`<tr><th scope="row"><b>${x}</b>, <b>${y}</b></th><td class="bar-cell">${stacked(pair, most)}</td><td class="num strong">${fixed(mi)}</td>${PARTS.map(({ of }) => html`<td class="num">${fixed(of(pair))}</td>`)}<td class="num quiet">${interaction === undefined ? "–" : `${fixed(interaction.mi)} (${interaction.interval.map((end) => fixed(end)).join(" – ")})`}</td><td class="num quiet">${grouped(n)}</td></tr>
`;
  });
  return html`<div class="scroll"><table class="ranking"><thead><tr><th scope="col">pair</th><th scope="col" class="bar-cell"></th><th scope="col" class="num">both<small>${units}</small></th>${PARTS.map(({ name, colour }) => html`<th scope="col" class="num"><svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" fill="${colour}"/></svg>${name}</th>`)}<th scope="col" class="num">interaction<small>90 % interval</small></th><th scope="col" class="num">n</th></tr></thead><tbody>
${rows}</tbody></table></div>`;
}

function stacked(pair: PairDecomposition, most: number): Html {
  let at = 0;
  const parts = PARTS.map(({ colour, of }) => {
    const [from, width] = [at, of(pair) / most];
    at += width;
    return html`<rect x="${(100 * from).toFixed(1)}%" width="${(100 * width).toFixed(1)}%" y="3" height="12" fill="${colour}"/>`;
  });
  return html`<svg class="bar" width="100%" height="18" role="img" aria-label="parts of ${fixed(pair.mi)}">${parts}</svg>`;
}
