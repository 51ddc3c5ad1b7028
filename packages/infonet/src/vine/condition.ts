/** One pair of a vine: its variables, each given the other one. */

import { inverse, type Orientation } from "../copula/index.js";
import { CopulaDensity } from "../density/index.js";
import type { Task } from "../engine/task.js";
import { normalQuantile } from "../numerics/normal.js";
import { rankScores } from "../numerics/normal-scores.js";
import { order } from "../numerics/order.js";
import { pick } from "../numerics/rows.js";

/** A variable seen by the vine: ranks of the rows it is fitted to, and where held-out rows lie among them, in (0, 1). */
export interface Position {
  ranks: Uint32Array;
  held: Float64Array;
}

/** Some of the rows, by their place among those fitted and among those held out. */
export interface Places {
  fitted: Uint32Array;
  held: Uint32Array;
}

/** The copula on some of the rows, or on all of them. */
export interface Part {
  places?: Places;
  /** Density on the canonical square, as the network gives it; undefined where the variables are independent. */
  mixture?: Float32Array;
  orientation: Orientation;
}

/** A pair with its copula, which may be another one in every part of the rows. */
export interface ConditionedPair {
  parts: readonly Part[];
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

/** {@link conditioned} as a task. */
export const CONDITION: Task<ConditionedPair, Conditioned> = { name: "condition", run: conditioned };

/** A pair's conditional pseudo-observations (h-functions) by its density, exact. */
export function conditioned({ parts, a, b, wanted }: ConditionedPair): Conditioned {
  const logDensity = wanted.density ? new Float64Array(a.held.length) : undefined;
  const fitted = { a: new Float64Array(a.ranks.length), b: new Float64Array(a.ranks.length) };
  const held = { a: new Float64Array(a.held.length), b: new Float64Array(a.held.length) };
  for (const { places, mixture, orientation } of parts) {
    const own = places === undefined ? { a, b } : { a: positionAt(a, places), b: positionAt(b, places) };
    const scores = [own.a.held.map(normalQuantile), own.b.held.map(normalQuantile)] as const;
    const copula = mixture && CopulaDensity.read(mixture, orientation);
    if (logDensity && copula) scatter(copula.logDensities(...scores), places?.held, logDensity);
    if (!wanted.next) continue;
    const next = conditionals(copula, own.a.ranks, own.b.ranks);
    const others = copula?.conditionals(...scores) ?? { u: own.a.held, v: own.b.held };
    scatter(next.u, places?.fitted, fitted.a);
    scatter(next.v, places?.fitted, fitted.b);
    scatter(others.u, places?.held, held.a);
    scatter(others.v, places?.held, held.b);
  }
  if (!wanted.next) return { a, b, logDensity };
  return { a: ranked(fitted.a, held.a), b: ranked(fitted.b, held.b), logDensity };
}

/** Variables given each other, in (0, 1), at the rows they are fitted to. */
function conditionals(
  copula: CopulaDensity | undefined,
  a: Uint32Array,
  b: Uint32Array,
): { u: Float64Array; v: Float64Array } {
  if (copula !== undefined) return copula.conditionals(rankScores(a), rankScores(b));
  return { u: shares(a), v: shares(b) };
}

function scatter(values: Float64Array, places: Uint32Array | undefined, into: Float64Array): void {
  if (places === undefined) into.set(values);
  else for (let k = 0; k < places.length; k++) into[places[k]] = values[k];
}

/** A variable at the beginning of a vine. */
export function position(values: Float64Array, fitted: Uint32Array, held: Uint32Array): Position {
  return ranked(pick(values, fitted), pick(values, held));
}

/** A variable among some of the rows alone. */
export function positionAt({ ranks, held }: Position, places: Places): Position {
  const own = ranksAmong(ranks, places.fitted);
  const ascending = shares(own.ascending, ranks.length);
  return { ranks: own.ranks, held: placesAmong(ascending, pick(held, places.held)) };
}

/** Ranks of some of the rows among these alone; and those that they have among all rows, in order. */
function ranksAmong(ranks: Uint32Array, rows: Uint32Array): { ranks: Uint32Array; ascending: Uint32Array } {
  // One more than the place of the row that has a rank.
  const of = new Uint32Array(ranks.length);
  for (let k = 0; k < rows.length; k++) of[ranks[rows[k]]] = k + 1;
  const own = { ranks: new Uint32Array(rows.length), ascending: new Uint32Array(rows.length) };
  let next = 0;
  for (let rank = 0; rank < of.length; rank++) {
    if (of[rank] === 0) continue;
    own.ranks[of[rank] - 1] = next;
    own.ascending[next++] = rank;
  }
  return own;
}

/** Where ranks are in (0, 1). */
export function shares(ranks: Uint32Array, n = ranks.length): Float64Array {
  const result = new Float64Array(ranks.length);
  for (let k = 0; k < ranks.length; k++) result[k] = (ranks[k] + 0.5) / n;
  return result;
}

/** Ranks of the values, and of the held-out ones their place between them. */
function ranked(values: Float64Array, held: Float64Array): Position {
  const sorted = order(values);
  const ascending = held.length > 0 ? pick(values, sorted) : values;
  return { ranks: inverse(sorted), held: placesAmong(ascending, held) };
}

/** Empirical distribution function with linear steps between the values, whose k-th is at (k + ½)/n. */
function placesAmong(ascending: Float64Array, values: Float64Array): Float64Array {
  const n = ascending.length;
  const places = new Float64Array(values.length);
  for (let k = 0; k < places.length; k++) {
    const value = values[k];
    // Written out: of one kind of numbers, the search takes half as long.
    let [above, end] = [0, n];
    while (above < end) {
      const middle = (above + end) >> 1;
      if (ascending[middle] >= value) end = middle;
      else above = middle + 1;
    }
    if (above === 0) places[k] = 0.25 / n;
    else if (above === n) places[k] = 1 - 0.25 / n;
    else {
      const [a, b] = [ascending[above - 1], ascending[above]];
      places[k] = (above - 0.5 + (b > a ? (value - a) / (b - a) : 0.5)) / n;
    }
  }
  return places;
}
