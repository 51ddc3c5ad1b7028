/**
 * The D-vine: a path of variables whose joint copula is a product of pair copulas, each of two variables given all
 * that lie between them on the path (Bedford & Cooke 2002; Aas, Czado, Frigessi & Bakken 2009). Every pair copula
 * is the density that the network gives; the conditional pseudo-observations of the next level are its conditional
 * distribution functions. One level is one series of batches.
 *
 * Where the pair copula changes with the values of what lies between, it is fitted in strata of them.
 */

import { type Oriented, orient, rankPermutation } from "../copula/index.js";
import type { PairModel, PairReading } from "../engine/model.js";
import type { SampleOutput } from "../engine/network-tasks.js";
import { rankEvidence } from "../evidence/index.js";
import type { LongCall } from "../long-call.js";
import { appended, pick } from "../numerics/rows.js";
import { type Between, between } from "./between.js";
import { CONDITION, type Conditioned, type Position, position } from "./condition.js";
import { type Change, EDGE } from "./edge.js";
import { isNull, type PairEngine, sideBySide } from "./pair-engine.js";
import { changingStrata, enoughForStrata, fitParts, readStrata } from "./strata.js";

/** One edge of the vine: the pair of path positions `from` and `from + level`, given those between. */
export interface Edge extends PairReading {
  from: number;
  level: number;
  /** Whether the pair is inside the null: then it counts as independent, and its copula is 1. */
  cut: boolean;
  /** Strata that the pair copula was fitted in; 1 where it does not change with what lies between. */
  strata: number;
  /** About the information that one copula for all values loses beyond the interval, nats. */
  lost: number;
}

/** Where pair copulas may change with what lies between. */
export interface Changing {
  seed: number;
  /** Pairs that are looked at closely whatever a quick look says. */
  closely: (from: number, to: number) => boolean;
  /** Columns that are the same condition as all that lies between the ends of the path; by default these themselves. */
  condition?: readonly Float64Array[];
}

/** How a vine is fitted. */
export interface VineSettings {
  engine: PairEngine;
  call: LongCall;
  /** A pair whose p-value is above this counts as independent. */
  level: number;
  /** Whether the test of a pair also heeds the evidence of ranks: more power, but not a function of the estimate alone. */
  ranks?: boolean;
  /** Whether what the vine leaves of the first variable is asked for. */
  rest?: boolean;
  /** Pairs whose information is asked for; log densities are summed over them. */
  counts: (from: number, to: number) => boolean;
  /** Undefined: one copula for all values of what lies between ("simplifying assumption"). */
  changing?: Changing | undefined;
}

/** A fitted vine. */
export interface VineFit {
  edges: Edge[];
  /** Σ log c over the counted pairs for every held-out row, in their order; empty without any. */
  heldOut: Float64Array;
  /** What the vine leaves of the first variable given all others (Rosenblatt 1952): ranks. Undefined unless asked for. */
  rest: Uint32Array | undefined;
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
  const { engine, call, level, ranks = false, rest = false } = settings;
  const size = path.length;
  const edges: Edge[] = [];
  const heldOut = new Float64Array(held.length);
  const positions = path.map((values) => position(values, fitted, held));
  // For edge e of a level: `lower[e]` is F(e | between), `upper[e]` is F(e + distance | between).
  let [lower, upper] = [positions.slice(0, -1), positions.slice(1)];
  const change = changeOf(path, fitted, held, settings.changing);
  const least = ranks ? -Infinity : leastDependent(engine.model, fitted.length, level);
  for (let distance = 1; distance < size; distance++) {
    call.check();
    const last = distance === size - 1;
    const samples = lower.map(({ ranks }, e) => orient(rankPermutation(ranks, upper[e].ranks)));
    const asked = !last || rest || held.length > 0;
    const outputs = await engine.densities(
      samples.map(({ perm }) => perm),
      asked ? least : Infinity,
    );
    const works = outputs.map((output, e) => (shared: PairEngine): Promise<EdgeFit> => {
      const pair = { a: lower[e], b: upper[e], from: e, level: distance };
      return fitEdge(pair, samples[e], output, change(e, distance), last, { ...settings, engine: shared });
    });
    const fits = await sideBySide<EdgeFit[]>(engine, works);
    edges.push(...fits.map(({ edge }) => edge));
    const conditioned = fits.map((fit) => fit.conditioned);
    // Row by row in the order of the edges, whichever thread was first.
    for (const { logDensity } of conditioned) if (logDensity !== undefined) addTo(heldOut, logDensity);
    await call.advance(lower.length);
    if (last) return { edges, heldOut, rest: rest ? conditioned[0].a.ranks : undefined };
    [lower, upper] = [conditioned.slice(0, -1).map(({ a }) => a), conditioned.slice(1).map(({ b }) => b)];
  }
  return { edges, heldOut, rest: undefined };
}

