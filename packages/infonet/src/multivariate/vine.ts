/**
 * The D-vine: a path of variables whose joint copula is a product of pair copulas, each of two variables given all
 * that lie between them on the path (Bedford & Cooke 2002; Aas, Czado, Frigessi & Bakken 2009). Every pair copula
 * is the network's critic, normalised; the conditional pseudo-observations of the next level are its conditional
 * distribution functions. One level is one series of batches.
 *
 * The pair copula is taken not to change with the values of what lies between ("simplifying assumption").
 */

import { inverse, type Orientation, orient, rankPermutation, restoreTable } from "../copula/index.js";
import { type Course, type PairEngine, type PairReading, readingsOf } from "../engine/pair-engine.js";
import { GRID } from "../features/index.js";
import { interpolate, normalizeCritic } from "../network/critic.js";
import { order } from "../numerics/order.js";
import { pick } from "../numerics/rows.js";
import { TableCopula } from "./conditional-distribution.js";

/** One edge of the vine: the pair of path positions `from` and `from + level`, given those between. */
export interface Edge extends PairReading {
  from: number;
  level: number;
  /** Whether the pair is inside the null: then it counts as independent, and its copula is 1. */
  cut: boolean;
}

/** How a vine is fitted. */
export interface VineSettings {
  engine: PairEngine;
  course: Course;
  /** A pair whose p-value is above this counts as independent. */
  level: number;
  /** Whether the test of a pair also heeds the evidence of waves: more power, but not a function of the estimate alone. */
  waves?: boolean;
  /** Whether what the vine leaves of the variables is asked for. */
  rest?: boolean;
  /** Pairs whose information is asked for; log densities are summed over them. */
  counts: (from: number, to: number) => boolean;
}

/** A fitted vine. */
export interface VineFit {
  edges: Edge[];
  /** Σ log c over the counted pairs for every held-out row, in their order; empty without any. */
  heldOut: Float64Array;
  /** Conditional pseudo-observations of the last pair, the two ends of the path given all between: ranks. */
  ends: [Uint32Array, Uint32Array] | undefined;
  /**
   * What the vine leaves of a variable (Rosenblatt 1952), as ranks: `after[k]` of the variable at position k given all
   * before it, `before[k]` given all after it. Empty unless asked for.
   */
  rest: { after: Uint32Array[]; before: Uint32Array[] };
}

/** A variable seen by the vine: ranks of the rows it is fitted to, and where held-out rows lie among them, in (0, 1). */
interface Position {
  ranks: Uint32Array;
  held: Float64Array;
}

/**
 * Fits a D-vine.
 *
 * @param path the variables along the path, values per row
 * @param fitted rows that the pair copulas are fitted to
 * @param held rows whose log density is asked for
 */
export async function fitVine(
  path: readonly Float64Array[],
  fitted: Uint32Array,
  held: Uint32Array,
  settings: VineSettings,
): Promise<VineFit> {
  const { engine, course, level, waves = false, counts } = settings;
  const size = path.length;
  const edges: Edge[] = [];
  const heldOut = new Float64Array(held.length);
  const rest: VineFit["rest"] = { after: [], before: [] };
  // For edge e of a level: `lower[e]` is F(e | between), `upper[e]` is F(e + level | between).
  let lower = path.slice(0, -1).map((values) => position(values, fitted, held));
  let upper = path.slice(1).map((values) => position(values, fitted, held));
  for (let distance = 1; distance < size; distance++) {
    const count = size - distance;
    const last = distance === size - 1;
    const nextLower: Position[] = new Array(count);
    const nextUpper: Position[] = new Array(count);
    for (let first = 0; first < count; first += engine.largestBatch) {
      const batch = range(first, Math.min(first + engine.largestBatch, count));
      course.check();
      const pairs = batch.map((e): [Position, Position] => [lower[e], upper[e]]);
      const { readings, criticOf } = await runPairs(pairs, engine, waves);
      for (const [slot, e] of batch.entries()) {
        const reading = readings[slot];
        const counted = counts(e, e + distance);
        const cut = isNull(reading, fitted.length, level);
        edges.push({ ...reading, from: e, level: distance, cut });
        const [a, b] = [lower[e], upper[e]];
        if (cut) {
          nextLower[e] = a;
          nextUpper[e] = b;
          continue;
        }
        const copula = new TableCopula(criticOf(slot));
        if (counted) addLogDensity(copula.logDensity, a.held, b.held, heldOut);
        if (last && !settings.rest) continue;
        nextLower[e] = conditioned(a, b, (u, v) => copula.uGivenV(u, v));
        nextUpper[e] = conditioned(b, a, (v, u) => copula.vGivenU(v, u));
      }
      await course.advance(batch.length);
    }
    if (settings.rest) {
      rest.after[distance] = nextUpper[0].ranks;
      rest.before[size - 1 - distance] = nextLower[count - 1].ranks;
    }
    if (last) return { edges, heldOut, ends: [lower[0].ranks, upper[0].ranks], rest };
    lower = nextLower.slice(0, count - 1);
    upper = nextUpper.slice(1, count);
  }
  return { edges, heldOut, ends: undefined, rest };
}

