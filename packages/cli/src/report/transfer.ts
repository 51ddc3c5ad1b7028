/** The reports of transfer entropy: of two series, and of many to one. */
import type { SourceInformation, SourcesInformation, TransferEntropy, TransferInformation } from "infonet";
import { type SeriesHead, seriesInWords } from "../output/series.js";
import type { SourcesHead } from "../output/sources.js";
import type { Table } from "../table/types.js";
import { count, fixed, formatP, grouped } from "../text/numbers.js";
import { columnTable } from "./column-table.js";
import { estimateTable } from "./estimates.js";
import { type Html, html } from "./html.js";
import { cautions, pageOf, type Section, saidOfRows, tiles } from "./page.js";

const FOOTER = "Made by infonet. The same table and seed give the same report.";

/** Transfer entropy of two series in both directions, as one page. */
export function transferReport(table: Table, head: SeriesHead, result: TransferInformation): string {
  const { x, y, given = [], units, seed, model } = head;
  const { xToY, yToX, net, lag } = result;
  const sure = net.interval[0] > 0 || net.interval[1] < 0;
  const beyond = given.length > 0 ? `, given ${given.join(", ")}` : "";
  const [from, to] = net.mi >= 0 ? [x, y] : [y, x];
  const row = (first: string, second: string, direction: TransferEntropy) => ({
    ...direction,
    name: html`<b>${first}</b> → <b>${second}</b><small>beyond ${count(direction.history, "row")} of its own past</small>`,
  });
  const codes = new Map([...xToY.warnings, ...yToX.warnings].map((warning) => [warning.code, warning]));
  return pageOf({
    kind: "Transfer entropy",
    file: table.file,
    about: `${x} and ${y}`,
    heading: html`<bdi>${x}</bdi> and <bdi>${y}</bdi>, lag ${lag}${beyond}`,
    rows: table.rows,
    said: saidOfRows(head.series, Math.min(xToY.n, yToX.n)),
    ...{ units, seed, model },
    head: html`${tiles([
      [`${fixed(xToY.mi)} ${units}`, `${x} → ${y}`, `p ${formatP(xToY.pValue)}`],
      [`${fixed(yToX.mi)} ${units}`, `${y} → ${x}`, `p ${formatP(yToX.pValue)}`],
      [
        `${fixed(Math.abs(net.mi))} ${units}`,
        "net flow",
        sure ? `from ${from} to ${to}` : "either way: its interval holds 0",
      ],
    ])}
${cautions([...codes.values()])}`,
    sections: [
      {
        id: "directions",
        name: "Both directions",
        content: html`<section id="directions"><h2>Both directions</h2><p>What each series tells of the other ${count(lag, "row")} later, beyond the other's own past${beyond}. The dot is the estimate, the bar its 90 % interval.</p>${estimateTable("direction", [row(x, y, xToY), row(y, x, yToX)], units)}<p class="note">Net flow from ${x} to ${y}: ${fixed(net.mi)} ${units}, ${fixed(net.interval[0])} to ${fixed(net.interval[1])}.</p></section>`,
      },
      columnSection(table),
      READING,
    ],
    footer: FOOTER,
  });
}

/** What the past of several series tells of one, as one page. */
export function sourcesReport(table: Table, head: SourcesHead, result: SourcesInformation): string {
  const { units, seed, model, maxLag, given } = head;
  const { target, history, sources, failed } = result;
  const telling = sources.filter(({ familyPValue }) => (familyPValue ?? 1) <= 0.05);
  const beyond = given.length > 0 ? `, given ${given.join(", ")}` : "";
  const codes = new Map(
    sources.flatMap(({ warnings }) => warnings).map((warning) => [warning.code, warning]),
  );
  return pageOf({
    kind: "Transfer entropy",
    file: table.file,
    about: `sources of ${target}`,
    heading: html`sources of ${target}, up to ${count(maxLag, "row")} before${beyond}`,
    rows: table.rows,
    said: head.series === undefined ? [] : [seriesInWords(head.series)],
    ...{ units, seed, model },
    head: html`${tiles([
      [grouped(telling.length), `of ${count(sources.length, "source")} tell of it`, "p of all at most 0.05"],
      [
        sources[0]?.source ?? "none",
        "has the most evidence",
        sources[0] && `${count(sources[0].lag, "row")} before`,
      ],
    ])}
${cautions([...codes.values()])}`,
    sections: [
      {
        id: "sources",
        name: "Sources",
        content: html`<section id="sources"><h2>Sources</h2><p>Each at the lag of its most evidence, what it tells of ${target} beyond ${count(history, "row")} of ${target}'s own past${beyond}. p is that of as much at any lag of this series.</p>${estimateTable(
          "source",
          sources.map((source) => ({
            ...source,
            name: html`<b>${source.source}</b><small>${count(source.lag, "row")} before</small>`,
          })),
          units,
        )}</section>`,
      },
      sources.length === 0 ? undefined : lagSection(sources, maxLag),
      failed.length === 0
        ? undefined
        : {
            id: "not-computed",
            name: "Not computed",
            content: html`<section id="not-computed"><h2>Not computed</h2><ul class="reasons">${failed.map(({ source, error }) => html`<li><b>${source}</b>: ${error}</li>`)}</ul></section>`,
          },
      columnSection(table),
      READING,
    ],
    footer: FOOTER,
  });
}

/** p of every source at every lag, among all of them. */
function lagSection(sources: readonly SourceInformation[], maxLag: number): Section {
  const lags = Array.from({ length: maxLag }, (_, k) => k + 1);
  const rows = sources.map(({ source, lags: own }): Html => {
    const at = new Map(own.map((lag) => [lag.lag, lag.familyPValue]));
    return html`<tr><th scope="row">${source}</th>${lags.map((lag) => html`<td class="num${(at.get(lag) ?? 1) <= 0.05 && " strong"}">${formatP(at.get(lag))}</td>`)}</tr>
`;
  });
  return {
    id: "lags",
    name: "By lag",
    content: html`<section id="lags"><h2>By lag</h2><p>p of as much evidence of any source at any lag, for every source (rows) so many rows before (columns).</p><div class="scroll"><table class="ranking"><thead><tr><th scope="col">source</th>${lags.map((lag) => html`<th scope="col" class="num">${lag}</th>`)}</tr></thead><tbody>
${rows}</tbody></table></div></section>`,
  };
}

function columnSection(table: Table): Section {
  return {
    id: "columns",
    name: "Columns",
    content: html`<section id="columns"><h2>Columns</h2>${columnTable(table)}</section>`,
  };
}

const READING: Section = {
  id: "reading",
  name: "What it means",
  content: html`<section id="reading" class="prose"><h2>What it means</h2><p>Transfer entropy is what the past of one series tells of another beyond that one's own past. What drives both, and is not given, looks like a flow from the one that it reaches first; a history that is too short makes a source of everything that tells of the target's past.</p></section>`,
};
