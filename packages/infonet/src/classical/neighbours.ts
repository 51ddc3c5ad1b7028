/** What the estimators by nearest neighbours share: preparation of the columns, marginal counts, radii. */

import {
  finiteNumber,
  flag,
  invalidOption,
  type OptionsOf,
  type TableOf,
  wholeNumber,
} from "../input/options.js";
import { SEED, STANDARDIZE } from "../input/tables.js";
import { CLASSICAL, type ClassicalOptions } from "../input/variables.js";
import { inDeviations, standardDeviation } from "../numerics/moments.js";
import { seededStream } from "../numerics/random.js";
import { REACH, withinReach } from "../numerics/reach.js";
import { KdTree } from "./k-dtree.js";
import { normalScores } from "./normal-scores.js";
import * as sortedColumn from "./sorted-column.js";

/** Options of the estimators by nearest neighbours. */
export interface NeighbourOptions extends ClassicalOptions {
  /** Neighbours: more of them lower the variance and raise the bias. Default 3. */
  k?: number | undefined;
  /**
   * Replaces every column by its normal scores first (rank → Φ⁻¹), ties sharing a score. The result is then
   * the same for any strictly increasing map of a column. Default false.
   */
  normalScores?: boolean | undefined;
  /**
   * Divides every column by its standard deviation first: one distance measures all of them, so their units
   * should not matter. Default true.
   */
  standardize?: boolean | undefined;
  /**
   * Normal noise added to every column, in standard deviations of the column. The estimators are made for
   * continuous variables, without ties; 1e-10 breaks ties and changes nothing else. Where many values
   * are tied, the result depends on the seed: treat them as categories instead. Default 0, no noise.
   */
  noise?: number | undefined;
  /** Seed of the noise: without noise nothing is drawn. Default 0. */
  seed?: number | undefined;
}

/** The options that they share. */
export const NEIGHBOURS = {
  ...CLASSICAL,
  k: wholeNumber(1, 3),
  normalScores: flag(false),
  standardize: STANDARDIZE,
  noise: finiteNumber((value) => value >= 0, "a number from 0", 0),
  seed: SEED,
} satisfies TableOf<NeighbourOptions>;

/** Deviations that normal noise of doubles never reaches. */
const FARTHEST_NOISE = 40;

/**
 * The columns in the form in which distances are measured: scores, scale, noise, in this order.
 *
 * @throws InfoNetError "invalid-option" for noise that leaves the range of doubles
 */
export function prepared(
  columns: readonly Float64Array[],
  { normalScores: scores, standardize, noise, seed }: Omit<OptionsOf<typeof NEIGHBOURS>, "units" | "k">,
): Float64Array[] {
  const scored = scores ? columns.map(normalScores) : columns;
  const scaled = standardize ? scored.map(inDeviations) : withinReach(scored, REACH.sums).columns;
  if (noise === 0) return scaled;
  const { normal } = seededStream(seed);
  return scaled.map((column) => {
    const size = noise * (standardize ? 1 : standardDeviation(column, 0));
    if (!(size * FARTHEST_NOISE < Infinity)) throw invalidOption("noise", noise, "less of it");
    return column.map((value) => value + size * normal());
  });
}

/** Number of other rows within its radius of every row, for one or several columns. */
export function countsWithin(columns: readonly Float64Array[], radii: Float64Array): Uint32Array {
  return columns.length === 1
    ? sortedColumn.countsWithin(columns[0], radii)
    : new KdTree(columns).countsWithin(radii);
}

/**
 * Replaces every radius by the largest double below it, so that "no further than" comes to mean "nearer
 * than". A radius of 0, where neighbours coincide, stays: the points that coincide are counted.
 */
export function shrink(radii: Float64Array): Float64Array {
  const words = new Uint32Array(radii.buffer, radii.byteOffset, 2 * radii.length);
  for (let i = 0; i < radii.length; i++) {
    if (radii[i] === 0) continue;
    // Neighbouring doubles of one sign are neighbouring integers; the low word comes first.
    if (words[2 * i]-- === 0) words[2 * i + 1]--;
  }
  return radii;
}
