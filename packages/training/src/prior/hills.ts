/**
 * Single smooth hills whose slopes differ from side to side: one-sided and light tails, and dependence that
 * grows or fades along the variables, none of which mixtures of few Gaussians have.
 */

import { BilinearGrid } from "./bilinear-grid.js";
import type { Random } from "./random.js";

const FEWEST_NODES = 16;
const MOST_NODES = 40;
// The log density ends this far below its top, so that no weight vanishes.
const DEEPEST = 30;

/** A plane in the coordinates along and across the diagonal. */
interface Plane {
  along: number;
  across: number;
  level: number;
}

/**
 * The log density is minus the soft maximum of 2 to 8 random planes over the square [−1, 1]², once or twice,
 * sometimes plus a saddle; the planes are steeper across one of the diagonals than along it.
 */
export function hill(rng: Random, kind: string): BilinearGrid {
  const nodes = rng.logInteger(FEWEST_NODES, MOST_NODES);
  const elongation = rng.chance(0.25) ? 1 : rng.logBetween(1, 8);
  const sign = rng.sign();
  const parts = Array.from({ length: rng.integer(1, 2) }, () => ({
    planes: planes(rng, rng.integer(2, 8), rng.logBetween(1, 12), elongation),
    softness: rng.logBetween(0.1, 2),
  }));
  const saddle = rng.chance(0.5) ? rng.sign() * rng.logBetween(0.1, 4) : 0;
  const logs = new Float64Array(nodes * nodes);
  let top = -Infinity;
  for (let j = 0, at = 0; j < nodes; j++) {
    const y = (2 * j) / (nodes - 1) - 1;
    for (let i = 0; i < nodes; i++, at++) {
      const x = (2 * i) / (nodes - 1) - 1;
      let value = saddle * x * y;
      for (const part of parts) {
        value -= softMaximum(part.planes, part.softness, (x + sign * y) / 2, (x - sign * y) / 2);
      }
      logs[at] = value;
      if (value > top) top = value;
    }
  }
  return new BilinearGrid(
    kind,
    nodes,
    nodes,
    logs.map((value) => Math.exp(Math.max(value - top, -DEEPEST))),
  );
}

function planes(rng: Random, size: number, steepness: number, elongation: number): Plane[] {
  return Array.from({ length: size }, () => ({
    along: steepness * rng.normal(),
    across: steepness * elongation * rng.normal(),
    level: 0.4 * steepness * rng.normal(),
  }));
}

function softMaximum(planes: Plane[], softness: number, along: number, across: number): number {
  const height = (plane: Plane): number => plane.along * along + plane.across * across + plane.level;
  const highest = planes.reduce((most, plane) => Math.max(most, height(plane)), -Infinity);
  const sum = planes.reduce((total, plane) => total + Math.exp((height(plane) - highest) / softness), 0);
  return highest + softness * Math.log(sum);
}
