/**
 * A pair as it is computed: one plan or, where rows belong together, one a draw of one row a cluster; and what the readings of several
 * plans say together.
 */

import { selectRows } from "../copula/index.js";
import { InfoNetError } from "../errors.js";
import { isSerial, serialLikeness } from "../evidence/index.js";
import { FEWEST_SAMPLES } from "../input/warnings.js";
import type { NetworkSample } from "../network/network.js";
import { mean } from "../numerics/moments.js";
import type { MutualInformation, Warning } from "../types.js";
import { clusterDraws } from "./cluster-draws.js";
import { type PairInTime, pairInTime, readInTime } from "./in-time.js";
import { type NetworkPart, networkParts, networkSamples, type PairPlan, planRows } from "./plan.js";
import { type CompletePair, completePair, type NamedPrepared, selectPair, writtenOut } from "./prepared.js";
import { CHANCE, type PairReader, type PairReading, readPair } from "./reading.js";
import type { RowRoles } from "./row-roles.js";
import { mayBeCounted, type Side } from "./sides.js";

/** The plans of a pair. */
export interface PlannedPair {
  /** At least one. */
  plans: PairPlan[];
  /** Draws that have no plan, because a column is constant in them. */
  constant: number;
  /** Its columns in time, where rows follow each other. */
  time?: PairInTime;
  /** All rows, where the plans are of draws. */
  drawn?: CompletePair;
  /** What is to be said of the rows as a whole. */
  warnings: Warning[];
}

/** The estimate of a pair, and the readings that it rests on. */
export interface PlannedReading {
  result: MutualInformation;
  readings: PairReading[];
}

/**
 * Plans a pair.
 *
 * @param most rows that the network takes
 * @throws InfoNetError "unequal-lengths", "too-few-samples", "constant", "too-many-levels", "invalid-option"
 */
export function planned(x: NamedPrepared, y: NamedPrepared, most: number, roles: RowRoles): PlannedPair {
  const given = completePair(x, y, roles);
  const { clusters, counts, series } = roles;
  if (series) {
    return {
      plans: [planRows([x, y], given, most)],
      constant: 0,
      time: pairInTime([x, y], given, roles),
      warnings: [],
    };
  }
  if (clusters === undefined) {
    const counted = mayBeCounted({ ...x, coded: given.x }, { ...y, coded: given.y }, given.n);
    const pair = counted ? given : writtenOut(given, [x.name, y.name]);
    const plan = planRows([x, y], pair, most);
    return { plans: [plan], constant: 0, warnings: counts === undefined ? serialWarning([x, y], plan) : [] };
  }
  const pair = writtenOut(given, [x.name, y.name]);
  const own = pair.rows === undefined ? clusters : selectRows(clusters, pair.rows);
  requireClusters([x.name, y.name], own.distinct);
  const draws = clusterDraws({ ...x, coded: pair.x }, { ...y, coded: pair.y }, own);
  const plans: PairPlan[] = [];
  for (const rows of draws) {
    const draw = selectPair({ ...pair, warnings: [] }, rows);
    if (draw.x.distinct > 1 && draw.y.distinct > 1) plans.push(planRows([x, y], draw, most));
  }
  if (plans.length === 0) {
    throw new InfoNetError(
      "constant",
      `${x.name} or ${y.name} is constant in every choice of one row from each of ${own.distinct} clusters; a constant shares no information with anything. Leave it out.`,
    );
  }
  return { plans, constant: draws.length - plans.length, drawn: pair, warnings: pair.warnings };
}

/** What the network is asked about a pair, of one plan after another. */
export function samplesToAsk({ plans }: PlannedPair): NetworkSample[] {
  return plans.flatMap(networkSamples);
}

/** The parts of a pair whose densities are read, each with the number of its first block among {@link samplesToAsk}. */
export function densitiesToAsk({ plans }: PlannedPair): Map<NetworkPart, number> {
  let at = 0;
  return new Map(
    plans.flatMap(networkParts).map((part) => {
      const first = at;
      at += 1 + part.sample.more.length;
      return [part, first];
    }),
  );
}

/**
 * The estimate of a pair. That of several draws is their mean; so are the ends of its interval, which is then rather too wide: a mean is
 * surer than one draw. Their p-values are combined.
 *
 * @param quantiles of √MI of {@link samplesToAsk}
 */
