/** The arrays of a batch as inputs of graphs: names and shapes. */
import {
  FEATURE_SIZES,
  type FeatureArrays,
  GRID,
  LOCAL_FEATURES,
  SPECTRUM_FEATURES,
  TOKENS,
} from "infonet/copula";

/** Arrays that the copula transformer trains on, in the order of the step's inputs: features, then labels. */
export const BATCH_INPUTS = ["counts", "local", "spectrum", "n", "fresh", "target", "mi", "central"] as const;

/** Those of them that the network reads; the rest are labels. */
export const FEATURE_INPUTS = [
  "counts",
  "local",
  "spectrum",
  "n",
] as const satisfies readonly (keyof FeatureArrays)[];

export type BatchInput = (typeof BATCH_INPUTS)[number];

/** Points of the law at which a density is trained, and what is known there: see the stream's layout. */
export const DENSITY_INPUTS = ["scores", "ratios", "slopes", "sloped"] as const;

/** What the network with a density reads: the number of levels beside the features, 0 for two numbers. */
export const DENSITY_FEATURES = [...FEATURE_INPUTS, "levels"] as const;

/** Arrays that the stream can give. */
export type StreamArray = BatchInput | "points" | "levels" | (typeof DENSITY_INPUTS)[number];

/** Floats a slot takes in the arrays of a density that is trained at so many points. */
export function densitySizes(points: number): Record<(typeof DENSITY_INPUTS)[number] | "levels", number> {
  const one = points > 0 ? 1 : 0;
  return { scores: 2 * points, ratios: points, slopes: 2 * points, sloped: one, levels: one };
}

/** Shapes of a batch's arrays. */
export function batchShapes(batch: number): Record<BatchInput, number[]> {
  return {
    counts: [batch, GRID, GRID],
    local: [batch, TOKENS, LOCAL_FEATURES],
    spectrum: [batch, SPECTRUM_FEATURES],
    n: [batch],
    fresh: [batch, GRID, GRID],
    target: [batch, GRID, GRID],
    mi: [batch],
    central: [batch],
  };
}

/** Floats a slot takes in each of a batch's arrays. */
export const SLOT_SIZES = {
  ...FEATURE_SIZES,
  fresh: GRID * GRID,
  target: GRID * GRID,
  mi: 1,
  central: 1,
} as const satisfies Record<BatchInput, number>;