/** Pairs that a vine over `size` variables has. */
export function edgeCount(size: number): number {
  return (size * (size - 1)) / 2;
}

async function runPairs(
  pairs: ReadonlyArray<readonly [Position, Position]>,
  engine: PairEngine,
  waves: boolean,
): Promise<{ readings: PairReading[]; criticOf: (slot: number) => Float32Array }> {
  const samples = pairs.map(([a, b]) => orient(rankPermutation(a.ranks, b.ranks)));
  const perms = samples.map(({ perm }) => perm);
  const { quantiles, critics } = await engine.run(perms);
  const readings = readingsOf(engine, quantiles, perms, waves);
  // The network's arrays are overwritten by its next run, but not before this batch is through.
  const criticOf = (slot: number): Float32Array => {
    const critic = critics.subarray(slot * GRID * GRID, (slot + 1) * GRID * GRID);
    return restoreTable(normalizeCritic(critic), GRID, samples[slot].orientation as Orientation);
  };
  return { readings, criticOf };
}

/**
 * Without a null table: twice n times the information against what a parameter or two would add by chance once in
 * fifty times, and more where it must be rarer.
 */
const NULL_INFORMATION = 8 + 2 * Math.log(0.02);

/** Whether a pair counts as independent at a level. */
export function isNull({ mi, pValue }: PairReading, n: number, level: number): boolean {
  if (level >= 1) return false;
  return pValue === undefined ? 2 * n * mi < NULL_INFORMATION - 2 * Math.log(level) : pValue > level;
}

function addLogDensity(table: Float32Array, us: Float64Array, vs: Float64Array, sums: Float64Array): void {
  for (let k = 0; k < sums.length; k++) sums[k] += interpolate(table, us[k], vs[k]);
}

/** A variable given another one. */
function conditioned(a: Position, given: Position, h: (value: number, given: number) => number): Position {
  const n = a.ranks.length;
  const values = new Float64Array(n);
  for (let k = 0; k < n; k++) values[k] = h((a.ranks[k] + 0.5) / n, (given.ranks[k] + 0.5) / n);
  const held = new Float64Array(a.held.length);
  for (let k = 0; k < held.length; k++) held[k] = h(a.held[k], given.held[k]);
  return ranked(values, held);
}

function position(values: Float64Array, fitted: Uint32Array, held: Uint32Array): Position {
  return ranked(pick(values, fitted), pick(values, held));
}

/** Ranks of the values, and of the held-out ones their place between them. */
function ranked(values: Float64Array, held: Float64Array): Position {
  const sorted = order(values);
  const ranks = inverse(sorted);
  const n = values.length;
  const ascending = held.length > 0 ? pick(values, sorted) : values;
  const places = held.map((value) => placeAmong(ascending, value, n));
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

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, k) => from + k);
}
