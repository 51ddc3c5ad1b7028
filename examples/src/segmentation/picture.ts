/** Flow fields and masks beside each other, and both objectives along a family of masks. */
import { svgDocument, svgPixels, svgText } from "../svg.js";
import type { LandscapePoint } from "./landscape.js";
import type { Scene } from "./scenes.js";

/** One row of the picture: a title, and an image or a mask for every column. */
export interface PictureRow {
  title: string;
  /** Flow of the column's scene, or a mask, 0 … 1. */
  cells: ReadonlyArray<"flow" | Float64Array>;
  /** Text below each cell. */
  captions?: readonly string[];
}

const CELL = 104;
const GAP = 6;
const LEFT = 128;
const CAPTION = 16;

const CHART = 200;

/**
 * The scenes as columns, the outline of every object drawn over each of its cells but the flow; below, the objectives.
 *
 * @param points the objectives of masks from the smallest to the largest; the mask that was not moved is the truth
 */
export function picture(
  scenes: readonly Scene[],
  rows: readonly PictureRow[],
  points: readonly LandscapePoint[],
): string {
  const parts: string[] = [];
  let top = 8;
  for (const { title, cells, captions } of rows) {
    const lines = title.split("\n");
    for (const [k, line] of lines.entries()) {
      parts.push(svgText(8, top + CELL / 2 + 16 * k - 8 * (lines.length - 1) + 4, line, { size: 13 }));
    }
    for (const [k, cell] of cells.entries()) {
      const left = LEFT + k * (CELL + GAP);
      const { size } = scenes[k];
      const image = cell === "flow" ? flowColours(scenes[k]) : greys(cell);
      parts.push(svgPixels({ x: left, y: top, width: CELL, height: CELL }, size, size, image));
      if (cell !== "flow") parts.push(outline(scenes[k], left, top));
      if (captions !== undefined) {
        parts.push(svgText(left + CELL / 2, top + CELL + 13, captions[k], { size: 11, anchor: "middle" }));
      }
    }
    top += CELL + (captions === undefined ? GAP : CAPTION + GAP);
  }
  const width = LEFT + scenes.length * (CELL + GAP) + 2;
  top += 10;
  for (const [k, line] of ["outlines of", "all objects", "moved"].entries()) {
    parts.push(svgText(8, top + CHART / 2 - 20 + 16 * k, line, { size: 13 }));
  }
  const half = (width - LEFT) / 2;
  const area = { top, width: half - 16, height: CHART };
  parts.push(
    chart(points, (p) => p.normalised, { ...area, left: LEFT }, "information / entropy, inside + outside"),
    chart(points, (p) => p.plain, { ...area, left: LEFT + half }, "information, nats a pixel of the field"),
  );
  const height = top + CHART + 8;
  return svgDocument("Flow fields, and the masks that information finds in them", width, height, parts);
}

/** A curve over the share of the field that the masks hold. */
function chart(
  points: readonly LandscapePoint[],
  value: (point: LandscapePoint) => number,
  { left, top, width, height }: { left: number; top: number; width: number; height: number },
  title: string,
): string {
  const [x0, x1, y0, y1] = [left + 34, left + width - 8, top + height - 36, top + 26];
  const most = Math.max(...points.map(value));
  const x = (share: number): string => (x0 + share * (x1 - x0)).toFixed(1);
  const y = (v: number): string => (y0 + (v / most) * (y1 - y0)).toFixed(1);
  const truth = points.find(({ grown }) => grown === 0);
  const step = most > 0.8 ? 0.5 : 0.2;
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, k) => k * step);
  return [
    svgText(x0, top + 12, title, { size: 13 }),
    ...ticks.map(
      (v) =>
        `<path d="M${x0} ${y(v)}H${x1}" stroke="#ddd"/>${svgText(x0 - 6, Number(y(v)) + 4, v.toFixed(1), { size: 11, anchor: "end" })}`,
    ),
    ...[0, 0.25, 0.5, 0.75, 1].map((s) =>
      svgText(Number(x(s)), y0 + 16, `${100 * s} %`, { size: 11, anchor: "middle" }),
    ),
    svgText((x0 + x1) / 2, y0 + 31, "share of the field inside the masks", { size: 11, anchor: "middle" }),
    truth === undefined
      ? ""
      : `<path d="M${x(truth.area)} ${y0}V${y1}" stroke="#d55e00" stroke-dasharray="4 3"/>${svgText(Number(x(truth.area)) + 5, y1 + 8, "the objects", { size: 11 })}`,
    `<path d="${points.map((p, k) => `${k === 0 ? "M" : "L"}${x(p.area)} ${y(value(p))}`).join("")}" stroke="#0072b2" stroke-width="2" fill="none"/>`,
    ...points.map((p) => `<circle cx="${x(p.area)}" cy="${y(value(p))}" r="2.6" fill="#0072b2"/>`),
  ].join("");
}

/** Edges between the object's pixels and others, as one path. */
function outline({ size, truth }: Scene, left: number, top: number): string {
  const scale = CELL / size;
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= size || y >= size ? 0 : truth[y * size + x];
  const place = (x: number, y: number): string =>
    `${(left + x * scale).toFixed(1)} ${(top + y * scale).toFixed(1)}`;
  const edges: string[] = [];
  for (let y = 0; y <= size; y++) {
    for (let x = 0; x <= size; x++) {
      if (at(x, y) !== at(x, y - 1)) edges.push(`M${place(x, y)}L${place(x + 1, y)}`);
      if (at(x, y) !== at(x - 1, y)) edges.push(`M${place(x, y)}L${place(x, y + 1)}`);
    }
  }
  return `<path d="${edges.join("")}" stroke="#d55e00" stroke-width="1.6" stroke-linecap="square" fill="none"/>`;
}

/** Masks from dark (outside) to light (inside). */
function greys(mask: Float64Array): Uint8Array {
  const rgb = new Uint8Array(3 * mask.length);
  for (const [at, m] of mask.entries()) rgb.fill(Math.round(40 + 215 * m), 3 * at, 3 * at + 3);
  return rgb;
}

/** Direction as hue, speed as saturation: white stands still, full colour is the fastest tenth of the scene. */
function flowColours({ u, v }: Scene): Uint8Array {
  const speeds = u.map((value, at) => Math.hypot(value, v[at]));
  const fastest = speeds.slice().sort()[Math.floor(0.9 * speeds.length)];
  const rgb = new Uint8Array(3 * u.length);
  for (let at = 0; at < u.length; at++) {
    const angle = Math.atan2(v[at], u[at]);
    const speed = Math.min(1, speeds[at] / fastest);
    for (let channel = 0; channel < 3; channel++) {
      const hue = 0.5 + 0.5 * Math.cos(angle - (2 * Math.PI * channel) / 3);
      rgb[3 * at + channel] = Math.round(255 * (1 - speed * (1 - hue)));
    }
  }
  return rgb;
}
