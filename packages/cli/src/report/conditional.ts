/** The report of what two columns share beyond others. */
import type { ConditionalInformation } from "infonet";
import type { Engine } from "../engine.js";
import { type ConditionalHead, groupKinds } from "../output/joint.js";
import { percentOf } from "../output/kinds.js";
import type { Table, TableColumn } from "../table/types.js";
import { count, fixed, formatP, grouped } from "../text/numbers.js";
import { axisOf, bands } from "./axis.js";
import { columnTable } from "./column-table.js";
import { estimateTable } from "./estimates.js";
import { type Html, html } from "./html.js";
import { cautions, pageOf, type Section, saidOfRows, tiles } from "./page.js";
import {
  closeUp,
  completeRowsOf,
  type EstimatedPair,
  estimatePairs,
  type PairSettings,
  pairRow,
} from "./pairs.js";
import { scatter } from "./scatter.js";

/** Columns among those given along which the pair is looked at. */
const MOST_GIVEN = 6;
/** Stretches of such a column, and rows that one has at least. */
const MOST_STRATA = 8;
const FEWEST_ROWS = 30;
/** Pictures of stretches. */
const MOST_PICTURES = 6;

/** A pair given others, as one page: beside the pair alone, and along each of the others. */
export async function conditionalReport(
  engine: Engine,
  table: Table,
  head: ConditionalHead,
  result: ConditionalInformation,
  signal: AbortSignal,
): Promise<string> {
  const { x, y, given, units, seed, model } = head;
  const settings = { units, seed, model, signal };
  const complete = completeRowsOf(table, [x, y, ...given]);
  const alone = await estimatePairs(engine, complete, [[x, y]], settings);
  const along: (Section | undefined)[] = [];
  // Rows that are alike in others no longer follow each other in time.
  if (head.series === undefined) {
    for (const [k, name] of given.slice(0, MOST_GIVEN).entries()) {
      along.push(await strataSection(engine, complete, head, name, k, settings));
    }
  }
  const others = given.join(", ");
  const [{ estimate: by }] = alone;
  return pageOf({
    kind: "Beyond others",
    file: table.file,
    about: `${x} × ${y} given ${others}`,
    heading: html`<bdi>${x}</bdi> × <bdi>${y}</bdi>, given <bdi>${others}</bdi>`,
    rows: table.rows,
    columns: 2 + given.length,
    said: saidOfRows(head.series, result.n),
    ...{ units, seed, model },
    head: html`${tiles([
      [
        `${fixed(result.mi)} ${units}`,
        "given the others",
        `90 % interval ${fixed(result.interval[0])} to ${fixed(result.interval[1])}`,
      ],
      ...(by === undefined
        ? []
        : [
            [
              `${fixed(by.mi)} ${units}`,
              "by themselves",
              `90 % interval ${fixed(by.interval[0])} to ${fixed(by.interval[1])}`,
            ] as const,
          ]),
      [formatP(result.pValue), "p of independence", "given the others"],
      ...(by === undefined ? [] : [comparison(result, by)]),
    ])}
${cautions(result.warnings)}`,
    sections: [
      {
        id: "beside",
        name: "With and without",
        content: html`<section id="beside"><h2>With and without the others</h2><p>In the rows where all of these columns have a value. The dot is the estimate, the bar its 90 % interval.</p>${estimateTable(
          "pair",
          [
            pairRow(
              alone[0],
              html`<b>${x}</b> <span class="times">×</span> <b>${y}</b><small>by themselves</small>`,
              0,
            ),
            {
              ...result,
              name: html`<b>${x}</b> <span class="times">×</span> <b>${y}</b><small>given ${others}</small>`,
            },
          ],
          units,
        )}</section>`,
      },
      ...along,
      closeUp(
        complete,
        alone,
        settings,
        "The two columns by themselves, whatever the others are: the rows as they are, and where values come together more often than if the columns were independent.",
      ),
      {
        id: "columns",
        name: "Columns",
        content: html`<section id="columns"><h2>Columns</h2><p>Taken for ${groupKinds([result.kinds.x])} × ${groupKinds([result.kinds.y])}, given ${groupKinds(result.kinds.z)}.</p>${columnTable(table)}</section>`,
      },
      READING,
    ],
    footer:
      "Made by infonet: a pretrained network, and counts where columns are levels. The same table and seed give the same report.",
  });
}

/** A difference that three decimals show. */
const LEAST = 0.0005;

