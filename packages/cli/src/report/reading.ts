/** What was read of the table: a bar a column, and what is to be told of the reading. */
import { ownRemarks, sharedRemarks } from "../kinds/remarks.js";
import { kindCounts, missingInWords, type ReadKind, readingInWords } from "../output/reading.js";
import { count } from "../text/numbers.js";
import { type Html, html } from "./html.js";
import type { View } from "./view.js";

const WIDTH = 1124;
const HEIGHT = 26;
const WIDEST = 30;
/** Columns drawn at most: thinner bars cannot be told apart. */
const MOST_DRAWN = 500;

/** The columns as bars in the colours of their kinds, hatched as far as values are missing, and the remarks. */
export function reading({ table }: Pick<View, "table">): Html {
  const columns = new Map(table.columns.map((column) => [column.name, column]));
  const drawn = table.names.slice(0, MOST_DRAWN);
  const step = Math.min(WIDEST, WIDTH / drawn.length);
  const bars = drawn.map((name, k) => {
    const column = columns.get(name);
    const kind: ReadKind = column?.kind ?? "unusable";
    const share = column && table.rows > 0 ? 1 - column.missing / table.rows : 0;
    const height = Math.round(share * HEIGHT * 10) / 10;
    const missing = column?.missing ? `, ${count(column.missing, "row")} missing` : "";
    const place = { x: round(k * step), width: round(step * 0.86) };
    return html`<g><title>${name}: ${kind === "unusable" ? "not usable" : kind}${missing}</title><rect class="absent" x="${place.x}" y="0" width="${place.width}" height="${HEIGHT}"/><rect class="kind-${kind}" x="${place.x}" y="${HEIGHT - height}" width="${place.width}" height="${height}"/></g>`;
  });
  const left = table.names.length - drawn.length;
  const legend = kindCounts(table).map(
    ({ kind, text }) =>
      html`<span><svg width="10" height="10" aria-hidden="true"><rect class="kind-${kind}" width="10" height="10"/></svg> ${text}</span>`,
  );
  return html`<figure class="read"><svg viewBox="0 0 ${round(step * drawn.length)} ${HEIGHT}" width="${round(step * drawn.length)}" height="${HEIGHT}" role="img" aria-label="What was read: ${readingInWords(table)}">${bars}</svg>
<figcaption class="meta">${legend}<span>${missingInWords(table)}</span>${left > 0 && html`<span>${count(left, "more column")} not drawn</span>`}</figcaption>${remarks(table)}</figure>`;
}

/** What holds for the table and for several columns in full; what holds for one stands with it. */
function remarks({ notes, remarks = new Map() }: View["table"]): Html | false {
  const lines = [...notes, ...sharedRemarks(remarks)];
  const own = ownRemarks(remarks).size;
  if (own > 0)
    lines.push(`${own === 1 ? "1 column has a remark" : `${own} columns have remarks`} of its own, below`);
  if (lines.length === 0) return false;
  return html`<ul class="reasons note">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
