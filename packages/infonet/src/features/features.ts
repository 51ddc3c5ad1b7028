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
 * @param perms one permutation, or several of the same sample, with ties in different orders: features are their means
 * @param levels of the variable that has levels, 0 for two numbers
 */
export function writeFeatures(
  perms: Uint32Array | readonly Uint32Array[],
  out: FeatureArrays,
  slot: number,
  levels = 0,
): void {
  const [perm, ...others] = perms instanceof Uint32Array ? [perms] : perms;
  writeOne(perm, out, slot);
  if (others.length > 0) {
    const one = featureArrays(1);
    const sums = READ.map((name) => Float64Array.from(out[name].subarray(...part(name, slot))));
    for (const other of others) {
      writeOne(other, one, 0);
      READ.forEach((name, k) => {
        const values = one[name];
        for (let at = 0; at < values.length; at++) sums[k][at] += values[at];
      });
    }
    READ.forEach((name, k) => {
      out[name].set(
        sums[k].map((sum) => sum / (1 + others.length)),
        slot * FEATURE_SIZES[name],
      );
    });
  }
  out.n[slot] = perm.length;
  out.levels[slot] = levels;
}

/** The arrays that are read of permutations. */
const READ = ["counts", "local", "spectrum"] as const;

function part(name: (typeof READ)[number], slot: number): [from: number, to: number] {
  return [slot * FEATURE_SIZES[name], (slot + 1) * FEATURE_SIZES[name]];
}

function writeOne(perm: Uint32Array, out: FeatureArrays, slot: number): void {
  copulaHistogram(perm, out.counts, slot * FEATURE_SIZES.counts);
  localInformation(perm, out.local, slot * FEATURE_SIZES.local);
  rankIncrementSpectrum(perm, out.spectrum, slot * FEATURE_SIZES.spectrum);
}
