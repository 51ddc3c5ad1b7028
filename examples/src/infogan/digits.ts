/** Digits of 8 × 8 pixels, drawn with a pen whose slant, width and place vary. */
import type { Random } from "../random.js";
import type { Data } from "./data.js";

/** Pixels along a side. */
export const SIDE = 8;

const PIXELS = SIDE * SIDE;
const DIGITS = 10;
/** Digits that are drawn to be shown again and again. */
const POOL = 6000;
/** Digits that a sample is compared with. */
const REFERENCES = 2000;

type Point = readonly [x: number, y: number];
type Line = readonly Point[];

/** Points of an arc of an ellipse. Angles are in turns: 0 is to the right, ¼ below. */
function arc(cx: number, cy: number, rx: number, ry: number, from: number, to: number): Point[] {
  const steps = Math.ceil(Math.abs(to - from) * 16);
  return Array.from({ length: steps + 1 }, (_, k) => {
    const angle = 2 * Math.PI * (from + ((to - from) * k) / steps);
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}

/** What the pen draws for every digit, x to the right and y down, both −1 … 1. */
const STROKES: ReadonlyArray<readonly Line[]> = [
  [arc(0, 0, 0.62, 1, 0, 1)],
  [
    [
      [-0.4, -0.6],
      [0.1, -1],
      [0.1, 1],
    ],
  ],
  [[...arc(0, -0.5, 0.6, 0.5, -0.5, 0.1), [-0.65, 1], [0.65, 1]]],
  [[...arc(-0.05, -0.5, 0.6, 0.5, -0.45, 0.25), ...arc(-0.05, 0.5, 0.65, 0.5, -0.25, 0.45)]],
  [
    [
      [0.3, 1],
      [0.3, -1],
      [-0.7, 0.4],
      [0.7, 0.4],
    ],
  ],
  [[[0.6, -1], [-0.45, -1], [-0.5, -0.1], ...arc(-0.05, 0.4, 0.65, 0.6, -0.35, 0.42)]],
  [[[0.45, -1], ...arc(0, 0.45, 0.6, 0.55, -0.5, -0.45), ...arc(0, 0.45, 0.6, 0.55, 0.5, -0.5)]],
  [
    [
      [-0.65, -1],
      [0.65, -1],
      [-0.15, 1],
    ],
  ],
  [arc(0, -0.52, 0.5, 0.48, 0, 1), arc(0, 0.5, 0.6, 0.5, 0, 1)],
  [[...arc(0, -0.45, 0.6, 0.55, 0, 1), [0.5, 1]]],
];

/** How a digit is drawn. */
export interface Pen {
  /** How far the top leans to the right, in units of half the height. */
  slant: number;
  /** Height, 1 being four fifths of the picture. */
  size: number;
  /** Place of the middle, in pixels from that of the picture. */
  x: number;
  y: number;
  /** Half the width of a line, in pixels. */
  width: number;
}

/** A pen by chance. */
export function randomPen(random: Random): Pen {
  return {
    slant: random.uniform(-0.2, 0.2),
    size: random.uniform(0.9, 1.02),
    x: random.normal(0, 0.12),
    y: random.normal(0, 0.12),
    width: random.uniform(0.6, 0.9),
  };
}

/** Ink at every pixel, 0 … 1, row by row: all of it up to half a line's width, none from a pixel on. */
export function drawDigit(digit: number, { slant, size, x, y, width }: Pen): Float32Array {
  const half = 0.4 * SIDE * size;
  const lines = STROKES[digit].map((line) =>
    line.map(([a, b]): Point => [SIDE / 2 + x + half * (0.95 * a - slant * b), SIDE / 2 + y + half * b]),
  );
  return Float32Array.from({ length: PIXELS }, (_, pixel) => {
    const place: Point = [(pixel % SIDE) + 0.5, Math.floor(pixel / SIDE) + 0.5];
    const nearest = Math.min(...lines.map((line) => distanceToLine(place, line)));
    return Math.min(1, Math.max(0, 0.5 + width - nearest));
  });
}

function distanceToLine([x, y]: Point, line: Line): number {
  let nearest = Infinity;
  for (let k = 1; k < line.length; k++) {
    const [[ax, ay], [bx, by]] = [line[k - 1], line[k]];
    const [dx, dy] = [bx - ax, by - ay];
    const length = dx * dx + dy * dy;
    const along = length > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
    nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return nearest;
}

/** Ten digits, equally often. The class of a sample is that of the most similar of 2000 drawn digits. */
export function digits(random: Random): Data {
  const draw = (count: number): Float32Array[] =>
    Array.from({ length: count }, (_, k) => drawDigit(k % DIGITS, randomPen(random)));
  const [pool, references] = [draw(POOL), draw(REFERENCES)];
  return {
    width: PIXELS,
    modes: DIGITS,
    bounded: true,
    draw(count, random) {
      const samples = new Float32Array(PIXELS * count);
      for (let row = 0; row < count; row++) samples.set(pool[random.integer(0, POOL - 1)], PIXELS * row);
      return samples;
    },
    /** The distance is the Euclidean one from the most similar digit. */
    classify(sample) {
      let [best, least] = [0, Infinity];
      for (const [k, reference] of references.entries()) {
        let square = 0;
        for (let pixel = 0; pixel < PIXELS && square < least; pixel++) {
          square += (sample[pixel] - reference[pixel]) ** 2;
        }
        if (square < least) [best, least] = [k, square];
      }
      return { mode: best % DIGITS, distance: Math.sqrt(least) };
    },
  };
}
