/** What the network reads of a sample, smooth in its soft ranks, and the way back. */

import type { RankGradient, SoftSample } from "../../copula/soft-sample.js";
import { FEATURE_SIZES, type FeatureArrays } from "../features.js";
import { smoothHistogram } from "./histogram.js";
import { smoothLocalInformation } from "./local-information.js";
import { smoothSpectrum } from "./spectrum.js";

/** Features that the estimate is differentiated by. */
export type SmoothFeature = "counts" | "local" | "spectrum";

/**
 * Writes the features of a sample into a slot, as `writeFeatures` does, but once differentiable in the ranks and
 * nearly the same.
 *
 * @returns vector–Jacobian product: from the derivatives by the features in the same slot of arrays like `out` to those
 *   by the soft ranks
 */
export function writeSmoothFeatures(
  sample: SoftSample,
  out: FeatureArrays,
  slot: number,
): (cotangent: Pick<FeatureArrays, SmoothFeature>) => RankGradient {
  const n = sample.u.length;
  const pullbacks = {
    counts: smoothHistogram(sample, out.counts, slot * FEATURE_SIZES.counts),
    local: smoothLocalInformation(sample, out.local, slot * FEATURE_SIZES.local),
    spectrum: smoothSpectrum(sample, out.spectrum, slot * FEATURE_SIZES.spectrum),
  };
  out.n[slot] = n;
  return (cotangent) => {
    const gradient = { u: new Float64Array(n), v: new Float64Array(n) };
    for (const name of ["counts", "local", "spectrum"] as const) {
      pullbacks[name](cotangent[name], slot * FEATURE_SIZES[name], gradient);
    }
    return gradient;
  };
}
