/** What the network reads of a sample, from the permutation in canonical orientation. */

import { copulaHistogram, GRID } from "./histogram.js";
import { LOCAL_FEATURES, localInformation, TOKENS } from "./local-information.js";
import { rankIncrementSpectrum, SPECTRUM_FEATURES } from "./spectrum.js";

/** Input arrays of a batch, slot after slot. */
export interface FeatureArrays {
  /** Copula histogram, batch × 64 × 64. */
  counts: Float32Array;
  /** Local information, batch × 64 tokens × LOCAL_FEATURES. */
  local: Float32Array;
  /** Rank-increment spectrum, batch × SPECTRUM_FEATURES. */
  spectrum: Float32Array;
  /** Sample size, batch. */
  n: Float32Array;
  /** Levels that the one of the two variables has which has levels, 0 for two numbers, batch. */
  levels: Float32Array;
}

/** Floats a slot of each input array takes. */
export const FEATURE_SIZES = {
  counts: GRID * GRID,
  local: TOKENS * LOCAL_FEATURES,
  spectrum: SPECTRUM_FEATURES,
  n: 1,
  levels: 1,
} as const;

/** Input arrays for a batch. */
export function featureArrays(batch: number): FeatureArrays {
  return {
    counts: new Float32Array(batch * FEATURE_SIZES.counts),
    local: new Float32Array(batch * FEATURE_SIZES.local),
    spectrum: new Float32Array(batch * FEATURE_SIZES.spectrum),
    n: new Float32Array(batch),
    levels: new Float32Array(batch),
  };
}

/**
 * Writes the features of one sample, given as its permutation in canonical orientation, into a slot.
 *
 * @param levels of the variable that has levels, 0 for two numbers
 */
export function writeFeatures(perm: Uint32Array, out: FeatureArrays, slot: number, levels = 0): void {
  copulaHistogram(perm, out.counts, slot * FEATURE_SIZES.counts);
  localInformation(perm, out.local, slot * FEATURE_SIZES.local);
  rankIncrementSpectrum(perm, out.spectrum, slot * FEATURE_SIZES.spectrum);
  out.n[slot] = perm.length;
  out.levels[slot] = levels;
}
