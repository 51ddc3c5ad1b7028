import type { Copula } from "infonet";
import { fixed } from "../text/numbers.js";
import { type Axis, type Band, bands, isStepped, isTable } from "./axis.js";
import { blockRatio, columnRatio, middleOf, rowRatio } from "./density.js";
import { type Html, html } from "./html.js";
import { placeLabels } from "./labels.js";
import { RATIO_LIMIT, RATIO_MAP, RATIO_STEPS, type Rgb, ratioPixel, ratioStep } from "./palette.js";
import { clip, ticksFor } from "./values.js";

const SIDE = 300;
const LEFT = 78;
const TOP = 8;
const BOTTOM = 52;
const RIGHT = 8;
/** Pixels along an axis of the picture: enough to look continuous, or as many as it is wide for sharp edges. */
const SMOOTH = 150;
const STEPPED = SIDE;
const TICKS = [0.1, 0.3, 0.5, 0.7, 0.9];

/** Writes an image of palette indices as an address that needs no file. */
export type ImageUri = (
  width: number,
  height: number,
  indices: Uint8Array,
  palette: readonly Rgb[],
) => string;

/**
 * The density on the copula square: both axes are ranks, so every stretch of equal length holds equally many
 * rows; colour says how much more often (or rarer) than under independence pairs of values occur there. Levels are
 * as wide as they are frequent, and within one, whose rows have no order, all is alike. Two columns of levels are a
 * table, whose cells hold the numbers that they were counted to.
 *
 * @param imageUri what the picture is written by
 */
export function criticMap(copula: Copula, x: Axis, y: Axis, imageUri: ImageUri): Html {
  const { width, height, indices } = picture(copula, x, y);
  const image = (tone: "light" | "dark") =>
    html`<image class="tone-${tone}" x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}" preserveAspectRatio="none" href="${imageUri(width, height, indices, RATIO_MAP[tone])}"/>`;
  const what = isTable(x, y) ? ["Table", "as it was counted"] : ["Critic map", "on ranks"];
  const label = `${what[0]} of ${x.column.name} and ${y.column.name} ${what[1]}: blue where pairs of values occur more often than under independence, rust where rarer, striped where never.`;
  return html`<svg class="plot critic" viewBox="0 0 ${LEFT + SIDE + RIGHT} ${TOP + SIDE + BOTTOM}" role="img" aria-label="${label}">
${image("light")}${image("dark")}
<rect class="frame" x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}"/>
${axisX(x)}${axisY(y)}${isTable(x, y) && cellNumbers(copula, x, y)}
</svg>`;
}

/** The map as palette positions, row by row, first row on top. */
export function picture(
  copula: Copula,
  x: Axis,
  y: Axis,
): { width: number; height: number; indices: Uint8Array } {
  // Beside levels, and numbers with atoms, the density itself has steps.
  const sharp = [x, y].some(({ kind = "number" }) => kind !== "number");
  const across = cellsOf(x, sharp);
  const up = cellsOf(y, sharp);
  const [width, height] = [across.length, up.length];
  const logs = new Float64Array(width * height);
  const indices = new Uint8Array(width * height);
  for (let j = 0; j < height; j++) {
    const down = height - 1 - j;
    const row = down * width;
    for (let i = 0; i < width; i++) {
      // Pixels of one band are alike.
      logs[row + i] =
        i > 0 && across[i].band && across[i].band === across[i - 1].band
          ? logs[row + i - 1]
          : j > 0 && up[j].band && up[j].band === up[j - 1].band
            ? logs[row + width + i]
            : logRatio(copula, across[i], up[j]);
      indices[row + i] = ratioPixel(logs[row + i], i, down);
    }
  }
  return { width, height, indices };
}

/** A pixel along one axis: where the density is read, and the band it lies in where the axis has steps. */
interface Cell {
  at: number;
  band?: Band | undefined;
  /** The band, where the density is not the same all over it. */
  mean?: Band | undefined;
}

function cellsOf(axis: Axis, sharp: boolean): Cell[] {
  const parts = isStepped(axis) ? bands(axis) : undefined;
  const size = parts || sharp ? STEPPED : SMOOTH;
  return Array.from({ length: size }, (_, k) => {
    const middle = (k + 0.5) / size;
    const band = parts?.find(({ to }) => middle < to) ?? parts?.at(-1);
    if (band === undefined) return { at: middle };
    return axis.kind === "levels" ? { at: middleOf(band), band } : { at: middle, band, mean: band };
  });
}

function logRatio(copula: Copula, x: Cell, y: Cell): number {
  if (x.mean && y.mean) return Math.log(blockRatio(copula, x.mean, y.mean));
  if (x.mean) return Math.log(rowRatio(copula, x.mean, y.at));
  if (y.mean) return Math.log(columnRatio(copula, x.at, y.mean));
  return copula.logDensity(x.at, y.at);
}

/** Size that a cell has at least where its number is written into it. */
const WRITABLE = { across: 30, up: 15 };

/** How many times as often as by chance two levels meet, in the cells that have room for it. */
function cellNumbers(copula: Copula, x: Axis, y: Axis): Html {
  const [columns, rows] = [bands(x), bands(y)];
  const roomy = (parts: readonly Band[], least: number) =>
    parts.filter(({ from, to }) => (to - from) * SIDE >= least);
  const texts = roomy(rows, WRITABLE.up).flatMap((v) =>
    roomy(columns, WRITABLE.across).map((u) => {
      const [left, bottom] = [middleOf(u), middleOf(v)];
      const ratio = Math.exp(copula.logDensity(left, bottom));
      const [px, py] = [round(LEFT + left * SIDE), round(TOP + SIDE - bottom * SIDE + 4)];
      return html`<text x="${px}" y="${py}" text-anchor="middle">${ratioLabel(ratio)}</text>`;
    }),
  );
  return html`<g class="ratios">${texts}</g>`;
}

