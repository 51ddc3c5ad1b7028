/** Bodies that move in space: points of one body belong together. Lengths in metres: x to the right, y down, z away. */
import type { Random } from "../random.js";
import { turning, wander } from "./motion.js";

/** Where a point is in every frame. */
export interface SpacePoint {
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
}

type Vector = readonly [x: number, y: number, z: number];

/** Where the points of a body are in a frame. */
type Pose = (t: number) => readonly Vector[];

/** Kinds of bodies, and how each is drawn. */
export const BODIES = { walker, wheel, box, fish } as const;

/** Name of a kind of body. */
export type BodyKind = keyof typeof BODIES;

/** Somebody who paces to and fro, arms and legs swinging: a tree of joints, the far ones bent as well as carried. */
function walker(random: Random, frames: number): SpacePoint[] {
  const size = random.uniform(0.85, 1.15);
  const phase = turning(random, frames, random.uniform(26, 36), 0.15);
  const stride = random.uniform(0.35, 0.6);
  const root = roaming(random, frames, [0.8, 0.03, 0.4]);
  return moved(frames, (t) => {
    const [x, y, z] = root(t);
    const hip: Vector = [x, y + 0.03 * Math.cos(2 * phase[t]), z];
    const shoulder = hanging(hip, Math.PI, 0.5 * size, 0);
    const arm = (turn: number, depth: number): Vector[] => {
      const swing = 0.8 * stride * Math.sin(turn);
      const elbow = hanging(shoulder, swing, 0.3 * size, depth);
      return [elbow, hanging(elbow, swing + 0.3 + 0.2 * Math.sin(turn), 0.28 * size, 0)];
    };
    const leg = (turn: number, depth: number): Vector[] => {
      const swing = stride * Math.sin(turn);
      const knee = hanging(hip, swing, 0.42 * size, depth);
      return [knee, hanging(knee, swing - 0.4 * (1 + Math.sin(turn - 1.2)), 0.42 * size, 0)];
    };
    const [left, right] = [phase[t], phase[t] + Math.PI];
    return [
      hanging(shoulder, Math.PI, 0.25 * size, 0),
      hip,
      ...arm(right, 0.2),
      ...leg(left, 0.1),
      ...leg(right, -0.1),
    ];
  });
}

/** A tilted wheel that rolls on the spot and is carried about: places on it are turned against each other. */
function wheel(random: Random, frames: number): SpacePoint[] {
  const tilt = random.uniform(0, 0.9);
  const phase = turning(random, frames, random.uniform(50, 110), 0.35);
  const root = roaming(random, frames, [0.25, 0.15, 0.3]);
  const places = Array.from({ length: 8 }, (_, k) => ({
    radius: random.uniform(0.2, 0.7),
    angle: (2 * Math.PI * (k + random.uniform(-0.4, 0.4))) / 8,
  }));
  return moved(frames, (t) => {
    const [x, y, z] = root(t);
    return places.map(({ radius, angle }): Vector => {
      const across = radius * Math.cos(phase[t] + angle);
      return [
        x + Math.cos(tilt) * across,
        y + radius * Math.sin(phase[t] + angle),
        z + Math.sin(tilt) * across,
      ];
    });
  });
}

/** A box that is shown from all sides and brought nearer and farther: rotations in space, perspective. */
function box(random: Random, frames: number): SpacePoint[] {
  const slowness = random.uniform(12, 25);
  const [yaw, pitch, roll] = [1, 0.5, 0.6].map((size) => {
    return wander(random, frames, slowness).map((value) => size * value);
  });
  const root = roaming(random, frames, [0.3, 0.2, 0.6]);
  const corners = Array.from({ length: 8 }, (_, k): Vector => {
    const side = (bit: number): number => (((k >> bit) & 1) - 0.5) * random.uniform(0.5, 0.9);
    return [side(0), side(1), side(2)];
  });
  return moved(frames, (t) => {
    const [x, y, z] = root(t);
    return corners.map((corner): Vector => {
      const [a, c] = turned(corner[0], corner[2], yaw[t]);
      const [b, d] = turned(corner[1], c, pitch[t]);
      const [e, f] = turned(a, b, roll[t]);
      return [x + e, y + f, z + d];
    });
  });
}

/** A fish along whose body waves run: the same motion everywhere, later towards the tail. */
function fish(random: Random, frames: number): SpacePoint[] {
  const length = random.uniform(1.1, 1.6);
  const phase = turning(random, frames, random.uniform(30, 60), 0.25);
  const heading = wander(random, frames, 25);
  const facing = random.uniform(-0.5, 0.5);
  const root = roaming(random, frames, [0.4, 0.25, 0.3]);
  return moved(frames, (t) => {
    const [x, y, z] = root(t);
    return Array.from({ length: 8 }, (_, k): Vector => {
      const along = k / 7;
      const aside = (0.04 + 0.16 * along) * Math.sin(phase[t] - 4 * along);
      const [a, b] = turned(length * (0.4 - along), aside, facing + 0.5 * heading[t]);
      return [x + a, y + b, z];
    });
  });
}

/** Carried about around a random place in view. */
function roaming(random: Random, frames: number, sizes: Vector): (t: number) => Vector {
  const home = [random.uniform(-1.6, 1.6), random.uniform(-0.9, 0.9), random.uniform(4.5, 7)];
  const slowness = random.uniform(10, 25);
  const courses = sizes.map((size) => {
    const [course, far] = [wander(random, frames, slowness), size * random.uniform(0.6, 1)];
    return course.map((value) => far * value);
  });
  return (t) => [home[0] + courses[0][t], home[1] + courses[1][t], home[2] + courses[2][t]];
}

/** The end of a limb that hangs from a joint at an angle, 0 being straight down. */
function hanging([x, y, z]: Vector, angle: number, length: number, depth: number): Vector {
  return [x + length * Math.sin(angle), y + length * Math.cos(angle), z + depth];
}

function turned(a: number, b: number, angle: number): [number, number] {
  return [a * Math.cos(angle) - b * Math.sin(angle), a * Math.sin(angle) + b * Math.cos(angle)];
}

function moved(frames: number, pose: Pose): SpacePoint[] {
  const poses = Array.from({ length: frames }, (_, t) => pose(t));
  return poses[0].map((_, point) => {
    const [x, y, z] = [0, 1, 2].map((axis) => Float64Array.from(poses, (places) => places[point][axis]));
    return { x, y, z };
  });
}
