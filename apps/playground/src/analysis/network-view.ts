/** What is direct and what goes through others, as markup: a picture, then everything as lists. Loaded when it is asked for. */
import { type Html, html } from "@infonet/cli/report/html.js";
import { communityColour, networkFigure } from "@infonet/cli/report/network-picture.js";
import { count, fixed, formatP } from "@infonet/cli/text/numbers.js";
import type { DependenceNetwork } from "infonet";
import { BAR_HEAD, barCell, strengthCell, strengthText } from "../pictures/strength-cells.js";
import { andMore, failedPairs, MOST_ROWS, pairLinks } from "./links.js";

/** Nodes of which a picture can be made smaller, so that it fits into a narrow window. */
const FEW = 15;

/** The markup. */
export function networkHtml(network: DependenceNetwork): string {
  const { method, nodes, edges, removed, communities, failed } = network;
  const link = pairLinks(nodes.map((name) => ({ name })));
  const groups = communities.filter((names) => names.length > 1);
  const through =
    removed.length === 0
      ? ""
      : ` ${count(removed.length, "more pair")} ${removed.length === 1 ? "depends" : "depend"} on each other ${method === "clr" ? "no more than the background" : "through others"}.`;
  return html`<p class="verdict">${count(edges.length, "direct link")} among ${count(nodes.length, "column")}.${through}</p>
${edges.length > 0 && html`<div class="scroll network${nodes.length <= FEW && " few"}" tabindex="0" role="region" aria-label="Picture of the network">${networkFigure(network)}</div><p class="note">Links are as wide as they are strong; colours are communities.</p>`}
${edges.length > 0 && direct(network, link)}
${removed.length > 0 && indirect(network, link)}
${groups.length > 0 && html`<h3>Communities</h3><p class="note">Columns with more and stronger links among themselves than by chance.</p><ul class="communities">${groups.map((names, k) => html`<li><svg width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="6" fill="${communityColour(k)}"/></svg> ${names.join(", ")}</li>`)}</ul>`}
${failedPairs(failed)}
<p class="note">A link has no direction. What is not in the table explains nothing: a common cause that nobody measured leaves a link.</p>`
    .text;
}

type Link = ReturnType<typeof pairLinks>;

function direct({ edges, method }: DependenceNetwork, link: Link): Html {
  const shown = edges.slice(0, MOST_ROWS);
  const scored = method === "clr";
  return html`<h3>Direct</h3><table><thead><tr><th scope="col">Link</th>${BAR_HEAD}<th scope="col" class="num">${scored ? "Strength" : "What is left"}</th>${scored ? html`<th scope="col" class="num wide">Score</th>` : html`<th scope="col" class="num wide">By itself</th><th scope="col" class="wide">Given</th>`}<th scope="col" class="num">p</th></tr></thead><tbody>
${shown.map(
  ({ x, y, mi, direct, given, score, pValue }) =>
    html`<tr><th scope="row">${link(x, y)}</th>${barCell({ mi: direct, interval: [direct, mi] })}${strengthCell(direct)}${scored ? html`<td class="num wide">${fixed(score ?? 0, 1)}</td>` : html`<td class="num wide">${strengthText(mi)}</td><td class="wide">${given.join(", ") || "–"}</td>`}<td class="num">${formatP(pValue)}</td></tr>
`,
)}</tbody></table>${andMore(edges.length - shown.length, "link")}`;
}

function indirect({ removed, method }: DependenceNetwork, link: Link): Html {
  const shown = removed.slice(0, MOST_ROWS);
  const about =
    method === "clr"
      ? "These share no more than either column does with all others."
      : "With the columns in between known, nothing of these is left.";
  return html`<h3>${method === "clr" ? "Background" : "Through others"}</h3><p class="note">${about}</p><table><thead><tr><th scope="col">Pair</th><th scope="col" class="num">Strength</th>${method !== "clr" && html`<th scope="col">Goes through</th>`}${method === "conditional" && html`<th scope="col" class="num wide">p of the rest</th>`}</tr></thead><tbody>
${shown.map(
  ({ x, y, mi, through, pValue }) =>
    html`<tr><th scope="row">${link(x, y)}</th>${strengthCell(mi)}${method !== "clr" && html`<td>${through.join(", ")}</td>`}${method === "conditional" && html`<td class="num wide">${formatP(pValue)}</td>`}</tr>
`,
)}</tbody></table>${andMore(removed.length - shown.length, "pair")}`;
}
