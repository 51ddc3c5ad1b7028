/** From the parts of a pair to its numbers. */

import {
  type CountsHead,
  type CountTable,
  chaoWangJost,
  estimateCounts,
  independencePValue,
} from "../counts/index.js";
import { combinedPValue } from "../inference/combination.js";
import { type Reading, readBlocks } from "../inference/reading.js";
import { unitScale } from "../input/units.js";
import { sizeWarnings } from "../input/warnings.js";
import type { MutualInformation, Units, Warning } from "../types.js";
import { type NetworkPart, networkParts, type PairPlan } from "./plan.js";
import { type Side, valueCounts } from "./sides.js";

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
export const CHANCE = 0.05;

/** The estimate of a pair, and the plan that it rests on. */
export interface PairReading {
  result: MutualInformation;
  plan: PairPlan;
}

/**
 * The estimate of a pair. Where its values are counted too, the table is what it rests on if it tells more: then the columns are related in a way that their order does not show. Where the p-value is above 0.05, the interval reaches 0.
 *
 * @param quantiles of √MI of every block of the network's parts, in their order
 */
export function readPair(
  plan: PairPlan,
  quantiles: readonly ArrayLike<number>[],
  reader: PairReader,
): PairReading {
  const first = assess(plan, quantiles, reader);
  const table = plan.counted && assess(plan.counted, [], reader);
  const chosen = table !== undefined && tellsMore(table, first) ? table : first;
  const pValue = pValueOf(table === undefined ? [first] : [first, table]);
  const { mi, low, high, entropies, smaller } = chosen;
  const scale = unitScale(reader.units);
  const [x, y] = entropies.map((entropy) => entropy && scale * entropy);
  const result = {
    mi: scale * mi,
    interval: [scale * (pValue !== undefined && pValue > CHANCE ? 0 : low), scale * high] as [number, number],
    pValue,
    n: plan.n,
    kinds: chosen.plan.kinds,
    entropies: [x, y] as MutualInformation["entropies"],
    normalized: smaller === Infinity ? undefined : smaller > 0 ? mi / smaller : 0,
    warnings: [...chosen.plan.warnings, ...partWarnings(chosen.parts, plan.n)],
  };
  return { result, plan: chosen.plan };
}

/** Whether the first lies above the second by more than either is unsure of. */
function tellsMore(table: Assessment, order: Assessment): boolean {
  return table.mi >= order.high && table.low > order.mi;
}

/** What the parts of a plan say together, nats. */
interface Assessment {
  plan: PairPlan;
  parts: PartReading[];
  mi: number;
  low: number;
  high: number;
  pValue: number | undefined;
  entropies: (number | undefined)[];
  smaller: number;
}

/**
 * The sum of the parts, whose errors are independent of each other. It is not above the smaller entropy of columns whose values come
 * again.
 */
function assess(
  plan: PairPlan,
  quantiles: readonly ArrayLike<number>[],
  { reading, counts }: PairReader,
): Assessment {
  let at = 0;
  const parts = [
    ...networkParts(plan).map((part) => {
      const blocks = quantiles.slice(at, at + 1 + part.sample.more.length);
      at += blocks.length;
      return readNetworkPart(part, blocks, reading);
    }),
    ...(plan.counts === undefined ? [] : [readTable(plan.counts, counts)]),
  ];
  const known = plan.sides.map(entropyOf);
  const entropies = plan.kinds.map((kind, k) => (kind === "levels" ? known[k] : undefined));
  const smallest = (list: readonly (number | undefined)[]): number =>
    Math.min(...list.map((entropy) => entropy ?? Infinity));
  const most = smallest(known);
  const within = (value: number): number => Math.min(most, Math.max(0, value));
  const total = sum(parts, ({ mi }) => mi);
  const below = Math.hypot(...parts.map(({ share, mi, low }) => share * (mi - low)));
  const above = Math.hypot(...parts.map(({ share, mi, high }) => share * (high - mi)));
  return {
    ...{ plan, parts, entropies, smaller: smallest(entropies) },
    ...{ mi: within(total), low: within(total - below), high: within(total + above) },
    pValue: pValueOf(parts),
  };
}

function sum(parts: readonly PartReading[], value: (part: PartReading) => number): number {
  return parts.reduce((total, part) => total + part.share * value(part), 0);
}

function readNetworkPart(
  { share, sample, ranks, pValue }: NetworkPart,
  blocks: readonly ArrayLike<number>[],
  reading: Reading,
): PartReading {
  const { n, perm, summaries, allRows } = sample;
  const facts = { n, used: perm.length, ranks, summaries, allRows, warnings: [] };
  const result = readBlocks(blocks, facts, reading);
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

/** One p-value of several tests. */
function pValueOf(parts: readonly { pValue: number | undefined }[]): number | undefined {
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
function entropyOf(side: Side): number | undefined {
  const { places, distinct } = side.column;
  if (side.kind !== "levels" && places.length < ROWS_A_VALUE * distinct) return undefined;
  const counts = valueCounts(side);
  return Math.min(Math.log(distinct), chaoWangJost(counts));
}

/** What the largest part of the network says of its size and strength; a table has words for few rows only. */
function partWarnings(parts: readonly PartReading[], n: number): Warning[] {
  const [largest] = [...parts].sort((a, b) => b.share - a.share);
  return largest.warnings.length > 0 ? largest.warnings : sizeWarnings(n, n, [1, Infinity]);
}
