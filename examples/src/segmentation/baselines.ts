/** Two classical ways to part a flow field in two, without information. */
import type { Random } from "../random.js";
import { Context } from "./context.js";
import type { Scene } from "./scenes.js";

const TRIALS = 10;
const ROUNDS = 30;

/** Masks by two clusters of flow vectors (Lloyd 1982): the best of ten random starts. */
export function twoMeans({ size, u, v }: Scene, random: Random): Uint8Array {
  const pixels = size * size;
  const error = (at: number, [a, b]: readonly [number, number]): number =>
    (u[at] - a) ** 2 + (v[at] - b) ** 2;
  return bestOf(() => {
    const centres = [0, 1].map((): [number, number] => {
      const at = random.integer(0, pixels - 1);
      return [u[at], v[at]];
    });
    return alternate(
      new Uint8Array(pixels),
      (mask) => {
        for (const side of [0, 1]) {
          let [n, a, b] = [0, 0, 0];
          for (let at = 0; at < pixels; at++) {
            if (mask[at] !== side) continue;
            n++;
            a += u[at];
            b += v[at];
          }
          if (n > 0) centres[side] = [a / n, b / n];
        }
      },
      (at, side) => error(at, centres[side]),
    );
  });
}

/**
 * Masks by two affine motions (the layers of Wang & Adelson 1994, without their merging of many): each pixel belongs to the
 * motion that is closer, each motion is fitted to its pixels; the best of ten random discs as starts.
 */
export function twoMotions(scene: Scene, random: Random): Uint8Array {
  const { size, u, v } = scene;
  const context = new Context(size);
  return bestOf(() => {
    const [x, y] = [random.uniform(0.2, 0.8) * size, random.uniform(0.2, 0.8) * size];
    const radius = random.uniform(0.06, 0.2) * size;
    const start = Uint8Array.from(u, (_, at) =>
      Math.hypot((at % size) - x, Math.floor(at / size) - y) < radius ? 1 : 0,
    );
    let motions: ReturnType<Context["predict"]>[] = [];
    const fit = (mask: Uint8Array): void => {
      motions = [0, 1].map((side) =>
        context.predict(
          scene,
          Float64Array.from(mask, (m) => (m === side ? 1 : 0)),
        ),
      );
    };
    fit(start);
    return alternate(
      start,
      fit,
      (at, side) => (u[at] - motions[side].u[at]) ** 2 + (v[at] - motions[side].v[at]) ** 2,
    );
  });
}

/** Assigns pixels to the side of smaller error and fits the sides to their pixels, in turn. */
function alternate(
  start: Uint8Array,
  fit: (mask: Uint8Array) => void,
  error: (at: number, side: number) => number,
): { mask: Uint8Array; error: number } {
  let result = { mask: start, error: Infinity };
  for (let round = 0; round < ROUNDS; round++) {
    let total = 0;
    const mask = Uint8Array.from(start, (_, at) => {
      const errors = [error(at, 0), error(at, 1)];
      total += Math.min(...errors);
      return errors[1] < errors[0] ? 1 : 0;
    });
    const settled = result.mask.every((m, at) => m === mask[at]);
    result = { mask, error: total };
    if (settled) break;
    fit(mask);
  }
  return result;
}

function bestOf(trial: () => { mask: Uint8Array; error: number }): Uint8Array {
  const results = Array.from({ length: TRIALS }, trial);
  return results.reduce((best, other) => (other.error < best.error ? other : best)).mask;
}
