/** From the network's quantiles to the numbers that users see. */

import type { LevelSummary, RowsSummary } from "../features/index.js";
import { unitScale } from "../input/units.js";
import { ceilingWarning, sizeWarnings } from "../input/warnings.js";
import type { Manifest } from "../network/manifest.js";
import { mean } from "../numerics/moments.js";
import type { MutualInformation, Units, Warning } from "../types.js";
import type { Calibration } from "./calibration.js";
import type { LevelHead } from "./level-head.js";
import type { RootQuantiles } from "./network-head.js";
import type { NullDistribution, RankEvidence } from "./null-distribution.js";
import type { RowsHead } from "./rows-head.js";

/** What is needed to read a row of quantiles. */
export interface Reading {
  manifest: Manifest;
  null: NullDistribution | undefined;
  calibration: Calibration | undefined;
  /** Corrects what is said of levels beside a number. */
  levels: LevelHead | undefined;
  /** Reads more rows than the network takes at once. */
  rows: RowsHead | undefined;
  units: Units;
}

/** What is known of a sample beside the network's answer. */
export interface SampleFacts {
  /** Complete rows, and how many of them the network saw at once. */
  n: number;
  used: number;
  /** Evidence in the ranks of all of them. */
  ranks?: RankEvidence | undefined;
  /** Of levels beside a number: what every block of its rows shows without the network. */
  summaries?: readonly LevelSummary[] | undefined;
  /** Of two numbers in several blocks: what all rows show without the network. */
  allRows?: RowsSummary | undefined;
  warnings: Warning[];
}

/** What one row of quantiles says. */
export type QuantileReading = Pick<MutualInformation, "mi" | "interval" | "pValue" | "n" | "warnings">;

/** One row of quantiles of √MI, read. */
export function readQuantiles(
  quantiles: ArrayLike<number>,
  { n, used, ranks, summaries, warnings }: SampleFacts,
  reading: Reading,
): QuantileReading {
  const { manifest, null: nullDistribution, units } = reading;
  const scale = unitScale(units);
  const median = manifest.quantiles.indexOf(0.5);
  const [low, nats, high] = endsOf({ quantiles, median }, { used, summary: summaries?.[0] }, reading).map(
    (end) => Math.max(0, end),
  );
  return {
    mi: scale * nats,
    interval: [scale * low, scale * high],
    pValue: nullDistribution?.pValue(quantiles[median], used, ranks),
    n,
    warnings: resultWarnings({ n, used, warnings }, nats, reading),
  };
}

/** Low end, estimate and high end, nats. */
function endsOf(
  roots: RootQuantiles,
  { used, summary }: { used: number; summary: LevelSummary | undefined },
  { calibration, levels }: Reading,
): number[] {
  if (summary !== undefined && levels !== undefined) return levels.read(roots, summary);
  const { quantiles, median } = roots;
  const [low, middle, high] = [quantiles[0], quantiles[median], quantiles[quantiles.length - 1]];
  const ends = calibration?.interval(low, middle, high, used) ?? [low, high];
  return [ends[0], middle, ends[1]].map((root) => Math.max(0, root) ** 2);
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
  const scale = unitScale(reading.units);
  const at = reading.manifest.quantiles.indexOf(0.5);
  const median = mean(blocks.map((quantiles) => quantiles[at]));
  const [low, mi, high] = endsOfBlocks(blocks, facts, reading).map((end) => Math.max(0, end));
  return {
    mi: scale * mi,
    interval: [scale * low, scale * high],
    pValue: reading.null?.pValue(median, facts.used, facts.ranks),
    n: facts.n,
    warnings: resultWarnings({ ...facts, n: facts.used }, mi, reading),
  };
}

/** Low end, estimate and high end of several blocks, nats. */
function endsOfBlocks(
  blocks: readonly ArrayLike<number>[],
  { used, summaries, allRows }: SampleFacts,
  reading: Reading,
): number[] {
  const median = reading.manifest.quantiles.indexOf(0.5);
  const roots = blocks.map((quantiles) => ({ quantiles, median }));
  if (allRows !== undefined && reading.rows !== undefined) return reading.rows.read(roots, allRows);
  const ends = roots.map((block, k) =>
    endsOf(block, { used, summary: summaries?.[k] }, reading).map((end) => Math.max(0, end)),
  );
  const [low, mi, high] = [0, 1, 2].map((end) => mean(ends.map((block) => block[end])));
  const shrunk = Math.sqrt(1 / blocks.length + IN_COMMON);
  return [mi - shrunk * (mi - low), mi, mi + shrunk * (high - mi)];
}

/** Warnings of the data, and those of the result. */
export function resultWarnings(
  { n, used, warnings }: SampleFacts,
  nats: number,
  { manifest, units }: Pick<Reading, "manifest" | "units">,
): Warning[] {
  return [
    ...warnings,
    ...sizeWarnings(n, used, manifest.range.n),
    ...ceilingWarning(nats, used, manifest.range.ceiling, units),
  ];
}