/** What becomes of the dependence once the others are known. */
function comparison(
  { mi, interval: [low, high] }: Pick<ConditionalInformation, "mi" | "interval">,
  by: Pick<ConditionalInformation, "mi" | "interval">,
): [string, string, string?] {
  const [less, more] = by.interval;
  if (mi - by.mi >= LEAST) {
    return [
      `+${fixed(mi - by.mi)}`,
      "more than by themselves",
      low > more ? "the others bring it out" : "the intervals overlap",
    ];
  }
  const share = by.mi > mi ? (by.mi - mi) / by.mi : 0;
  return [percentOf(share), "explained by the others", high < less ? undefined : "the intervals overlap"];
}

/** A stretch of a column: a level of it, or a fifth of its ordered values. */
interface Stratum {
  label: string;
  table: Table;
  rows: number[];
}

async function strataSection(
  engine: Engine,
  table: Table,
  { x, y, units }: ConditionalHead,
  name: string,
  index: number,
  settings: PairSettings,
): Promise<Section | undefined> {
  const all = strataOf(table, name);
  const strata = all
    .filter(({ rows }) => rows.length >= FEWEST_ROWS)
    .sort((a, b) => b.rows.length - a.rows.length)
    .slice(0, MOST_STRATA);
  if (strata.length < 2) return undefined;
  strata.sort((a, b) => all.indexOf(a) - all.indexOf(b));
  const found: EstimatedPair[] = [];
  for (const stratum of strata)
    found.push(...(await estimatePairs(engine, stratum.table, [[x, y]], settings)));
  const left = all.length - strata.length;
  const rows = found.map((pair, k) => pairRow(pair, html`<b>${strata[k].label}</b>`));
  const id = `along-${index + 1}`;
  return {
    id,
    name: `Along ${name}`,
    content: html`<section id="${id}"><h2>Along ${name}</h2><p>${x} and ${y} in rows that are alike in ${name}, one level or a fifth of its values after the other, whatever else is given.${left > 0 && ` ${count(left, "more")} with fewer rows.`}</p>${estimateTable(name, rows, units)}<div class="strata">${strata
      .slice(0, MOST_PICTURES)
      .map((stratum, k) => picture(stratum, found[k], x, y))}</div></section>`,
  };
}

function picture({ label, table, rows }: Stratum, pair: EstimatedPair, x: string, y: string): Html | false {
  if (pair.estimate === undefined) return false;
  const columnOf = (name: string) => table.columns.find((column) => column.name === name) as TableColumn;
  const [first, second] = [x, y].map((name, k) => axisOf(columnOf(name), rows, pair.cell.kinds[k]));
  return html`<figure><figcaption>${label} <small>${grouped(rows.length)} rows, ${fixed(pair.cell.mi)}</small></figcaption>${scatter(first, second, rows)}</figure>`;
}

/** The stretches of a column, in their order, each with a table in which the others are missing. */
function strataOf(table: Table, name: string): Stratum[] {
  const column = table.columns.find((own) => own.name === name) as TableColumn;
  const { values } = column;
  const rows = [...values.keys()]
    .filter((row) => !Number.isNaN(values[row]))
    .sort((a, b) => values[a] - values[b] || a - b);
  if (rows.length === 0) return [];
  return bands(axisOf(column, rows, column.levels ? "levels" : "number")).map(({ from, to, label }) => {
    const own = rows
      .slice(Math.round(from * rows.length), Math.round(to * rows.length))
      .sort((a, b) => a - b);
    const inside = new Set(own);
    const columns = table.columns.map((each) => ({
      ...each,
      values: each.values.map((value, row) => (inside.has(row) ? value : Number.NaN)),
    }));
    return { label, rows: own, table: { ...table, columns } };
  });
}

const READING: Section = {
  id: "reading",
  name: "What it means",
  content: html`<section id="reading" class="prose"><h2>What it means</h2><dl>
<dt>Given the others</dt><dd>What the two columns still tell of each other once the others are known. 0 says that the others explain all of their dependence: a common cause, or a chain. More than by themselves says that both bear on one of the others, or that the dependence changes along them.</dd>
<dt>p of independence</dt><dd>How often columns that share nothing beyond the others would give as much evidence. Above 0.05 the interval begins at 0.</dd>
<dt>Along a column</dt><dd>The pair in rows that are alike in that one column. Where several are given, the others still differ within such rows, so these numbers need not add up to the one above; a fifth of the values of a number is not one value, and some of what the column explains is left in it.</dd>
</dl></section>`,
};
