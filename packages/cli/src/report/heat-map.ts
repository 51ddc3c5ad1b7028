import { count, fixed, grouped } from "../text/numbers.js";
import { type Html, html, pageText, scriptJson } from "./html.js";
import { similarOrder } from "./order.js";
import { hex, STRENGTH_MAP, STRENGTH_NONE, STRENGTH_STEPS, strengthStep } from "./palette.js";
import { pngUri } from "./png.js";
import { clip } from "./values.js";
import { describe, MOST_RANKED, strengthOf, type View } from "./view.js";

/** Up to this many columns a cell a pair is drawn, with all names. */
export const MOST_LABELLED = 40;
/** Beyond this, hovering would need more data in the page than the picture itself. */
const MOST_HOVERED = 800;
const LABEL_CHARS = 30;
const SIDE_CHARS = 28;
/** Room above and below the overview: half a line for the outermost names. */
const TOP = 6;

/** The heat map that suits the number of columns; nothing for fewer than three or for targets. */
export function heatMap(view: View): Html | undefined {
  const names = view.table.columns.map(({ name }) => name);
  if (names.length < 3 || view.targets !== undefined) return undefined;
  const strength = (a: string, b: string) => strengthOf(view, view.cell(a, b));
  const order = similarOrder(names.length, (i, j) => (i === j ? 1 : strength(names[i], names[j])));
  const ordered = order.map((index) => names[index]);
  if (names.length <= MOST_LABELLED) {
    return html`<p>Each cell is a pair of columns. Columns that depend on each other stand together; a click leads to the pair.</p>
${strengthLegend()}
<figure class="scroll">${triangle(view, ordered)}</figure>`;
  }
  const leading = leadingColumns(view, names);
  const kept = ordered.filter((name) => leading.has(name));
  return html`<p>All ${grouped(names.length)} columns, those that depend on each other side by side: blocks on the diagonal are groups. <span class="only-js">Point at a cell to read its pair.</span></p>
${strengthLegend()}
<figure class="scroll">${overview(view, ordered)}</figure>
<h3>The ${MOST_LABELLED} columns with the strongest dependence</h3>
<figure class="scroll">${triangle(view, kept)}</figure>`;
}

/** The columns of the strongest pairs, as many as can be labelled. */
function leadingColumns(view: View, names: readonly string[]): Set<string> {
  const leading = new Set<string>();
  for (const { x, y } of view.estimated) {
    for (const name of [x, y]) if (leading.size < MOST_LABELLED) leading.add(name);
    if (leading.size === MOST_LABELLED) break;
  }
  for (const name of names) if (leading.size < MOST_LABELLED) leading.add(name);
  return leading;
}

/**
 * The lower triangle, with each name once, at the diagonal: it ends its row and heads its column, so that no
 * text needs turning.
 */
function triangle(view: View, names: readonly string[]): Html {
  const n = names.length;
  const cell = n <= 8 ? 62 : n <= 14 ? 48 : n <= 24 ? 30 : 20;
  const font = n <= 14 ? 13.5 : n <= 24 ? 12.5 : 11.5;
  const longest = Math.max(...names.map((name) => Math.min([...name].length, LABEL_CHARS)));
  const width = Math.max(n * cell, (n - 1) * cell + 14 + longest * font * 0.62);
  const height = n * cell + 6;
  const cells: Html[] = [];
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) cells.push(heatCell(view, names[j], names[i], j * cell, i * cell, cell));
  }
  const labels = names.map(
    (name, i) =>
      html`<text class="name" data-i="${i}" x="${i * cell + 8}" y="${i * cell + cell / 2 + font * 0.36}"><title>${name}</title>${clip(name, LABEL_CHARS)}</text>`,
  );
  const label = `Heat map of the mutual information of ${n} columns; the ranking below holds the same numbers.`;
  return html`<svg class="heat${n <= 8 ? " small" : ""}" viewBox="0 0 ${Math.ceil(width)} ${height}" width="${Math.ceil(width)}" height="${height}" font-size="${font}" role="group" aria-label="${label}">
<defs><pattern id="no-value" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="no-value-back" width="6" height="6"/><path class="no-value-line" d="M0,0v6"/></pattern></defs>
${cells}${labels}</svg>`;
}

function heatCell(view: View, x: string, y: string, left: number, top: number, size: number): Html {
  const cell = view.cell(x, y);
  const gap = size > 24 ? 2 : 1;
  const box = html`x="${left + gap / 2}" y="${top + gap / 2}" width="${size - gap}" height="${size - gap}" rx="${size > 24 ? 3 : 1.5}"`;
  if (!cell) {
    return html`<rect class="cell" ${box} fill="url(#no-value)"><title>${x} × ${y}: ${view.reason(x, y) ?? "not computed"}</title></rect>`;
  }
  const step = strengthStep(strengthOf(view, cell));
  const value =
    size >= 40 &&
    html`<text class="value ${step >= STRENGTH_STEPS * 0.5 ? "on-strong" : ""}" x="${left + size / 2}" y="${top + size / 2 + 4.5}" text-anchor="middle">${fixed(cell.mi, 2)}</text>`;
  const square = html`<rect class="cell q${step}" ${box}><title>${describe(view, cell)}</title></rect>`;
  const rank = view.rank(x, y);
  const linked = rank < MOST_RANKED ? html`<a href="#pair-${rank + 1}" tabindex="-1">${square}</a>` : square;
  return html`${linked}${value}`;
}

