/** From the network's quantiles to the numbers that users see. */

import type { Manifest } from "../network/manifest.js";
import type { MutualInformation, Units, Warning } from "../types.js";
import type { Calibration } from "./calibration.js";
import type { NullDistribution } from "./null-distribution.js";

/** What is needed to read a row of quantiles. */
export interface Reading {
  manifest: Manifest;
  null: NullDistribution | undefined;
  calibration: Calibration | undefined;
  units: Units;
}

/** Factor from nats to the unit. */
export function unitScale(units: Units): number {
  return units === "bits" ? 1 / Math.LN2 : 1;
}

/** Below this many pairs the interval is wide whatever the dependence. */
const FEW_SAMPLES = 100;

/** What is known of a sample beside the network's answer. */
export interface SampleFacts {
  /** Complete rows, and how many of them the network saw. */
  n: number;
  used: number;
  /** Smooth statistic of their ranks. */
  smooth?: number;
  warnings: Warning[];
}

/** One row of quantiles of √MI, read. */
export function readQuantiles(
  quantiles: ArrayLike<number>,
  { n, used, smooth, warnings }: SampleFacts,
  { manifest, null: nullDistribution, calibration, units }: Reading,
): MutualInformation {
  const scale = unitScale(units);
  const information = (root: number): number => Math.max(root, 0) ** 2;
  const median = quantiles[manifest.quantiles.indexOf(0.5)];
  const [low, high] = [quantiles[0], quantiles[manifest.quantiles.length - 1]];
  const ends = calibration?.interval(low, median, high, used) ?? [low, high];
  const nats = information(median);
  return {
    mi: scale * nats,
    interval: [scale * information(ends[0]), scale * information(ends[1])],
    pValue: nullDistribution?.pValue(median, used, smooth),
    n,
    warnings: resultWarnings({ n, used, warnings }, nats, manifest),
  };
}

/** Warnings of the data, and those of the result. */
export function resultWarnings(
  { n, used, warnings }: SampleFacts,
  nats: number,
  manifest: Manifest,
): Warning[] {
  return [...warnings, ...sizeWarnings(n, used, manifest), ...ceilingWarning(nats, used, manifest)];
}

function sizeWarnings(n: number, used: number, { range }: Manifest): Warning[] {
  const [least, most] = range.n;
  if (used < n) {
    const message = `n is ${n}; the estimate rests on ${used} rows chosen at random, as many as the model takes.`;
    return [{ code: "thinned", message }];
  }
  if (n < least || n > most) {
    const message = `n is ${n}; the model was trained with ${least} to ${most} samples and is less sure beyond.`;
    return [{ code: "extrapolated", message }];
  }
  if (n < FEW_SAMPLES) {
    return [
      {
        code: "few-samples",
        message: `n is ${n}; below ${FEW_SAMPLES} the interval is wide. Collect more rows.`,
      },
    ];
  }
  return [];
}

/**
 * n ranks cannot tell more than about ln n − 1 nats: two variables in perfect agreement have neighbouring
 * ranks, and what happens between neighbours is not in the data.
 */
function ceilingWarning(nats: number, n: number, { range }: Manifest): Warning[] {
  const ceiling = Math.min(Math.log(n) - 1.5, range.ceiling - 0.5);
  if (nats < ceiling) return [];
  const message = `the estimate is close to what ${n} samples can tell (about ${(ceiling + 0.5).toFixed(1)} nats); read it as "at least".`;
  return [{ code: "near-ceiling", message }];
}