/** What the copula of a pair may change with; undefined where it is taken not to change, or cannot be seen to. */
function changeOf(
  path: readonly Float64Array[],
  fitted: Uint32Array,
  held: Uint32Array,
  changing: Changing | undefined,
): (from: number, distance: number) => Change | undefined {
  if (changing === undefined || !enoughForStrata(fitted.length)) return () => undefined;
  const rows = appended([fitted, held]);
  const packed = (columns: readonly Float64Array[]): Between =>
    between(
      columns.map((values) => pick(values, rows)),
      fitted.length,
    );
  const inner = packed(path.slice(1, -1));
  const whole = changing.condition === undefined ? inner : packed(changing.condition);
  return (from, distance) => {
    const own = distance === path.length - 1 ? whole : { ...inner, from, to: from + distance - 1 };
    if (own.to === own.from) return undefined;
    return { between: own, seed: changing.seed, screened: !changing.closely(from, from + distance) };
  };
}

interface EdgeFit {
  edge: Edge;
  /** Its variables, each given the other one. */
  conditioned: Conditioned;
}

/** Fits the copula of one pair, in strata of what lies between where it changes with that. */
async function fitEdge(
  { a, b, from, level: distance }: { a: Position; b: Position; from: number; level: number },
  { perm, orientation }: Oriented,
  { quantiles, mixture }: SampleOutput,
  change: Change | undefined,
  last: boolean,
  { engine, level, ranks = false, rest = false, counts }: VineSettings,
): Promise<EdgeFit> {
  const n = perm.length;
  const { workers } = engine;
  const reading = engine.model.readPair(quantiles, n, ranks ? rankEvidence(perm) : undefined);
  const cut = isNull(reading, n, level);
  const edge = { ...reading, from, level: distance, cut, strata: 1, lost: 0 };
  const wanted = { next: !last || rest, density: counts(from, from + distance) };
  const one = { parts: [{ mixture, orientation }], wanted };
  const copula = cut || mixture === undefined || !(wanted.next || wanted.density) ? undefined : one;
  if (change === undefined && copula === undefined) return { edge, conditioned: { a, b } };
  const { ways, lost, conditioned } = await workers.run(EDGE, { a, b, change, copula });
  edge.lost = lost;
  if (change !== undefined && ways.length > 0) {
    const settings = { engine, level, ranks };
    const strata = await changingStrata({ a, b, ways, slow: change.screened, seed: change.seed }, settings);
    if (strata !== undefined) {
      const { parts, readings } = await fitParts(a, b, strata, settings);
      const read = readStrata(reading, readings, strata.gain);
      const changed = { ...edge, ...read, cut: false, strata: strata.count, lost: 0 };
      return { edge: changed, conditioned: await workers.run(CONDITION, { parts, a, b, wanted }) };
    }
    if (copula !== undefined) return { edge, conditioned: await workers.run(CONDITION, { ...copula, a, b }) };
  }
  return { edge, conditioned: conditioned ?? { a, b } };
}

/** A median of √MI below which every pair is inside the null. */
function leastDependent(model: PairModel, n: number, level: number): number {
  const inside = (root: number): boolean =>
    isNull(model.readPair(new Float32Array(model.levels).fill(root), n), n, level);
  if (!inside(0)) return -Infinity;
  let [low, high] = [0, 4];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (inside(middle)) low = middle;
    else high = middle;
  }
  // A little lower, so that no rounding leaves a pair without its density.
  return low - 1e-6;
}

function addTo(sums: Float64Array, values: Float64Array): void {
  for (let k = 0; k < sums.length; k++) sums[k] += values[k];
}

/** Pairs that a vine over `size` variables has. */
export function edgeCount(size: number): number {
  return (size * (size - 1)) / 2;
}
