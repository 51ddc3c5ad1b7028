/** From the network's quantiles to the numbers that users see. */

import { unitScale } from "../input/units.js";
import { ceilingOf, sizeWarnings } from "../input/warnings.js";
import type { Manifest } from "../network/manifest.js";
import { mean } from "../numerics/moments.js";
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
  /** Complete rows, and how many of them the network saw at once. */
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

/**
 * Part of an interval's width that is owed to the network, squared: blocks of the rows have it in common, and more of them do not help.
 */
const IN_COMMON = 1 / 30;

/**
 * The rows of quantiles of a sample's blocks, read together: the mean of their estimates rests on all rows. Chance shrinks with their number, and
 * so does the interval, as far as it is owed to chance.
 */
export function readBlocks(
  blocks: readonly ArrayLike<number>[],
  facts: SampleFacts,
  reading: Reading,
): QuantileReading {
  if (blocks.length === 1) return readQuantiles(blocks[0], facts, reading);
  const own = { ...facts, n: facts.used, ranks: undefined };
  const readings = blocks.map((quantiles) => readQuantiles(quantiles, own, reading));
  const mi = mean(readings.map((block) => block.mi));
  const shrunk = Math.sqrt(1 / blocks.length + IN_COMMON);
  const [low, high] = [0, 1].map((end) => mean(readings.map(({ interval }) => interval[end])));
  const at = reading.manifest.quantiles.indexOf(0.5);
  const median = mean(blocks.map((quantiles) => quantiles[at]));
  const nats = mi / unitScale(reading.units);
  return {
    mi,
    interval: [Math.max(0, mi - shrunk * (mi - low)), mi + shrunk * (high - mi)],
    pValue: reading.null?.pValue(median, facts.used, facts.ranks),
    n: facts.n,
    warnings: resultWarnings({ ...facts, n: facts.used }, nats, reading.manifest),
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
