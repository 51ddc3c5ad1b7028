/** The mutual information that a vine says two sets of coordinates have, and its value on held-out rows. */

import type { PairModel } from "../engine/model.js";
import type { LongCall } from "../long-call.js";
import { allRows, rowsOfFold } from "../numerics/rows.js";
import type { Basis } from "../prediction/basis.js";
import type { PairEngine } from "./pair-engine.js";
import { type Changing, type Edge, fitVine } from "./vine.js";

/** Pairs whose p-value is above this count as independent. */
const NULL_LEVEL = 0.02;

/** One cross pair of a vine: coordinate i of X with coordinate j of Y, counted from the inside. */
export interface CrossPair extends Edge {
  x: number;
  y: number;
}

/** What a vine says of two sets of coordinates, in nats. */
export interface VineInformation {
  mi: number;
  low: number;
  high: number;
  cross: CrossPair[];
  /** What pairs inside the null would have added by chance, already taken off. */
  chance: number;
}

/** The path of a basis: X from the outside in, then Y from the inside out. */
function pathOf({ x, y }: Basis): Float64Array[] {
  return [...x.map(({ values }) => values).reverse(), ...y.map(({ values }) => values)];
}

/** Whether a pair of positions on that path is one of X and one of Y. */
function crossing({ x }: Basis): (from: number, to: number) => boolean {
  return (from, to) => from < x.length && to >= x.length;
}

/** Coordinates up to which pairs are few enough to look at each of them closely. */
const FEW = 3;

function changingOf({ x, y }: Basis, seed: number | undefined): Changing | undefined {
  return seed === undefined ? undefined : { seed, closely: () => x.length + y.length <= FEW };
}

/**
 * Fits the vine to all rows and adds up its cross pairs.
 *
 * @param seed of the folds that tell where a pair copula changes; without one it is taken not to
 */
export async function vineInformation(
  basis: Basis,
  engine: PairEngine,
  call: LongCall,
  seed?: number,
): Promise<VineInformation> {
  const dx = basis.x.length;
  const n = basis.x[0].values.length;
  const counts = crossing(basis);
  const settings = { engine, call, level: NULL_LEVEL, counts, changing: changingOf(basis, seed) };
  const { edges } = await fitVine(pathOf(basis), allRows(n), new Uint32Array(0), settings);
  const cross = edges
    .filter(({ from, level }) => counts(from, from + level))
    .map((edge) => ({ ...edge, x: dx - 1 - edge.from, y: edge.from + edge.level - dx }));
  return { ...addedUp(cross, n, engine.model, basis), cross };
}

/**
 * Sum of the contributions with its interval. The errors of the pairs are taken for independent: the squared
 * distances of their ends from their medians add up. What is lost where copulas change goes one way, so that itself
 * adds up. The share that independent pairs beyond the cut would have added by chance is taken off; how many of them
 * there are is read off the p-values (Storey 2002). A pair that is known to depend keeps its share.
 */
function addedUp(
  cross: readonly CrossPair[],
  n: number,
  model: PairModel,
  { optimism, sure }: Basis,
): Omit<VineInformation, "cross"> {
  let [sum, known, below, above, missing] = [0, 0, 0, 0, 0];
  for (const { mi, low, high, cut, x, y, lost } of cross) {
    missing += lost;
    if (cut) {
      // It may hold as much as would have been passed over.
      above += high ** 2;
      continue;
    }
    sum += mi;
    if (sure && x === 0 && y === 0) known = mi;
    below += (mi - low) ** 2;
    above += (high - mi) ** 2;
  }
  const independent = Math.min(cross.length, 2 * cross.filter(({ pValue }) => (pValue ?? 0) > 0.5).length);
  const chance = Math.min(sum - known, independent * chanceOf(n, NULL_LEVEL, model));
  const mi = Math.max(0, sum - chance - optimism / 2);
  // Both corrections are known to about their own size.
  const corrections = chance ** 2 + (optimism / 2) ** 2;
  return {
    mi,
    low: Math.max(0, mi - Math.sqrt(below + corrections)),
    high: mi + Math.sqrt(above + corrections) + missing,
    chance,
  };
}

const STEPS = 8;

/** E[estimate · 1(p-value ≤ level)] of an independent pair of n rows, from the null distribution. */
function chanceOf(n: number, level: number, model: PairModel): number {
  const at = (root: number) => model.readPair(new Float32Array(model.levels).fill(root), n);
  if (at(0.1).pValue === undefined) return 0;
  let sum = 0;
  for (let k = 0; k < STEPS; k++) {
    const tail = (level * (k + 0.5)) / STEPS;
    let [low, high] = [0, 3];
    for (let step = 0; step < 30; step++) {
      const middle = (low + high) / 2;
      if ((at(middle).pValue as number) > tail) low = middle;
      else high = middle;
    }
    sum += high * high;
  }
  return (level * sum) / STEPS;
}

/**
 * Log density ratio of the vine at the rows of one fold, in their order, fitted to all the others. Its mean is a lower
 * bound of the mutual information in expectation, whatever the data: the ratio integrates to one over the product
 * of the two marginals.
 *
 * @param fold number of the fold of each row
 */
export async function heldOutRatios(
  basis: Basis,
  fold: Uint8Array,
  scored: number,
  engine: PairEngine,
  call: LongCall,
  seed: number,
): Promise<Float64Array> {
  const settings = {
    engine,
    call,
    level: NULL_LEVEL,
    counts: crossing(basis),
    changing: changingOf(basis, seed),
  };
  const [fitted, held] = [false, true].map((inside) => rowsOfFold(fold, scored, inside));
  const { heldOut } = await fitVine(pathOf(basis), fitted, held, settings);
  return heldOut;
}
