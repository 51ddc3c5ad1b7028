/**
 * The D-vine: a path of variables whose joint copula is a product of pair copulas, each of two variables given all
 * that lie between them on the path (Bedford & Cooke 2002; Aas, Czado, Frigessi & Bakken 2009). Every pair copula
 * is the density that the network gives; the conditional pseudo-observations of the next level are its conditional
 * distribution functions. One level is one series of batches.
 *
 * The pair copula is taken not to change with the values of what lies between ("simplifying assumption").
 */

import { orient, rankPermutation } from "../copula/index.js";
import type { PairModel, PairReading } from "../engine/model.js";
import { rankEvidence } from "../evidence/index.js";
import type { LongCall } from "../long-call.js";
import { CONDITION, type Conditioned, position } from "./condition.js";
import type { PairEngine } from "./pair-engine.js";

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
  call: LongCall;
  /** A pair whose p-value is above this counts as independent. */
  level: number;
  /** Whether the test of a pair also heeds the evidence of ranks: more power, but not a function of the estimate alone. */
  ranks?: boolean;
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
  const { engine, call, level, ranks = false, counts } = settings;
  const size = path.length;
  const edges: Edge[] = [];
  const heldOut = new Float64Array(held.length);
  const rest: VineFit["rest"] = { after: [], before: [] };
  const positions = path.map((values) => position(values, fitted, held));
  // For edge e of a level: `lower[e]` is F(e | between), `upper[e]` is F(e + distance | between).
  let [lower, upper] = [positions.slice(0, -1), positions.slice(1)];
  const least = ranks ? -Infinity : leastDependent(engine.model, fitted.length, level);
  for (let distance = 1; distance < size; distance++) {
    call.check();
    const last = distance === size - 1;
    const samples = lower.map(({ ranks }, e) => orient(rankPermutation(ranks, upper[e].ranks)));
    const asked = !last || settings.rest === true || held.length > 0;
    const outputs = await engine.densities(
      samples.map(({ perm }) => perm),
      asked ? least : Infinity,
    );
    const conditioned = await Promise.all(
      outputs.map(async ({ quantiles, mixture }, e): Promise<Conditioned> => {
        const { perm, orientation } = samples[e];
        const evidence = ranks ? rankEvidence(perm) : undefined;
        const reading = engine.model.readPair(quantiles, fitted.length, evidence);
        const cut = isNull(reading, fitted.length, level);
        edges.push({ ...reading, from: e, level: distance, cut });
        const [a, b] = [lower[e], upper[e]];
        const wanted = { next: !last || settings.rest === true, density: counts(e, e + distance) };
        if (cut || mixture === undefined || !(wanted.next || wanted.density)) return { a, b };
        return engine.workers.run(CONDITION, { mixture, orientation, a, b, wanted });
      }),
    );
    // Row by row in the order of the edges, whichever thread was first.
    for (const { logDensity } of conditioned) if (logDensity !== undefined) addTo(heldOut, logDensity);
    await call.advance(lower.length);
    const [nextLower, nextUpper] = [conditioned.map(({ a }) => a), conditioned.map(({ b }) => b)];
    if (settings.rest) {
      rest.after[distance] = nextUpper[0].ranks;
      rest.before[size - 1 - distance] = nextLower[nextLower.length - 1].ranks;
    }
    if (last) return { edges, heldOut, ends: [lower[0].ranks, upper[0].ranks], rest };
    [lower, upper] = [nextLower.slice(0, -1), nextUpper.slice(1)];
  }
  return { edges, heldOut, ends: undefined, rest };
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
