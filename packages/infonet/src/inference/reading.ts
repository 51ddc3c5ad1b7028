/** From the network's quantiles to the numbers that users see. */

import { unitScale } from "../input/units.js";
import { ceilingOf, sizeWarnings } from "../input/warnings.js";
import type { Manifest } from "../network/manifest.js";
import type { MutualInformation, Units, Warning } from "../types.js";
import type { Calibration } from "./calibration.js";
import type { NullDistribution, RankEvidence } from "./null-distribution.js";

/** What is needed to read a row of quantiles. */
export interface Reading {
  manifest: Manifest;
  null: NullDistribution | undefined;
  calibration: Calibration | undefined;
  units: Units;
}

/** What is known of a sample beside the network's answer. */
export interface SampleFacts {
  /** Complete rows, and how many of them the network saw. */
  n: number;
  used: number;
  /** Evidence in the ranks of all of them. */
  ranks?: RankEvidence | undefined;
  warnings: Warning[];
}

/** What one row of quantiles says. */
export type QuantileReading = Pick<MutualInformation, "mi" | "interval" | "pValue" | "n" | "warnings">;

/** One row of quantiles of √MI, read. */
export function readQuantiles(
  quantiles: ArrayLike<number>,
  { n, used, ranks, warnings }: SampleFacts,
  { manifest, null: nullDistribution, calibration, units }: Reading,
): QuantileReading {
  const scale = unitScale(units);
  const information = (root: number): number => Math.max(root, 0) ** 2;
  const median = quantiles[manifest.quantiles.indexOf(0.5)];
  const [low, high] = [quantiles[0], quantiles[manifest.quantiles.length - 1]];
  const ends = calibration?.interval(low, median, high, used) ?? [low, high];
  const nats = information(median);
  return {
    mi: scale * nats,
    interval: [scale * information(ends[0]), scale * information(ends[1])],
    pValue: nullDistribution?.pValue(median, used, ranks),
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
  return [...warnings, ...sizeWarnings(n, used, manifest.range.n), ...ceilingWarning(nats, used, manifest)];
}

function ceilingWarning(nats: number, n: number, { range }: Manifest): Warning[] {
  const ceiling = ceilingOf(n, range.ceiling);
  if (nats < ceiling) return [];
  const message = `the estimate is close to what ${n} samples can tell (about ${(ceiling + 0.5).toFixed(1)} nats); read it as "at least".`;
  return [{ code: "near-ceiling", message }];
}
