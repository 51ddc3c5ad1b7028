/** What the first columns of a selection tell together, as a picture in the colours of the page. */
import { ticks } from "d3-array";
import type { Selection } from "infonet";
import { count, fixed } from "../text/numbers.js";
import { type Html, html } from "./html.js";
import { clip } from "./values.js";

const WIDTH = 720;
const HEIGHT = 320;
const EDGE = { left: 56, right: 16, top: 16, bottom: 78 };
const NAME_CHARS = 12;

/** Information of the first columns together, by how many they are. */
export function selectionCurve({ selected, units }: Selection): Html {
  const open = selected.map(({ total, totalInterval: [low, high] }) => ({
    total,
    low,
    high: Number.isFinite(high) ? high : total,
  }));
  const most = Math.max(0.05, ...open.map(({ high }) => high)) * 1.05;
  const [wide, high] = [WIDTH - EDGE.left - EDGE.right, HEIGHT - EDGE.top - EDGE.bottom];
  const along = (k: number): string => (EDGE.left + (wide * k) / selected.length).toFixed(1);
  const up = (mi: number): string => (EDGE.top + (1 - mi / most) * high).toFixed(1);
  const points = [{ total: 0, low: 0, high: 0 }, ...open];
  const band = [
    ...points.map((point, k) => `${along(k)},${up(point.high)}`),
    ...points.map((point, k) => `${along(k)},${up(point.low)}`).reverse(),
  ].join(" ");
  const label = `Information of the first columns together: ${selected.map(({ column, total }) => `${column} ${fixed(total)}`).join(", ")}.`;
  return html`<figure class="scroll"><svg class="plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${label}">
${ticks(0, most, 5).map((mi) => html`<g><line class="tick" stroke-opacity="0.3" x1="${EDGE.left}" x2="${WIDTH - EDGE.right}" y1="${up(mi)}" y2="${up(mi)}"/><text x="${EDGE.left - 8}" y="${up(mi)}" dy="4" text-anchor="end">${String(Number(mi.toFixed(6)))}</text></g>`)}
<polygon class="spread" points="${band}"/><polyline class="median" points="${points.map((point, k) => `${along(k)},${up(point.total)}`).join(" ")}"/>
${selected.map(
  ({ column, total }, k) =>
    html`<g><circle cx="${along(k + 1)}" cy="${up(total)}" r="4"><title>${column}: ${fixed(total)} ${units}</title></circle><text transform="translate(${along(k + 1)} ${HEIGHT - EDGE.bottom + 16}) rotate(-30)" text-anchor="end">${clip(column, NAME_CHARS)}</text></g>`,
)}<text class="axis-title" x="${EDGE.left + wide / 2}" y="${HEIGHT - 4}" text-anchor="middle">${count(selected.length, "column")}, in the order in which they were taken</text></svg></figure>`;
}
