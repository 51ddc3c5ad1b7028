/** The report of what was read of a table. */

import { quantile } from "d3-array";
import { percentOf } from "../output/kinds.js";
import { kindCounts, missingInWords } from "../output/reading.js";
import type { Table, TableColumn } from "../table/types.js";
import { count, fixed, grouped } from "../text/numbers.js";
import { columnTable } from "./column-table.js";
import { html } from "./html.js";
import { pageOf, tiles } from "./page.js";
import { reading } from "./reading.js";
import { failures } from "./sections.js";
import { clip, labelsFor } from "./values.js";

/** Levels that are named with their rows. */
const NAMED_LEVELS = 4;
const LEVEL_CHARS = 24;

/** What was read of every column, as one page. */
export function columnsReport(table: Table): string {
  const view = { table, failed: [] };
  const { columns, unusable, rows, file } = table;
  const missing = columns.reduce((sum, column) => sum + column.missing, 0);
  const left = failures(view);
  return pageOf({
    kind: "What was read",
    ...{ file, rows },
    about: "its columns",
    columns: table.names.length,
    head: html`${tiles([
      [grouped(rows), rows === 1 ? "row" : "rows"],
      [
        grouped(columns.length),
        columns.length === 1 ? "column" : "columns",
        unusable.length > 0 ? `${grouped(unusable.length)} more not usable` : undefined,
      ],
      [
        grouped(missing),
        missing === 1 ? "value missing" : "values missing",
        missing === 0 ? undefined : missingInWords(table),
      ],
      [
        kindCounts({ columns, unusable: [] })
          .map(({ text }) => text)
          .join(", ") || "none",
        "to work with",
      ],
    ])}
${reading(view)}`,
    sections: [
      columns.length === 0
        ? undefined
        : {
            id: "columns",
            name: "Columns",
            content: html`<section id="columns"><h2>Columns</h2><p>Bars are rows in equal steps of the values, or with each level. The entropy of levels is the most that another column can tell of them: it is 100 % where all levels are equally frequent.</p>${columnTable(
              table,
              [
                { heading: "different", number: true, cell: ({ values }) => grouped(differentIn(values)) },
                { heading: "in short", cell: inShort },
              ],
            )}</section>`,
          },
      left && { id: "not-computed", name: "Not usable", content: left },
    ],
    footer: "Made by infonet. The same table gives the same report.",
  });
}

function presentIn(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}

function differentIn(values: Float64Array): number {
  return new Set(presentIn(values)).size;
}

/** Numbers by their median and middle half, levels by their entropy and the most frequent of them. */
function inShort(column: TableColumn): string {
  if (column.levels !== undefined) return levelsInShort(column.values, column.levels);
  const sorted = presentIn(column.values).sort();
  if (sorted.length === 0) return "–";
  const label = labelsFor(column, sorted);
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => label(quantile(sorted, share) as number));
  return `median ${middle}, middle half ${low} to ${high}`;
}

function levelsInShort(values: Float64Array, levels: readonly string[]): string {
  const rows = new Array<number>(levels.length).fill(0);
  for (const code of presentIn(values)) rows[code]++;
  const all = rows.reduce((sum, number) => sum + number, 0);
  const found = [...rows.keys()].filter((code) => rows[code] > 0).sort((a, b) => rows[b] - rows[a]);
  const entropy = -found.reduce((sum, code) => sum + (rows[code] / all) * Math.log(rows[code] / all), 0);
  const named = found
    .slice(0, NAMED_LEVELS)
    .map((code) => `${clip(levels[code], LEVEL_CHARS)} ${grouped(rows[code])}`);
  const more = found.length - named.length;
  const most = found.length > 1 ? ` (${percentOf(entropy / Math.log(found.length))})` : "";
  return `entropy ${fixed(entropy)} nats${most}; ${named.join(", ")}${more > 0 ? ` and ${count(more, "other")}` : ""}`;
}
