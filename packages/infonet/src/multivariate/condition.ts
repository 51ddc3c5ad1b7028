/** One pair of a vine: its variables, each given the other one. */

import { inverse, type Orientation } from "../copula/index.js";
import { CopulaDensity, rankScores } from "../density/index.js";
import type { Task } from "../engine/task.js";
import { normalQuantile } from "../numerics/normal.js";
import { order } from "../numerics/order.js";
import { pick } from "../numerics/rows.js";

/** A variable seen by the vine: ranks of the rows it is fitted to, and where held-out rows lie among them, in (0, 1). */
export interface Position {
  ranks: Uint32Array;
  held: Float64Array;
}

/** A pair with its copula. */
interface Pair {
  /** Density of the pair on the canonical square, as the network gives it. */
  mixture: Float32Array;
  orientation: Orientation;
  a: Position;
  b: Position;
  /** What is asked for: the variables given each other, the log density at the held-out rows. */
  wanted: { next: boolean; density: boolean };
}

/** Either variable given the other one, or as it was where that is not asked for; log densities at the held-out rows. */
export interface Conditioned {
  a: Position;
  b: Position;
  logDensity?: Float64Array;
}

/** A pair's conditional pseudo-observations (h-functions) by its density, exact. */
export const CONDITION: Task<Pair, Conditioned> = {
  name: "condition",
  run({ mixture, orientation, a, b, wanted }) {
    const copula = CopulaDensity.read(mixture, orientation);
    const held = [a.held.map(normalQuantile), b.held.map(normalQuantile)] as const;
    const logDensity = wanted.density ? copula.logDensities(...held) : undefined;
    if (!wanted.next) return { a, b, logDensity };
    const fitted = copula.conditionals(rankScores(a.ranks), rankScores(b.ranks));
    const others = copula.conditionals(...held);
    return { a: ranked(fitted.u, others.u), b: ranked(fitted.v, others.v), logDensity };
  },
};

/** A variable at the beginning of a vine. */
export function position(values: Float64Array, fitted: Uint32Array, held: Uint32Array): Position {
  return ranked(pick(values, fitted), pick(values, held));
}

/** Ranks of the values, and of the held-out ones their place between them. */
function ranked(values: Float64Array, held: Float64Array): Position {
  const sorted = order(values);
  const ranks = inverse(sorted);
  const n = values.length;
  const ascending = held.length > 0 ? pick(values, sorted) : values;
  const places = new Float64Array(held.length);
  for (let k = 0; k < places.length; k++) places[k] = placeAmong(ascending, held[k], n);
  return { ranks, held: places };
}

/** Empirical distribution function with linear steps between the values, whose k-th is at (k + ½)/n. */
function placeAmong(ascending: Float64Array, value: number, n: number): number {
  let [low, high] = [0, n];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < value) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return 0.25 / n;
  if (low === n) return 1 - 0.25 / n;
  const [a, b] = [ascending[low - 1], ascending[low]];
  return (low - 0.5 + (b > a ? (value - a) / (b - a) : 0.5)) / n;
}
