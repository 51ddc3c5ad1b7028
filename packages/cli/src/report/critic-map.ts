import type { Copula } from "infonet";
import type { TableColumn } from "../table/types.js";
import { blockRatio, columnRatio, rowRatio } from "./density.js";
import { type Html, html } from "./html.js";
import { placeLabels } from "./labels.js";
import { RATIO, RATIO_LIMIT, RATIO_STEPS, ratioStep } from "./palette.js";
import { pngUri } from "./png.js";
import { type Band, bands, clip, isStepped, ticksFor } from "./values.js";

const SIDE = 300;
const LEFT = 78;
const TOP = 8;
const BOTTOM = 52;
const RIGHT = 8;
/** Pixels along an axis of the picture: enough to look continuous, or as many as it is wide for sharp edges. */
const SMOOTH = 150;
const STEPPED = SIDE;
const TICKS = [0.1, 0.3, 0.5, 0.7, 0.9];

/** A column as it is in one pair: only the rows that are complete there, ordered. */
export interface Axis {
  column: TableColumn;
  sorted: Float64Array;
}

/**
 * The density on the copula square: both axes are ranks, so every stretch of equal length holds equally many
 * rows; colour says how much more often (or rarer) than under independence pairs of values occur there. Within
 * a category, whose rows have no order, it is the mean.
 */
export function criticMap(copula: Copula, x: Axis, y: Axis): Html {
  const { width, height, indices } = picture(copula, x, y);
  const image = (tone: "light" | "dark") =>
    html`<image class="tone-${tone}" x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}" preserveAspectRatio="none" href="${pngUri(width, height, indices, RATIO[tone])}"/>`;
  const label = `Critic map of ${x.column.name} and ${y.column.name} on ranks: blue where pairs of values occur more often than under independence, rust where rarer.`;
  return html`<svg class="plot critic" viewBox="0 0 ${LEFT + SIDE + RIGHT} ${TOP + SIDE + BOTTOM}" role="img" aria-label="${label}">
${image("light")}${image("dark")}
<rect class="frame" x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}"/>
${axisX(x)}${axisY(y)}
</svg>`;
}

/** The map as palette positions, row by row, first row on top. */
export function picture(
  copula: Copula,
  x: Axis,
  y: Axis,
): { width: number; height: number; indices: Uint8Array } {
  const across = cellsOf(x);
  const up = cellsOf(y);
  const [width, height] = [across.length, up.length];
  const indices = new Uint8Array(width * height);
  for (let j = 0; j < height; j++) {
    const row = (height - 1 - j) * width;
    for (let i = 0; i < width; i++) {
      // Pixels of one band are alike.
      const step =
        i > 0 && across[i].band && across[i].band === across[i - 1].band
          ? indices[row + i - 1]
          : j > 0 && up[j].band && up[j].band === up[j - 1].band
            ? indices[row + width + i]
            : ratioStep(logRatio(copula, across[i], up[j]));
      indices[row + i] = step;
    }
  }
  return { width, height, indices };
}

/** A pixel along one axis: its middle, and the band it lies in where the axis has steps. */
interface Cell {
  middle: number;
  band?: Band;
}

function cellsOf({ column, sorted }: Axis): Cell[] {
  const parts = isStepped(column, sorted) ? bands(column, sorted) : undefined;
  const size = parts ? STEPPED : SMOOTH;
  return Array.from({ length: size }, (_, k) => {
    const middle = (k + 0.5) / size;
    return { middle, band: parts?.find(({ to }) => middle < to) };
  });
}

function logRatio(copula: Copula, x: Cell, y: Cell): number {
  if (x.band && y.band) return Math.log(blockRatio(copula, x.band, y.band));
  if (x.band) return Math.log(rowRatio(copula, x.band, y.middle));
  if (y.band) return Math.log(columnRatio(copula, x.middle, y.band));
  return copula.logDensity(x.middle, y.middle);
}

