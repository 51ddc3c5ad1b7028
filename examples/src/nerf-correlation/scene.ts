/** A scene of several objects in the plane, as a photograph sees it: a colour, and unseen by anyone, an object for every pixel. */
import type { Random } from "../random.js";

/** A colour, 0 … 1. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Pixels of a square photograph, row by row. */
export interface Scene {
  side: number;
  /** Places of the pixels, two numbers each, −1 … 1 to the right and down. */
  places: Float32Array;
  /** Colours, three numbers a pixel. */
  colours: Float32Array;
  /** Number of the object at every pixel; 0 is the background. */
  objects: Uint8Array;
  /** How many objects there are, the background counted. */
  count: number;
}

// Three paints for five objects: a colour does not tell which object a pixel belongs to.
const ORANGE: Rgb = [0.9, 0.45, 0.15];
const CREAM: Rgb = [0.95, 0.88, 0.7];
const BLUE: Rgb = [0.2, 0.4, 0.75];
const NIGHT: Rgb = [0.12, 0.16, 0.25];
const SEA: Rgb = [0.2, 0.4, 0.45];

/** Whether a point lies in a shape of size about 1. */
type Shape = (x: number, y: number) => boolean;

const disk: Shape = (x, y) => Math.hypot(x, y) < 1;
const ring: Shape = (x, y) => Math.hypot(x, y) < 1 && Math.hypot(x, y) > 0.68;
const flower: Shape = (x, y) => Math.hypot(x, y) < 0.78 + 0.22 * Math.cos(5 * Math.atan2(y, x));
const crescent: Shape = (x, y) => Math.hypot(x, y) < 1 && Math.hypot(x - 0.45, y) > 0.75;
const triangle: Shape = (x, y) => y < 0.6 && y > 1.75 * Math.abs(x) - 0.95;

/**
 * Shape, the two paints of its stripes, about where it lies, its size, and how far it may be turned. The flower lies inside the
 * ring, the disk in the arms of the crescent: being near does not tell which object a pixel belongs to either.
 */
const OBJECTS: ReadonlyArray<{
  shape: Shape;
  paints: readonly [Rgb, Rgb];
  x: number;
  y: number;
  size: number;
  turn: number;
}> = [
  { shape: ring, paints: [ORANGE, CREAM], x: 0.34, y: 0.3, size: 0.6, turn: Math.PI },
  { shape: flower, paints: [BLUE, CREAM], x: 0.34, y: 0.3, size: 0.32, turn: Math.PI },
  { shape: crescent, paints: [ORANGE, BLUE], x: -0.42, y: -0.4, size: 0.52, turn: 0.4 },
  { shape: disk, paints: [CREAM, ORANGE], x: -0.24, y: -0.4, size: 0.26, turn: Math.PI },
  { shape: triangle, paints: [BLUE, ORANGE], x: 0.55, y: -0.62, size: 0.42, turn: 0.3 },
];

/** Width of a stripe; the photograph has width 2. */
const STRIPE = 0.2;

/** A scene whose objects and stripes are turned by chance. */
export function randomScene(side: number, random: Random): Scene {
  const objects = OBJECTS.map((object) => ({
    ...object,
    x: object.x,
    y: object.y,
    turn: random.uniform(-object.turn, object.turn),
    grain: random.uniform(0, Math.PI),
  }));
  const places = new Float32Array(2 * side * side);
  const colours = new Float32Array(3 * side * side);
  const labels = new Uint8Array(side * side);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const x = ((pixel % side) + 0.5) * (2 / side) - 1;
    const y = (Math.floor(pixel / side) + 0.5) * (2 / side) - 1;
    places.set([x, y], 2 * pixel);
    colours.set(mixed(NIGHT, SEA, 0.5 + 0.3 * y + 0.2 * Math.sin(5 * x + 2 * y)), 3 * pixel);
    for (const [k, object] of objects.entries()) {
      const [dx, dy] = [(x - object.x) / object.size, (y - object.y) / object.size];
      const [cos, sin] = [Math.cos(object.turn), Math.sin(object.turn)];
      const [across, down] = [cos * dx + sin * dy, cos * dy - sin * dx];
      if (!object.shape(across, down)) continue;
      labels[pixel] = k + 1;
      const phase = (Math.cos(object.grain) * dx + Math.sin(object.grain) * dy) * (object.size / STRIPE);
      colours.set(mixed(...object.paints, 0.5 + 0.5 * Math.tanh(3 * Math.sin(Math.PI * phase))), 3 * pixel);
    }
  }
  return { side, places, colours, objects: labels, count: OBJECTS.length + 1 };
}

function mixed(a: Rgb, b: Rgb, share: number): Rgb {
  const between = (k: 0 | 1 | 2): number => a[k] + (b[k] - a[k]) * share;
  return [between(0), between(1), between(2)];
}

/** The pixel of an object that lies deepest inside it. */
export function deepestPixel({ side, objects }: Scene, object: number): number {
  let [best, depth] = [-1, -1];
  for (let pixel = 0; pixel < objects.length; pixel++) {
    if (objects[pixel] !== object) continue;
    const [column, row] = [pixel % side, Math.floor(pixel / side)];
    // The photograph's edge bounds an object too.
    let nearest = Math.min(column + 1, row + 1, side - column, side - row) ** 2;
    for (let other = 0; other < objects.length && nearest > depth; other++) {
      if (objects[other] === object) continue;
      nearest = Math.min(nearest, (column - (other % side)) ** 2 + (row - Math.floor(other / side)) ** 2);
    }
    if (nearest > depth) [best, depth] = [pixel, nearest];
  }
  return best;
}
