/** The report of a network. */
import type { DependenceNetwork } from "infonet";
import type { Table } from "../table/types.js";
import { count, fixed, formatP, grouped } from "../text/numbers.js";
import { type Html, html } from "./html.js";
import { networkFigure } from "./network-picture.js";
import { more, notComputed, pageOf, type Section, tiles } from "./page.js";

/** Rows of a table; the other outputs have them all. */
const MOST_ROWS = 300;

const METHODS: Record<DependenceNetwork["method"], string> = {
  conditional: "links of which something is left once the columns that explain most of them are known",
  aracne: "links that are not the weakest of three (data-processing inequality, ARACNE)",
  clr: "links that stand out of what either column shares with all others (CLR)",
};

/** What depends directly on what, as one page. */
export function networkReport(table: Table, network: DependenceNetwork): string {
  const { nodes, edges, removed, communities, method, failed, units, seed, model } = network;
  const groups = communities.filter((names) => names.length > 1);
  return pageOf({
    kind: "Direct dependence",
    file: table.file,
    rows: table.rows,
    columns: nodes.length,
    ...{ units, seed, model },
    head: tiles([
      [grouped(edges.length), edges.length === 1 ? "direct link" : "direct links", METHODS[method]],
      [grouped(removed.length), removed.length === 1 ? "dependence removed" : "dependences removed"],
      [grouped(groups.length), groups.length === 1 ? "community" : "communities"],
    ]),
    sections: [
      edges.length === 0 ? undefined : pictureSection(network),
      edges.length === 0 ? undefined : linkSection(network),
      removed.length === 0 ? undefined : removedSection(network),
      groups.length === 0 ? undefined : communitySection(groups),
      notComputed(failed, MOST_ROWS),
      {
        id: "reading",
        name: "What it means",
        content: html`<section id="reading" class="prose"><h2>What it means</h2><p>A link has no direction, and what is not in the table explains nothing: a common cause that nobody measured leaves a link. Nor are its two columns next to each other in the world; only no column here stands between them.</p></section>`,
      },
    ],
    footer:
      "Made by infonet: one forward pass of a pretrained network a pair, and a test of what is left of it. The same table and seed give the same report.",
  });
}

function pictureSection(network: DependenceNetwork): Section {
  return {
    id: "picture",
    name: "Picture",
    content: html`<section id="picture"><h2>Picture</h2><p>Links are as wide as they are strong; colours are communities.</p>${networkFigure(network)}</section>`,
  };
}

function linkSection({ edges, units, method }: DependenceNetwork): Section {
  const shown = edges.slice(0, MOST_ROWS);
  const scored = method === "clr";
  const rows = shown.map(
    ({ x, y, mi, direct, given, score, pValue, qValue }) =>
      html`<tr><th scope="row"><b>${x}</b> <span class="times">×</span> <b>${y}</b></th><td class="num strong">${fixed(direct)}</td><td class="num">${fixed(mi)}</td><td>${given.join(", ") || "–"}</td>${scored && html`<td class="num">${fixed(score ?? 0, 2)}</td>`}<td class="num">${formatP(pValue)}</td><td class="num quiet">${formatP(qValue)}</td></tr>
`,
  );
  return {
    id: "links",
    name: "Links",
    content: html`<section id="links"><h2>Links</h2><div class="scroll"><table class="ranking"><thead><tr><th scope="col">link</th><th scope="col" class="num">direct<small>${units}</small></th><th scope="col" class="num">MI<small>${units}</small></th><th scope="col">given</th>${scored && html`<th scope="col" class="num">score</th>`}<th scope="col" class="num">p</th><th scope="col" class="num">q</th></tr></thead><tbody>
${rows}</tbody></table></div>${more(edges.length - shown.length, "link")}</section>`,
  };
}

function removedSection({ removed, units, method }: DependenceNetwork): Section {
  const shown = removed.slice(0, MOST_ROWS);
  const rows = shown.map(
    ({ x, y, mi, through, pValue }) =>
      html`<tr><th scope="row"><b>${x}</b> <span class="times">×</span> <b>${y}</b></th><td class="num strong">${fixed(mi)}</td><td>${through.join(", ") || "–"}</td><td class="num">${formatP(pValue)}</td></tr>
`,
  );
  const about =
    method === "clr"
      ? "Dependences that are no more than what either column shares with all others."
      : "Dependences that go through other columns: with these known, nothing is left.";
  return {
    id: "removed",
    name: "Through others",
    content: html`<section id="removed"><h2>Through others</h2><p>${about}</p><div class="scroll"><table class="ranking"><thead><tr><th scope="col">pair</th><th scope="col" class="num">MI<small>${units}</small></th><th scope="col">through</th><th scope="col" class="num">p<small>of the rest</small></th></tr></thead><tbody>
${rows}</tbody></table></div>${more(removed.length - shown.length, "pair")}</section>`,
  };
}

function communitySection(groups: readonly string[][]): Section {
  return {
    id: "communities",
    name: "Communities",
    content: html`<section id="communities"><h2>Communities</h2><p>Columns with more and stronger links among themselves than by chance.</p><ul class="reasons">${groups.map((names): Html => html`<li><b>${count(names.length, "column")}</b>: ${names.join(", ")}</li>`)}</ul></section>`,
  };
}
