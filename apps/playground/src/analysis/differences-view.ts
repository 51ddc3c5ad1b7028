/** What differs between groups of rows, as markup. Loaded when it is asked for. */
import { percentOf } from "@infonet/cli/output/kinds.js";
import { type Html, html } from "@infonet/cli/report/html.js";
import { count, formatP, grouped } from "@infonet/cli/text/numbers.js";
import type { Differences } from "infonet";
import { BAR_HEAD, barCell, strengthCell } from "../pictures/strength-cells.js";
import { andMore, failedPairs, MOST_ROWS, pairLinks } from "./links.js";

/** False discovery rate at which something counts as different. */
const RATE = 0.05;

/** The markup. */
export function differencesHtml(table: readonly { name: string }[], differences: Differences): string {
  const { by, groups, leftOut, columns, pairs, failed } = differences;
  const link = pairLinks(table);
  const found = (list: readonly { qValue: number }[]): number =>
    list.filter(({ qValue }) => qValue <= RATE).length;
  const sizes = groups.map(({ level, n }) => `${level} (${grouped(n)})`).join(", ");
  return html`<p class="verdict">Between the groups of ${by}, ${found(columns)} of ${count(columns.length, "column")} and ${found(pairs)} of ${count(pairs.length, "pair")} differ beyond chance.</p>
<p class="note">${sizes}. Five in a hundred that are said to differ may not.</p>
${leftOut.length > 0 && html`<p class="note">Too few rows to be compared: ${leftOut.map(({ level, n }) => `${level} (${n})`).join(", ")}.</p>`}
${columns.length > 0 && columnTable(differences, link)}
${pairs.length > 0 && pairTable(differences, link)}
${failedPairs(failed)}`.text;
}

type Link = ReturnType<typeof pairLinks>;

const doubtful = (qValue: number): string => (qValue > RATE ? "doubtful" : "");

function columnTable({ by, columns }: Differences, link: Link): Html {
  const shown = columns.slice(0, MOST_ROWS);
  return html`<h3>Columns</h3><p class="note">What a column tells of the group that a row belongs to: nothing where it has the same distribution in all groups.</p><table><thead><tr><th scope="col">Column</th>${BAR_HEAD}<th scope="col" class="num">Strength</th><th scope="col" class="num wide">Of all there is to tell</th><th scope="col" class="num">p</th></tr></thead><tbody>
${shown.map(
  ({ column, mi, interval, normalized, pValue, qValue }) =>
    html`<tr class="${doubtful(qValue)}"><th scope="row">${link(column, by, column)}</th>${barCell({ mi, interval })}${strengthCell(mi)}<td class="num wide">${percentOf(normalized)}</td><td class="num">${formatP(pValue)}</td></tr>
`,
)}</tbody></table>${andMore(columns.length - shown.length, "column")}`;
}

function pairTable({ groups, pairs }: Differences, link: Link): Html {
  const shown = pairs.slice(0, MOST_ROWS);
  return html`<h3>Pairs</h3><p class="note">What two columns share in each group, the surest difference first. A line that rises in one group and falls in the other differs, though its strength does not.</p><table class="groups"><thead><tr><th scope="col">Pair</th><th scope="col">Group</th>${BAR_HEAD}<th scope="col" class="num">Strength</th><th scope="col" class="num">p</th></tr></thead>
${shown.map(
  ({ x, y, mi, interval, pValue, qValue }) =>
    html`<tbody class="${doubtful(qValue)}">${groups.map(
      ({ level }, k) =>
        html`<tr>${k === 0 && html`<th scope="rowgroup" rowspan="${groups.length}">${link(x, y)}</th>`}<td>${level}</td>${barCell({ mi: mi[k], interval: interval[k] })}${strengthCell(mi[k])}${k === 0 && html`<td class="num" rowspan="${groups.length}">${formatP(pValue)}</td>`}</tr>
`,
    )}</tbody>`,
)}</table>${andMore(pairs.length - shown.length, "pair")}`;
}
