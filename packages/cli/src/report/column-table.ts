/** The columns of a table, a row each. */
import { ownRemarks } from "../kinds/remarks.js";
import { distributionOf } from "../output/distribution.js";
import { percentOf } from "../output/kinds.js";
import type { Table, TableColumn } from "../table/types.js";
import { count, grouped } from "../text/numbers.js";
import { type Html, html, type Part } from "./html.js";
import { valueLabel } from "./values.js";

const KINDS: Record<TableColumn["kind"], string> = {
  number: "number",
  boolean: "yes or no",
  category: "category",
  date: "date",
  time: "time",
};
const MOST_COLUMNS = 1000;
const BAR_STEP = 7;
const BAR_HEIGHT = 20;

/** What one report alone says of every column. */
export interface ColumnCell {
  heading: string;
  number?: boolean;
  cell(column: TableColumn): Part;
}

/** The columns that can be used: name and remarks, kind, distribution, range, gaps, and what else a report says of them. */
export function columnTable(table: Table, cells: readonly ColumnCell[] = []): Html {
  const own = ownRemarks(table.remarks ?? new Map());
  const rows = table.columns.slice(0, MOST_COLUMNS).map((column) => {
    const remarks = own.get(column.name)?.map((remark) => html`<small>${remark}</small>`);
    return html`<tr><th scope="row">${column.name}${remarks}</th><td class="kind">${KINDS[column.kind]}</td><td>${histogram(column)}</td><td class="quiet">${rangeOf(column)}</td><td class="num quiet">${missingOf(column, table)}</td>${cells.map(({ number, cell }) => html`<td${number && NUMBER}>${cell(column)}</td>`)}</tr>`;
  });
  const left = table.columns.length - rows.length;
  return html`<div class="scroll"><table class="columns"><thead><tr><th scope="col">column</th><th scope="col">read as</th><th scope="col">distribution</th><th scope="col">values</th><th scope="col" class="num">missing</th>${cells.map(({ heading, number }) => html`<th scope="col"${number && NUMBER}>${heading}</th>`)}</tr></thead><tbody>
${rows}</tbody></table></div>${left > 0 && html`<p class="note">… and ${count(left, "more column")}.</p>`}`;
}

const NUMBER = html` class="num"`;

function missingOf({ missing }: TableColumn, { rows }: Table): string {
  return missing === 0 ? "–" : `${grouped(missing)} (${percentOf(missing / rows)})`;
}

/** Bars for the rows in equal steps of the values, or with each level. */
function histogram(column: TableColumn): Html {
  const counts = distributionOf(column);
  const most = Math.max(...counts, 1);
  const bars = counts.map((rows, k) => {
    const height = rows === 0 ? 0 : Math.max(1, Math.round((rows / most) * BAR_HEIGHT));
    return `M${k * BAR_STEP},${BAR_HEIGHT}v-${height}h${BAR_STEP - 1}v${height}z`;
  });
  return html`<svg class="histogram" width="${counts.length * BAR_STEP}" height="${BAR_HEIGHT}" aria-hidden="true"><path d="${bars.join("")}"/></svg>`;
}

function rangeOf(column: TableColumn): string {
  if (column.levels) {
    const shown = column.levels.slice(0, 4).join(", ");
    return column.levels.length > 4 ? `${shown} … (${column.levels.length})` : shown;
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of column.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return `${valueLabel(column, low)} to ${valueLabel(column, high)}`;
}