/** All pairs of many columns as one picture, with every k-th name along the side. */
function overview(view: View, names: readonly string[]): Html {
  const n = names.length;
  const pixels = new Uint8Array(n * n);
  let failed = 0;
  for (let i = 0; i < n; i++) {
    pixels[i * n + i] = STRENGTH_STEPS - 1;
    for (let j = 0; j < i; j++) {
      const cell = view.cell(names[i], names[j]);
      if (cell === undefined) failed++;
      const step = cell === undefined ? STRENGTH_NONE : strengthStep(strengthOf(view, cell));
      pixels[i * n + j] = step;
      pixels[j * n + i] = step;
    }
  }
  const size = 860;
  const every = Math.ceil(n / (size / 12.5));
  const longest = Math.max(...names.map((name) => Math.min([...name].length, SIDE_CHARS)));
  const left = Math.ceil(longest * 6.6) + 12;
  const labels = names.map(
    (name, i) =>
      i % every === 0 &&
      html`<text x="${left - 8}" y="${Math.round(((i + 0.5) / n) * size * 10) / 10 + 3.5}" text-anchor="end">${clip(name, SIDE_CHARS)}</text>`,
  );
  const image = (tone: "light" | "dark") =>
    html`<image class="tone-${tone} pixels" x="${left}" y="0" width="${size}" height="${size}" href="${pngUri(n, n, pixels, STRENGTH_MAP[tone])}"/>`;
  const none = (["light", "dark"] as const).map(
    (tone) =>
      html`<i class="tone-${tone}"><svg width="10" height="10" aria-hidden="true"><rect width="10" height="10" fill="${hex(STRENGTH_MAP[tone][STRENGTH_NONE])}"/></svg></i>`,
  );
  const notes = [
    every > 1 &&
      html`<span class="every">Every ${every === 2 ? "second" : every === 3 ? "third" : `${every}th`} column is named at the side.</span>`,
    failed > 0 && html`<span>${none} ${count(failed, "pair")} without a number</span>`,
  ].filter((line) => line !== false);
  const note = notes.length > 0 && html`<figcaption class="meta">${notes}</figcaption>`;
  const data =
    n <= MOST_HOVERED &&
    html`<script type="application/json" id="overview-data">${scriptJson({ names: names.map(pageText), left, top: TOP, size, chars: SIDE_CHARS, units: view.units, mi: quantised(view, names) })}</script>`;
  return html`<svg class="overview" viewBox="0 ${-TOP} ${left + size} ${size + 2 * TOP}" width="${left + size}" height="${size + 2 * TOP}" role="img" aria-label="Heat map of the mutual information of ${n} columns.">${image("light")}${image("dark")}<rect class="frame" x="${left}" y="0" width="${size}" height="${size}"/><g class="names" stroke-width="3">${labels}</g><path class="cross" d=""/></svg>${note}${data}`;
}

/** The strictly lower triangle, row by row, in thousandths of the unit as 16-bit numbers; 65535 is no value. */
function quantised(view: View, names: readonly string[]): string {
  const n = names.length;
  const values = new Uint16Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const cell = view.cell(names[i], names[j]);
      values[at++] = cell ? Math.min(Math.round(cell.mi * 1000), 65_534) : 65_535;
    }
  }
  return Buffer.from(values.buffer).toString("base64");
}

function strengthLegend(): Html {
  const cell = 11;
  const width = STRENGTH_STEPS * cell;
  const cells = Array.from(
    { length: STRENGTH_STEPS },
    (_, step) =>
      html`<rect class="q${step}" x="${10 + step * cell}" y="0" width="${cell + 0.5}" height="12"/>`,
  );
  const ticks = [0, 0.25, 0.5, 0.75, 1].map(
    (value) =>
      html`<path class="tick" d="M${10 + value * width},12v4"/><text x="${10 + value * width}" y="28" text-anchor="middle">${String(value)}</text>`,
  );
  return html`<p class="legend-line"><svg class="legend" width="${width + 20}" height="32" viewBox="0 0 ${width + 20} 32" role="img" aria-label="Colour scale of the strength, from 0 to 1.">${cells}${ticks}</svg><span>strength, √(1 − e<sup>−2·MI</sup>): 0 independent, 1 determined</span></p>`;
}
