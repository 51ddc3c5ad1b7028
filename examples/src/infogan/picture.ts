/** Samples by code, and the information on its way. */
import { svgDocument, svgPixels, svgText } from "../svg.js";
import { SIDE } from "./digits.js";
import type { Samples } from "./information.js";

/** A generator and its way. */
export interface Trained {
  lambda: number;
  samples: Samples;
  /** Information between code and sample after so many steps, nats. */
  history: ReadonlyArray<readonly [step: number, nats: number]>;
}

// Okabe and Ito's colours, told apart by everybody.
const COLOURS = ["#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999999"];
const PANEL = 220;
const GAP = 16;
const TOP = 34;

/** Data and generators in the plane beside each other: one colour a code, grey for the data. */
export function planePicture(data: Float32Array, trained: readonly Trained[], entropy: number): string {
  const panels = [
    { title: "data", x: data, codes: undefined },
    ...trained.map(({ lambda, samples }) => ({
      title: `λ = ${lambda}: samples by code`,
      x: samples.x,
      codes: samples.codes,
    })),
  ];
  const parts = panels.flatMap(({ title, x, codes }, k) => {
    const left = GAP + k * (PANEL + GAP);
    const place = (value: number, from: number): string => (from + (PANEL * (value + 1.5)) / 3).toFixed(1);
    const dots = Array.from({ length: Math.min(1000, x.length / 2) }, (_, row) => {
      const colour = codes === undefined ? "#777777" : COLOURS[codes[row] % COLOURS.length];
      return `<circle cx="${place(x[2 * row], left)}" cy="${place(-x[2 * row + 1], TOP)}" r="1.6" fill="${colour}" fill-opacity="0.7"/>`;
    });
    return [...heading(title, left), frame(left), ...dots];
  });
  const left = GAP + panels.length * (PANEL + GAP);
  return svgDocument(TITLE, left + CURVE + GAP, TOP + PANEL + 40, [
    ...parts,
    ...curves(trained, entropy, left),
  ]);
}

/** Generated digits, one row a code; one block a generator. */
export function digitPicture(trained: readonly Trained[], codes: number, entropy: number): string {
  const columns = 10;
  const parts = trained.flatMap(({ lambda, samples }, k) => {
    const left = GAP + k * (PANEL + GAP);
    const box = { x: left, y: TOP, width: PANEL, height: PANEL };
    const { size, rgb } = digitSheet(samples, codes, columns);
    return [...heading(`λ = ${lambda}: one row a code`, left), svgPixels(box, size.columns, size.rows, rgb)];
  });
  const left = GAP + trained.length * (PANEL + GAP);
  return svgDocument(TITLE, left + CURVE + GAP, TOP + PANEL + 40, [
    ...parts,
    ...curves(trained, entropy, left),
  ]);
}

/** The first digits of every code, dark on white, with a white line between. */
function digitSheet(
  { x, codes }: Samples,
  count: number,
  columns: number,
): { size: { columns: number; rows: number }; rgb: Uint8Array } {
  const cell = SIDE + 1;
  const size = { columns: columns * cell - 1, rows: count * cell - 1 };
  const rgb = new Uint8Array(3 * size.columns * size.rows).fill(255);
  const shown = new Array<number>(count).fill(0);
  for (const [row, code] of codes.entries()) {
    if (shown[code] === columns) continue;
    const [left, top] = [shown[code]++ * cell, code * cell];
    for (let pixel = 0; pixel < SIDE * SIDE; pixel++) {
      const at = (top + Math.floor(pixel / SIDE)) * size.columns + left + (pixel % SIDE);
      rgb.fill(Math.round(255 * (1 - x[row * SIDE * SIDE + pixel])), 3 * at, 3 * at + 3);
    }
  }
  return { size, rgb };
}

const CURVE = 270;

/** Information against steps, below the entropy of the code. */
function curves(trained: readonly Trained[], entropy: number, left: number): string[] {
  const [start, width] = [left + 30, CURVE - 40];
  const last = Math.max(...trained.flatMap(({ history }) => history.map(([step]) => step)));
  const top = 1.1 * entropy;
  const x = (step: number): number => start + (width * step) / last;
  const y = (nats: number): number => TOP + PANEL * (1 - nats / top);
  const parts = [
    ...heading("information of the code, nats", left),
    `<path d="M${start} ${TOP}V${TOP + PANEL}H${start + width}" fill="none" stroke="#333333"/>`,
    `<path d="M${start} ${y(entropy)}H${start + width}" stroke="#333333" stroke-dasharray="4 4"/>`,
    svgText(start + width, y(entropy) - 5, `H(c) = ${entropy.toFixed(2)}`, { size: 11, anchor: "end" }),
    svgText(start + width, TOP + PANEL + 28, "training steps", { size: 11, anchor: "end" }),
  ];
  for (let nats = 0; nats <= entropy; nats += 0.5) {
    parts.push(svgText(start - 5, y(nats) + 4, nats.toFixed(1), { size: 10, anchor: "end" }));
  }
  for (const step of [0, last / 2, last]) {
    parts.push(svgText(x(step), TOP + PANEL + 14, String(Math.round(step)), { size: 10, anchor: "middle" }));
  }
  for (const [k, { lambda, history }] of trained.entries()) {
    const points = history.map(([step, nats]) => `${x(step).toFixed(1)} ${y(Math.max(0, nats)).toFixed(1)}`);
    const colour = lambda > 0 ? COLOURS[0] : COLOURS[1];
    parts.push(
      `<path d="M${points.join("L")}" fill="none" stroke="${colour}" stroke-width="1.8"/>`,
      `<g fill="${colour}">${svgText(start + width, y(entropy) + 22 + 16 * k, `λ = ${lambda}`, { anchor: "end" })}</g>`,
    );
  }
  return parts;
}

/** Of both pictures. */
const TITLE =
  "Samples of the generator by code, with and without information, and the information during training";

const heading = (title: string, left: number): string[] => [svgText(left, 20, title, { size: 13 })];

const frame = (left: number): string =>
  `<rect x="${left}" y="${TOP}" width="${PANEL}" height="${PANEL}" fill="none" stroke="#cccccc"/>`;
