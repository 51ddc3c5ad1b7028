/** Synthetic optical flow: one object that moves over a background that moves too. */
import type { Random } from "../random.js";
import { Blur } from "./blur.js";

/** Standard deviation of the noise of every flow component, pixels a frame. */
export const FLOW_NOISE = 0.2;

/** A flow field and the object in it. */
export interface Scene {
  /** Side of the field in pixels. */
  size: number;
  /** Rightward component by pixel, row by row. */
  u: Float64Array;
  /** Downward component. */
  v: Float64Array;
  /** 1 inside the object. Nothing but the metric reads it. */
  truth: Uint8Array;
}

/** Flow of one rigid body, or of the background. */
type Motion = (x: number, y: number) => readonly [u: number, v: number];

/** Smallest root mean square difference of object and background over the object: less is not seen. */
const LEAST_DIFFERENCE = 1.5;

/**
 * Draws a scene. Object and background have motions of their own and of the same kind: a shift, a rotation, a
 * scaling and a shear, and a smooth deformation, as surfaces of uneven depth have it. As flow from images, the field
 * is blurred across the outline, and noisy.
 *
 * @param size side in pixels
 */
export function drawScene(random: Random, size: number): Scene {
  const { truth, centre } = drawObject(random, size);
  const middle = size / 2;
  const area = truth.reduce((sum, t) => sum + t, 0);
  const [u, v] = [new Float64Array(size * size), new Float64Array(size * size)];
  for (;;) {
    const background = drawMotion(random, size, middle, middle);
    const object = drawMotion(random, size, ...centre);
    let difference = 0;
    for (let at = 0; at < truth.length; at++) {
      const [x, y] = [at % size, Math.floor(at / size)];
      const behind = background(x, y);
      const here = truth[at] === 1 ? object(x, y) : behind;
      difference += (here[0] - behind[0]) ** 2 + (here[1] - behind[1]) ** 2;
      [u[at], v[at]] = here;
    }
    if (Math.sqrt(difference / area) >= LEAST_DIFFERENCE) break;
  }
  const blur = new Blur(size, 0.7);
  const inside = blur.apply(new Float64Array(size * size).fill(1));
  const seen = (field: Float64Array): Float64Array =>
    blur.apply(field).map((value, at) => value / inside[at] + random.normal(0, FLOW_NOISE));
  return { size, u: seen(u), v: seen(v), truth };
}

/** A star-shaped object with a wavy outline, stretched in some direction. */
function drawObject(random: Random, size: number): { truth: Uint8Array; centre: [number, number] } {
  const centre: [number, number] = [random.uniform(0.3, 0.7) * size, random.uniform(0.3, 0.7) * size];
  const radius = random.uniform(0.16, 0.27) * size;
  const stretch = random.uniform(1, 1.5);
  const turn = random.uniform(0, Math.PI);
  const waves = [2, 3, 4, 5].map((k) => ({
    k,
    phase: random.uniform(0, 2 * Math.PI),
    height: random.uniform(0, 0.45) / k,
  }));
  const truth = new Uint8Array(size * size);
  for (let at = 0; at < truth.length; at++) {
    const [dx, dy] = [(at % size) - centre[0], Math.floor(at / size) - centre[1]];
    const along = (dx * Math.cos(turn) + dy * Math.sin(turn)) / Math.sqrt(stretch);
    const across = (dy * Math.cos(turn) - dx * Math.sin(turn)) * Math.sqrt(stretch);
    const angle = Math.atan2(across, along);
    const outline = waves.reduce(
      (sum, { k, phase, height }) => sum + height * Math.cos(k * angle + phase),
      1,
    );
    truth[at] = Math.hypot(along, across) < radius * outline ? 1 : 0;
  }
  return { truth, centre };
}

function drawMotion(random: Random, size: number, x0: number, y0: number): Motion {
  const shift = [random.normal(0, 2), random.normal(0, 2)];
  // Pixels a frame at half the side from the centre.
  const perPixel = 2 / size;
  const [turn, scale, stretch, shear] = [1.2, 1.2, 0.5, 0.5].map((s) => perPixel * random.normal(0, s));
  const uneven = [smoothField(random, size), smoothField(random, size)];
  return (x, y) => {
    const [dx, dy] = [x - x0, y - y0];
    const at = y * size + x;
    return [
      shift[0] + (scale + stretch) * dx + (shear - turn) * dy + uneven[0][at],
      shift[1] + (shear + turn) * dx + (scale - stretch) * dy + uneven[1][at],
    ];
  };
}

/** A smooth random field without mean, of 0.4 pixels a frame, that varies over an eighth of the side. */
function smoothField(random: Random, size: number): Float64Array {
  const field = new Blur(size, size / 8).apply(
    Float64Array.from({ length: size * size }, () => random.normal()),
  );
  const mean = field.reduce((sum, value) => sum + value, 0) / field.length;
  const deviation = Math.sqrt(field.reduce((sum, value) => sum + (value - mean) ** 2, 0) / field.length);
  return field.map((value) => (0.4 * (value - mean)) / deviation);
}
