/** What a moving camera sees of moving bodies. */
import type { Random } from "../random.js";
import { BODIES, type BodyKind, type SpacePoint } from "./bodies.js";
import { wander } from "./motion.js";
import type { Tracks } from "./tracks.js";

/** Size of the picture in pixels. */
export const PICTURE = { width: 640, height: 480 } as const;

/** Tracks with what they are tracks of. */
export interface Scene {
  tracks: Tracks;
  /** The kind of every body. */
  bodies: readonly BodyKind[];
  /** The body of every point, a number from 0; −1 for the background. */
  owners: readonly number[];
}

/** Focal length in pixels: a metre is 100 pixels at a distance of 6 metres. */
const FOCAL = 600;
const BACKGROUND = 10;
/** Standard deviation of a tracker's error in pixels. */
const NOISE = 0.7;
/** Mean frames that a point stays seen, and hidden. */
const [SEEN, HIDDEN] = [100, 20];

/**
 * Draws a scene: one body of each kind and some points of a background that stands still, before a camera held by hand. The camera
 * shifts, pans, rolls and zooms; bodies go out of the picture; points are hidden for a while; places are noisy.
 */
export function drawScene(random: Random, frames: number): Scene {
  const bodies = Object.keys(BODIES) as BodyKind[];
  const owners: number[] = [];
  const points: SpacePoint[] = [];
  const add = (owner: number, more: readonly SpacePoint[]): void => {
    points.push(...more);
    owners.push(...more.map(() => owner));
  };
  for (const [k, kind] of bodies.entries()) add(k, BODIES[kind](random, frames));
  add(
    -1,
    Array.from({ length: BACKGROUND }, () => standing(random, frames)),
  );
  const see = camera(random, frames);
  const seen = points.map((point) => {
    const hidden = occlusion(random, frames);
    const [x, y] = [new Float64Array(frames).fill(Number.NaN), new Float64Array(frames).fill(Number.NaN)];
    for (let t = 0; t < frames; t++) {
      const [a, b] = see(point, t);
      if (hidden[t] === 1 || a < 0 || b < 0 || a > PICTURE.width || b > PICTURE.height) continue;
      [x[t], y[t]] = [a + random.normal(0, NOISE), b + random.normal(0, NOISE)];
    }
    return { x, y };
  });
  return { tracks: { frames, x: seen.map(({ x }) => x), y: seen.map(({ y }) => y) }, bodies, owners };
}

function standing(random: Random, frames: number): SpacePoint {
  const z = random.uniform(7, 12);
  const [x, y] = [random.uniform(-0.45, 0.45), random.uniform(-0.33, 0.33)];
  const still = (value: number): Float64Array => new Float64Array(frames).fill(value);
  return { x: still(x * z), y: still(y * z), z: still(z) };
}

/** A pinhole camera in a hand. */
function camera(random: Random, frames: number): (point: SpacePoint, t: number) => [number, number] {
  const course = (size: number): Float64Array => {
    const values = wander(random, frames, random.uniform(10, 20));
    return values.map((value) => size * value);
  };
  const shift = [course(0.12), course(0.06), course(0.15)];
  const pan = [course(18), course(12)];
  const [roll, zoom] = [course(0.03), course(0.03)];
  return ({ x, y, z }, t) => {
    const scale = (FOCAL * (1 + zoom[t])) / (z[t] + shift[2][t]);
    const [a, b] = [scale * (x[t] + shift[0][t]), scale * (y[t] + shift[1][t])];
    const [cos, sin] = [Math.cos(roll[t]), Math.sin(roll[t])];
    return [
      PICTURE.width / 2 + cos * a - sin * b + pan[0][t],
      PICTURE.height / 2 + sin * a + cos * b + pan[1][t],
    ];
  };
}

/** 1 in frames in which a point is hidden. */
function occlusion(random: Random, frames: number): Uint8Array {
  const hidden = new Uint8Array(frames);
  let state = random.uniform() < HIDDEN / (SEEN + HIDDEN) ? 1 : 0;
  for (let t = 0; t < frames; t++) {
    hidden[t] = state;
    if (random.uniform() < 1 / (state === 1 ? HIDDEN : SEEN)) state = 1 - state;
  }
  return hidden;
}
