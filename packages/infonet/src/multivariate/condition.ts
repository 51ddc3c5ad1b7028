/** One pair of a vine: its variables, each given the other one. */

import { inverse, type Orientation, restoreTable } from "../copula/index.js";
import type { Task } from "../engine/task.js";
import { GRID } from "../features/index.js";
import { interpolate, normalizeCritic } from "../network/critic.js";
import { order } from "../numerics/order.js";
import { pick } from "../numerics/rows.js";
import { type ConditionalDistribution, TableCopula } from "./conditional-distribution.js";

/** A variable seen by the vine: ranks of the rows it is fitted to, and where held-out rows lie among them, in (0, 1). */
export interface Position {
  ranks: Uint32Array;
  held: Float64Array;
}

/** A pair with its copula. */
interface Pair {
  /** Critic of the pair on the canonical square, not normalised. */
  critic: Float32Array;
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

/** A pair's conditional pseudo-observations (h-functions) by its critic. */
export const CONDITION: Task<Pair, Conditioned> = {
  name: "condition",
  run({ critic, orientation, a, b, wanted }) {
    const copula = new TableCopula(restoreTable(normalizeCritic(critic), GRID, orientation));
    const logDensity = wanted.density ? densities(copula, a.held, b.held) : undefined;
    if (!wanted.next) return { a, b, logDensity };
    return { a: conditioned(copula.u, a, b), b: conditioned(copula.v, b, a), logDensity };
  },
};

/** Log densities at points. */
function densities({ logDensity }: TableCopula, u: Float64Array, v: Float64Array): Float64Array {
  const result = new Float64Array(u.length);
  for (let k = 0; k < result.length; k++) result[k] = interpolate(logDensity, u[k], v[k]);
  return result;
}

/** A variable given another one. */
function conditioned(distribution: ConditionalDistribution, a: Position, given: Position): Position {
  const n = a.ranks.length;
  const values = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    values[k] = distribution.at((a.ranks[k] + 0.5) / n, (given.ranks[k] + 0.5) / n);
  }
  const held = new Float64Array(a.held.length);
  for (let k = 0; k < held.length; k++) held[k] = distribution.at(a.held[k], given.held[k]);
  return ranked(values, held);
}

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