export function readPlanned(
  { plans, constant, time, warnings }: PlannedPair,
  quantiles: readonly ArrayLike<number>[],
  reader: PairReader,
): PlannedReading {
  let at = 0;
  const readings = plans.map((plan) => {
    const own = quantiles.slice(at, at + networkSamples(plan).length);
    at += own.length;
    return readPair(plan, own, reader);
  });
  const results = readings.map(({ result }) => result);
  const [first] = results;
  if (time !== undefined) return { result: readInTime(first, time), readings };
  if (results.length + constant === 1) {
    return { result: { ...first, warnings: [...first.warnings, ...warnings] }, readings };
  }
  const draws = results.length + constant;
  const sum = (value: (result: MutualInformation) => number): number =>
    results.reduce((total, result) => total + value(result), 0);
  const mi = sum((result) => result.mi) / draws;
  const pValue = pValueOf(results, constant);
  const low = pValue !== undefined && pValue > CHANCE ? 0 : sum(({ interval }) => interval[0]) / draws;
  const entropies = [0, 1].map((side) => meanOf(results.map((result) => result.entropies[side])));
  const smaller = Math.min(...entropies.map((entropy) => entropy ?? Infinity));
  const result: MutualInformation = {
    ...first,
    mi,
    interval: [low, sum(({ interval }) => interval[1]) / draws],
    pValue,
    entropies: entropies as MutualInformation["entropies"],
    normalized: smaller === Infinity ? undefined : smaller > 0 ? Math.min(1, mi / smaller) : 0,
    warnings: [...firstOfEach(results.flatMap((result) => result.warnings)), ...warnings],
  };
  return { result, readings };
}

/**
 * One p-value of all draws: their power mean of exponent −½ (Vovk & Wang 2020), which lies between the geometric and the harmonic
 * mean. Where draws agree it is theirs. Means nearer to the harmonic one, as Cauchy's combination is, say too much of few clusters. The
 * p-value of a draw in which a column is constant is 1.
 */
function pValueOf(results: readonly MutualInformation[], constant: number): number | undefined {
  const values = results.map(({ pValue }) => pValue);
  if (values.includes(undefined)) return undefined;
  const all = [...(values as number[]), ...new Array<number>(constant).fill(1)].sort((a, b) => a - b);
  const [smallest] = all;
  if (smallest === 0) return all.every((value) => value === 0) ? 0 : Number.MIN_VALUE;
  // By the smallest: roots of the others over its own are at most 1.
  return smallest / mean(all.map((value) => Math.sqrt(smallest / value))) ** 2;
}

function meanOf(values: readonly (number | undefined)[]): number | undefined {
  return values.includes(undefined) ? undefined : mean(values as number[]);
}

/** The first warning of every code. */
function firstOfEach(warnings: readonly Warning[]): Warning[] {
  return [...new Map([...warnings].reverse().map((warning) => [warning.code, warning])).values()].reverse();
}

function requireClusters(names: readonly [string, string], clusters: number): void {
  if (clusters >= FEWEST_SAMPLES) return;
  throw new InfoNetError(
    "too-few-samples",
    `${names.join(" and ")} have complete rows in ${clusters} cluster${clusters === 1 ? "" : "s"}; at least ${FEWEST_SAMPLES} are needed. Collect more of them.`,
  );
}

/** Both columns depend on the rows before. */
function serialWarning([a, b]: readonly [NamedPrepared, NamedPrepared], { sides, n }: PairPlan): Warning[] {
  if (!a.serial() || !b.serial()) return [];
  // Where rows were left out, the others may be far enough apart.
  const isOwn = ({ kind }: NamedPrepared, { column }: Side) =>
    isSerial(serialLikeness(column, kind === "number"));
  if (n < a.coded.places.length && !(isOwn(a, sides[0]) && isOwn(b, sides[1]))) return [];
  const message = `rows that follow each other depend on each other, in ${a.name} and in ${b.name}, as in a series; p-value and interval are those of independent rows and claim too much. Say that the rows are a series (rows: "series", --series); where rows belong together, name their cluster.`;
  return [{ code: "serial-dependence", message }];
}
