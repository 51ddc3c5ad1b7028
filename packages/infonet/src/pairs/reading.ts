/** From the parts of a pair to its numbers. */

import {
  type CountsHead,
  type CountTable,
  chaoWangJost,
  estimateCounts,
  independencePValue,
} from "../counts/index.js";
import { combinedPValue } from "../evidence/index.js";
import { type Reading, readQuantiles } from "../inference/reading.js";
import { unitScale } from "../input/units.js";
import { sizeWarnings } from "../input/warnings.js";
import type { MutualInformation, Units, Warning } from "../types.js";
import { type NetworkPart, networkParts, type PairPlan } from "./plan.js";
import type { Side } from "./sides.js";

/** What is needed to read the parts of a pair. */
export interface PairReader {
  /** How quantiles are read, in nats. */
  reading: Reading;
  /** Corrects tables of counts. */
  counts: CountsHead | undefined;
  units: Units;
}

/** What a part says. */
interface PartReading {
  share: number;
  mi: number;
  low: number;
  high: number;
  pValue: number | undefined;
  warnings: Warning[];
}

/** From here on the interval says that there may be nothing. */
const CHANCE = 0.05;

/**
 * The estimate of a pair: the sum of its parts, whose errors are independent of each other. It is not above the smaller entropy of
 * columns whose values come again; where its p-value is above 0.05, its interval reaches 0.
 *
 * @param quantiles of √MI of every network part, in their order
 */
export function readPair(
  plan: PairPlan,
  quantiles: readonly ArrayLike<number>[],
  { reading, counts, units }: PairReader,
): MutualInformation {
  const parts = [
    ...networkParts(plan).map((part, k) => readNetworkPart(part, quantiles[k], reading)),
    ...(plan.counts === undefined ? [] : [readTable(plan.counts, counts)]),
  ];
  const known = plan.sides.map(entropyOf);
  const entropies = plan.kinds.map((kind, k) => (kind === "levels" ? known[k] : undefined));
  const smaller = Math.min(...entropies.map((entropy) => entropy ?? Infinity));
  const most = Math.min(...known.map((entropy) => entropy ?? Infinity));
  const within = (value: number): number => Math.min(most, Math.max(0, value));
  const total = sum(parts, ({ mi }) => mi);
  const below = Math.hypot(...parts.map(({ share, mi, low }) => share * (mi - low)));
  const above = Math.hypot(...parts.map(({ share, mi, high }) => share * (high - mi)));
  const pValue = pValueOf(parts);
  const low = pValue !== undefined && pValue > CHANCE ? 0 : within(total - below);
  const scale = unitScale(units);
  const mi = within(total);
  return {
    mi: scale * mi,
    interval: [scale * low, scale * within(total + above)],
    pValue,
    n: plan.n,
    kinds: plan.kinds,
    entropies: entropies.map((entropy) => entropy && scale * entropy) as [number, number],
    normalized: smaller === Infinity ? undefined : smaller > 0 ? mi / smaller : 0,
    warnings: [...plan.warnings, ...partWarnings(parts, plan.n)],
  };
}

function sum(parts: readonly PartReading[], value: (part: PartReading) => number): number {
  return parts.reduce((total, part) => total + part.share * value(part), 0);
}

function readNetworkPart(
  { share, sample, waves, pValue }: NetworkPart,
  quantiles: ArrayLike<number>,
  reading: Reading,
): PartReading {
  const { n, used } = sample;
  const result = readQuantiles(quantiles, { n, used, waves, warnings: [] }, reading);
  const [low, high] = result.interval;
  return {
    share,
    mi: result.mi,
    low,
    high,
    pValue: pValue ?? result.pValue,
    warnings: result.warnings,
  };
}

function readTable(table: CountTable, head: CountsHead | undefined): PartReading {
  const { mi, interval } = estimateCounts(table, head);
  return {
    share: 1,
    mi,
    low: interval[0],
    high: interval[1],
    pValue: independencePValue(table),
    warnings: [],
  };
}

/** One p-value of all parts, each of which is a test of its own. */
function pValueOf(parts: readonly PartReading[]): number | undefined {
  const known = parts.flatMap(({ pValue }) => (pValue === undefined ? [] : [pValue]));
  if (known.length < parts.length) return undefined;
  if (known.length === 1) return known[0];
  return combinedPValue(
    known.map((p) => Math.log(p)),
    known.map(() => 1),
  );
}

/** Rows a value, on average, from which the values of a column are what there is to tell of it, also where they are numbers. */
const ROWS_A_VALUE = 2;

/** The entropy of a side whose values come again and again, nats; others have none. */
function entropyOf({ kind, column: { places, distinct } }: Side): number | undefined {
  if (kind !== "levels" && places.length < ROWS_A_VALUE * distinct) return undefined;
  const counts = new Uint32Array(distinct);
  for (const place of places) counts[place]++;
  return Math.min(Math.log(distinct), chaoWangJost(counts));
}

/** What the largest part of the network says of its size and strength; a table has words for few rows only. */
function partWarnings(parts: readonly PartReading[], n: number): Warning[] {
  const [largest] = [...parts].sort((a, b) => b.share - a.share);
  return largest.warnings.length > 0 ? largest.warnings : sizeWarnings(n, n, [1, Infinity]);
}