function ratioLabel(ratio: number): string {
  if (ratio === 0) return "never";
  return `${fixed(ratio, ratio < 0.995 ? 2 : ratio < 9.95 ? 1 : 0)}×`;
}

/** What the positions along an axis are. */
function scaleName({ kind }: Axis): string {
  return kind === "levels" ? "by share of rows" : "by rank";
}

function axisX(axis: Axis): Html {
  const { column, sorted } = axis;
  const base = TOP + SIDE;
  const at = (share: number) => round(LEFT + share * SIDE);
  const title = html`<text class="axis-title" x="${at(0.5)}" y="${base + 46}" text-anchor="middle">${clip(column.name, 40)}, ${scaleName(axis)} →</text>`;
  const edges = edgesOf(axis).map((share) => html`<path class="band" d="M${at(share)},${TOP}v${SIDE}"/>`);
  const named = namedBands(axis, 0.06);
  if (named) {
    const middles = named.map((band) => middleOf(band) * SIDE);
    const placed = placeLabels(
      middles,
      named.map((band) => band.label),
      SIDE,
    );
    const labels = placed.map(
      ({ text, line }, k) =>
        html`<text x="${round(LEFT + middles[k])}" y="${base + 17 + 12 * line}" text-anchor="middle">${text}</text>`,
    );
    return html`${edges}${labels}${title}`;
  }
  const labelOf = ticksFor(column, sorted);
  const ticks = TICKS.map(
    (share) =>
      html`<path class="tick" d="M${at(share)},${base}v5"/><text x="${at(share)}" y="${base + 17}" text-anchor="middle">${clip(labelOf(quantile(sorted, share)), 8)}</text>`,
  );
  return html`${edges}${ticks}${title}`;
}

function axisY(axis: Axis): Html {
  const { column, sorted } = axis;
  const at = (share: number) => round(TOP + SIDE - share * SIDE);
  const middle = at(0.5);
  const title = html`<text class="axis-title" transform="translate(12 ${middle}) rotate(-90)" text-anchor="middle">${clip(column.name, 40)}, ${scaleName(axis)} →</text>`;
  const edges = edgesOf(axis).map((share) => html`<path class="band" d="M${LEFT},${at(share)}h${SIDE}"/>`);
  const named = namedBands(axis, 0.04);
  if (named) {
    const labels = named.map(
      (band) =>
        html`<text x="${LEFT - 8}" y="${at(middleOf(band)) + 4}" text-anchor="end">${clip(band.label, 9)}</text>`,
    );
    return html`${edges}${labels}${title}`;
  }
  const labelOf = ticksFor(column, sorted);
  const ticks = TICKS.map(
    (share) =>
      html`<path class="tick" d="M${LEFT - 5},${at(share)}h5"/><text x="${LEFT - 8}" y="${at(share) + 4}" text-anchor="end">${clip(labelOf(quantile(sorted, share)), 9)}</text>`,
  );
  return html`${edges}${ticks}${title}`;
}

/** Edges between more bands than this are not drawn: they would hide what is between them. */
const MOST_EDGES = 30;

function edgesOf(axis: Axis): number[] {
  const parts = isStepped(axis) ? bands(axis) : [];
  return parts.length > MOST_EDGES ? [] : parts.slice(0, -1).map((band) => band.to);
}

/** Of numbers with many values so many must be wide, or there are ticks instead. */
const FEWEST_NAMED = 3;

/**
 * The bands that are labelled by their values; undefined where an axis is labelled at ticks.
 *
 * @param least share of the axis that a label needs
 */
function namedBands(axis: Axis, least: number): Band[] | undefined {
  if (!isStepped(axis)) return undefined;
  const wide = bands(axis).filter(({ from, to }) => to - from >= least);
  return isStepped({ ...axis, kind: undefined }) || wide.length >= FEWEST_NAMED ? wide : undefined;
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The patch of stripes in the legend. */
const NEVER = { width: 28, height: 12 };

/** The colour scale of all critic maps, with the factors it stands for. */
export function ratioLegend(imageUri: ImageUri): Html {
  const width = 260;
  const strip = Uint8Array.from({ length: RATIO_STEPS }, (_, step) => step);
  const stripes = Uint8Array.from({ length: NEVER.width * NEVER.height }, (_, k) =>
    ratioPixel(Number.NEGATIVE_INFINITY, k % NEVER.width, Math.floor(k / NEVER.width)),
  );
  const cells = (tone: "light" | "dark") => {
    const uri = imageUri(RATIO_STEPS, 1, strip, RATIO_MAP[tone]);
    const never = imageUri(NEVER.width, NEVER.height, stripes, RATIO_MAP[tone]);
    return html`<image class="tone-${tone}" x="20" y="2" width="${width}" height="12" preserveAspectRatio="none" href="${uri}"/><image class="tone-${tone}" x="${width + 50}" y="2" width="${NEVER.width}" height="${NEVER.height}" href="${never}"/>`;
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
  const never = html`<text x="${width + 50 + NEVER.width / 2}" y="29" text-anchor="middle">never</text>`;
  const all = width + 60 + NEVER.width;
  return html`<svg class="legend" viewBox="0 0 ${all} 34" width="${all}" height="34" role="img" aria-label="Colour scale: from 16 times rarer than under independence, through as often, to 16 times more often; striped where never.">${cells("light")}${cells("dark")}${ticks}${never}</svg>`;
}
