/** What graphs read of features. */

import { type FeatureArrays, GRID, LOCAL_FEATURES, SPECTRUM_FEATURES, TOKENS } from "../features/index.js";

/** What graphs of values read, and the shapes of a slot. */
export const SHAPES: Record<keyof FeatureArrays, readonly number[]> = {
  counts: [GRID, GRID],
  local: [TOKENS, LOCAL_FEATURES],
  spectrum: [SPECTRUM_FEATURES],
  n: [],
  levels: [],
};
export const FEATURES = Object.keys(SHAPES) as (keyof FeatureArrays)[];
/** Those that graphs of densities read as well. */
export const TOWER_FEATURES = ["counts", "local", "spectrum", "n"] as const;

/** Copies what lies in some slots to the first slots of another array; returns that. */
export function take(
  from: Float32Array,
  size: number,
  slots: readonly number[],
  into: Float32Array,
): Float32Array {
  for (const [k, slot] of slots.entries()) into.set(from.subarray(slot * size, (slot + 1) * size), k * size);
  return into;
}
