/** A pair as a picture that stands alone: its rows, and where they come together. */
import { type Axis, axisOf, bands } from "@infonet/cli/report/axis.js";
import { picture } from "@infonet/cli/report/critic-map.js";
import { html } from "@infonet/cli/report/html.js";
import { RATIO_MAP } from "@infonet/cli/report/palette.js";
import { pngUri } from "@infonet/cli/report/png.js";
import { completeRows } from "@infonet/cli/report/rank-correlation.js";
import { labelsFor } from "@infonet/cli/report/values.js";
import type { TableColumn } from "@infonet/cli/table/types.js";
import { fixed, formatP } from "@infonet/cli/text/numbers.js";
import type { Estimate } from "infonet";

const SIDE = 270;
const TOP = 48;
const LEFT = { rows: 70, map: 430 };
const WIDTH = LEFT.map + SIDE + 20;
const HEIGHT = TOP + SIDE + 46;
/** Dots that are drawn at most: every k-th row. */
const MOST_DOTS = 1500;
/** Share of a level's width that its rows are spread over. */
const SPREAD = 0.7;
/** Steps of these fill a square evenly, however many there are: powers of the root of t³ = t + 1 (Roberts 2018). */
const STEPS = { across: 0.7548776662, up: 0.569840291 };

/** What of a picture hangs on the network, apart from the rest. */
export interface MapPicture {
  width: number;
  height: number;
  indices: Uint8Array;
}

/** Where the copula of a pair has how much, as steps of the report's palette, first row on top. */
export function mapOf(a: TableColumn, b: TableColumn, { copula, kinds }: Estimate): MapPicture {
  const rows = completeRows(a.values, b.values);
  return picture(copula, axisOf(a, rows, kinds[0]), axisOf(b, rows, kinds[1]));
}

/** The picture, as SVG. */
export function pairPicture(a: TableColumn, b: TableColumn, estimate: Estimate, map: MapPicture): string {
  const { mi, interval, pValue, kinds } = estimate;
  const rows = completeRows(a.values, b.values);
  const [x, y] = [axisOf(a, rows, kinds[0]), axisOf(b, rows, kinds[1])];
  const every = Math.ceil(rows.length / MOST_DOTS);
  const [across, up] = [placesOf(x, STEPS.across), placesOf(y, STEPS.up)];
  const dots = rows
    .filter((_, k) => k % every === 0)
    .map((row, k) => {
      const [dx, dy] = [across(a.values[row], k), up(b.values[row], k)];
      return `M${(LEFT.rows + dx * SIDE).toFixed(1)},${(TOP + (1 - dy) * SIDE).toFixed(1)}h0`;
    })
    .join("");
  const words = `${fixed(mi, 2)} nats (90 %: ${fixed(interval[0], 2)} – ${fixed(interval[1], 2)}), p ${formatP(pValue)}, ${rows.length} rows`;
  const names = `${a.name} and ${b.name}`;
  const image = pngUri(map.width, map.height, map.indices, RATIO_MAP.light);
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${names}: ${words}" font-family="system-ui, sans-serif" font-size="12" fill="#333">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${LEFT.rows}" y="18" font-size="14" font-weight="600">${names}</text>
<text x="${LEFT.rows}" y="36" fill="#555">${words}</text>
<path d="${dots}" stroke="#1d5578" stroke-opacity="0.45" stroke-width="3.4" stroke-linecap="round" fill="none"/>
<image x="${LEFT.map}" y="${TOP}" width="${SIDE}" height="${SIDE}" preserveAspectRatio="none" href="${image}"/>
${[LEFT.rows, LEFT.map].map((left) => html`<rect x="${left}" y="${TOP}" width="${SIDE}" height="${SIDE}" fill="none" stroke="#999"/>`)}
${labelsOf(x).map(({ text, at }) => html`<text x="${LEFT.rows + at * SIDE}" y="${TOP + SIDE + 16}" text-anchor="middle" fill="#555">${text}</text>`)}
${labelsOf(y).map(({ text, at }) => html`<text x="${LEFT.rows - 6}" y="${TOP + (1 - at) * SIDE + 4}" text-anchor="end" fill="#555">${text}</text>`)}
<text x="${LEFT.rows + SIDE / 2}" y="${TOP + SIDE + 38}" text-anchor="middle">${a.name} →</text>
<text x="${LEFT.map + SIDE / 2}" y="${TOP + SIDE + 38}" text-anchor="middle">${a.name}, by rank →</text>
<text transform="translate(${LEFT.map - 10} ${TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">${b.name}, by rank →</text>
</svg>
`.text;
}

/** Where a value stands along its axis, 0 … 1; rows of a level stand beside each other. */
function placesOf({ sorted, kind }: Axis, step: number): (value: number, turn: number) => number {
  if (kind === "levels") {
    const levels = [...new Set(sorted)];
    return (value, turn) =>
      (levels.indexOf(value) + 0.5 + SPREAD * (((turn * step) % 1) - 0.5)) / levels.length;
  }
  const [low, high] = [sorted[0], sorted[sorted.length - 1]];
  // A little off the frame.
  return (value) => 0.03 + (0.94 * (value - low)) / (high - low);
}

/** What stands along an axis: the levels, or the ends. */
function labelsOf(axis: Axis): { text: string; at: number }[] {
  if (axis.kind === "levels") {
    const all = bands(axis);
    return all.map(({ label }, k) => ({ text: label, at: (k + 0.5) / all.length }));
  }
  const labelOf = labelsFor(axis.column, axis.sorted);
  const [low, high] = [axis.sorted[0], axis.sorted[axis.sorted.length - 1]];
  return [
    { text: labelOf(low), at: 0.08 },
    { text: labelOf(high), at: 0.92 },
  ];
}