function axisX({ column, sorted }: Axis): Html {
  const base = TOP + SIDE;
  const at = (share: number) => round(LEFT + share * SIDE);
  const title = html`<text class="axis-title" x="${at(0.5)}" y="${base + 46}" text-anchor="middle">${clip(column.name, 40)}, by rank →</text>`;
  if (isStepped(column, sorted)) {
    const parts = bands(column, sorted);
    const wide = parts.filter(wideEnough);
    const middles = wide.map((band) => ((band.from + band.to) / 2) * SIDE);
    const placed = placeLabels(
      middles,
      wide.map((band) => band.label),
      SIDE,
    );
    const labels = placed.map(
      ({ text, line }, k) =>
        html`<text x="${round(LEFT + middles[k])}" y="${base + 17 + 12 * line}" text-anchor="middle">${text}</text>`,
    );
    const edges = inner(parts).map((share) => html`<path class="band" d="M${at(share)},${TOP}v${SIDE}"/>`);
    return html`${edges}${labels}${title}`;
  }
  const labelOf = ticksFor(column, sorted);
  const ticks = TICKS.map(
    (share) =>
      html`<path class="tick" d="M${at(share)},${base}v5"/><text x="${at(share)}" y="${base + 17}" text-anchor="middle">${clip(labelOf(quantile(sorted, share)), 8)}</text>`,
  );
  return html`${ticks}${title}`;
}

function axisY({ column, sorted }: Axis): Html {
  const at = (share: number) => round(TOP + SIDE - share * SIDE);
  const middle = at(0.5);
  const title = html`<text class="axis-title" transform="translate(12 ${middle}) rotate(-90)" text-anchor="middle">${clip(column.name, 40)}, by rank →</text>`;
  if (isStepped(column, sorted)) {
    const parts = bands(column, sorted);
    const labels = parts
      .filter(wideEnough)
      .map(
        (band) =>
          html`<text x="${LEFT - 8}" y="${at((band.from + band.to) / 2) + 4}" text-anchor="end">${clip(band.label, 9)}</text>`,
      );
    const edges = inner(parts).map((share) => html`<path class="band" d="M${LEFT},${at(share)}h${SIDE}"/>`);
    return html`${edges}${labels}${title}`;
  }
  const labelOf = ticksFor(column, sorted);
  const ticks = TICKS.map(
    (share) =>
      html`<path class="tick" d="M${LEFT - 5},${at(share)}h5"/><text x="${LEFT - 8}" y="${at(share) + 4}" text-anchor="end">${clip(labelOf(quantile(sorted, share)), 9)}</text>`,
  );
  return html`${ticks}${title}`;
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

function wideEnough(band: Band): boolean {
  return band.to - band.from >= 0.06;
}

function inner(parts: readonly Band[]): number[] {
  return parts.slice(0, -1).map((band) => band.to);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The colour scale of all critic maps, with the factors it stands for. */
export function ratioLegend(): Html {
  const width = 260;
  const cells = (tone: "light" | "dark") => {
    const strip = Uint8Array.from({ length: RATIO_STEPS }, (_, step) => step);
    const uri = pngUri(RATIO_STEPS, 1, strip, RATIO[tone]);
    return html`<image class="tone-${tone}" x="20" y="2" width="${width}" height="12" preserveAspectRatio="none" href="${uri}"/>`;
  };
  const factors: [number, string][] = [
    [1 / RATIO_LIMIT, `1/${RATIO_LIMIT}`],
    [1 / 4, "1/4"],
    [1, "as often"],
    [4, "4×"],
    [RATIO_LIMIT, `${RATIO_LIMIT}×`],
  ];
  const ticks = factors.map(([factor, label]) => {
    const x = round(20 + ((ratioStep(Math.log(factor)) + 0.5) / RATIO_STEPS) * width);
    return html`<path class="tick" d="M${x},14v4"/><text x="${x}" y="29" text-anchor="middle">${label}</text>`;
  });
  return html`<svg class="legend" viewBox="0 0 ${width + 40} 34" width="${width + 40}" height="34" role="img" aria-label="Colour scale: from 16 times rarer than under independence, through as often, to 16 times more often.">${cells("light")}${cells("dark")}${ticks}</svg>`;
}
