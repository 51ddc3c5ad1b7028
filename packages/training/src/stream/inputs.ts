/** The arrays of a batch as inputs of graphs: names and shapes. */
import {
  FEATURE_SIZES,
  type FeatureArrays,
  GRID,
  LOCAL_FEATURES,
  NORMAL_NUMBERS,
  SPECTRUM_FEATURES,
  TOKENS,
} from "infonet/copula";

/** What the released network reads, in the order of its inputs. */
export const FEATURE_INPUTS = [
  "counts",
  "local",
  "spectrum",
  "n",
  "levels",
] as const satisfies readonly (keyof FeatureArrays)[];

/** Arrays that every batch has: the features, then the truth and what the median is trained on. */
export const BATCH_INPUTS = [...FEATURE_INPUTS, "mi", "central"] as const;

export type BatchInput = (typeof BATCH_INPUTS)[number];

/** Points of the law at which a density is trained, and what is known there: see the stream's layout. */
export const DENSITY_INPUTS = ["scores", "ratios", "slopes", "sloped"] as const;

/** Arrays that the stream can give. */
export type StreamArray = BatchInput | "normal" | "fresh" | "points" | (typeof DENSITY_INPUTS)[number];

/** Shapes of the arrays that every batch has, and of two that some have. */
export function batchShapes(batch: number): Record<BatchInput | "normal" | "fresh", number[]> {
  return {
    counts: [batch, GRID, GRID],
    local: [batch, TOKENS, LOCAL_FEATURES],
    spectrum: [batch, SPECTRUM_FEATURES],
    n: [batch],
    levels: [batch],
    mi: [batch],
    central: [batch],
    normal: [batch, NORMAL_NUMBERS],
    fresh: [batch, GRID, GRID],
  };
}

/** Which arrays a stream has beside those of every batch. */
export interface OptionalArrays {
  /** Whether the histogram of fresh points of the law is written. Changes nothing else in an example. Default false. */
  fresh?: boolean;
  /**
   * Points of the sample to write out, for networks that read those; at most nMin. Changes nothing else in an
   * example. Default 0.
   */
  points?: number;
  /**
   * Fresh points of the law at which a density is trained; with them comes the normal copula of the sample. Changes nothing
   * else in an example. Default 0.
   */
  densityPoints?: number;
}

/** Floats a slot takes in each array, in the order in which they lie in memory; 0 for those that are not asked for. */
export function slotSizes({
  fresh = false,
  points = 0,
  densityPoints = 0,
}: OptionalArrays = {}): Record<StreamArray, number> {
  const { counts, local, spectrum, n, levels } = FEATURE_SIZES;
  return {
    ...{ counts, local, spectrum, n, levels },
    mi: 1,
    central: 1,
    normal: densityPoints > 0 ? NORMAL_NUMBERS : 0,
    fresh: fresh ? GRID * GRID : 0,
    points: 2 * points,
    scores: 2 * densityPoints,
    ratios: densityPoints,
    slopes: 2 * densityPoints,
    sloped: densityPoints > 0 ? 1 : 0,
  };
}
