/**
 * What numbers share with levels or with each other, within the levels of others. A number is freed of levels exactly: within
 * each of them its ranks, from 0 to 1, are the same whatever the level is.
 */

import { type CodedColumn, codeColumn, type Orientation, orientPoint, selectRows } from "../copula/index.js";
import { combined, estimateStrata, rowsOfLevels } from "../counts/index.js";
import type { PairReading } from "../engine/model.js";
import { groupPValue } from "../evidence/index.js";
import { logCombined } from "../inference/combination.js";
import { logAmong } from "../inference/permutation-tail.js";
import type { Codes } from "../input/variables.js";
import { logGammaTail } from "../numerics/gamma.js";
import { mean } from "../numerics/moments.js";
import { normalQuantile } from "../numerics/normal.js";
import { order } from "../numerics/order.js";
import { fixedStream, shuffled } from "../numerics/random.js";
import { pick } from "../numerics/rows.js";
import type { Part } from "./part.js";
import { readSamples, sampleOf, type Work } from "./read-samples.js";
import { logLevelsWithin } from "./within-tests.js";

/** Places of a number among those of its level, in (0, 1): the mean of those that tied rows share. */
export function freedOfLevels(values: Float64Array, levels: Codes): Float64Array {
  const freed = new Float64Array(values.length);
  for (const rows of rowsOfLevels(levels)) {
    const own = pick(values, rows);
    const sorted = order(own);
    for (let from = 0, to = 0; from < sorted.length; from = to) {
      while (to < sorted.length && own[sorted[to]] === own[sorted[from]]) to++;
      for (let k = from; k < to; k++) freed[rows[sorted[k]]] = (from + to) / (2 * sorted.length);
    }
  }
  return freed;
}

/** A number less its mean in its level. */
export function centredWithin(values: Float64Array, levels: Codes): Float64Array {
  const result = new Float64Array(values.length);
  for (const rows of rowsOfLevels(levels)) {
    const own = pick(values, rows);
    const middle = mean(own);
    for (const row of rows) result[row] = values[row] - middle;
  }
  return result;
}

/**
 * A number less its mean in its level, in units of the spread that it has there. Spreads of few rows are drawn to what the levels have in
 * common, all the way where they differ no more than chance would have it: a spread that is estimated is an error that other numbers of
 * the same rows share.
 */
export function standardizedWithin(values: Float64Array, levels: Codes): Float64Array {
  const result = centredWithin(values, levels);
  const groups = rowsOfLevels(levels).flatMap((rows) => {
    const square = mean(pick(result, rows).map((value) => value * value));
    return square > 0 ? [{ rows, log: Math.log(square) / 2 }] : [];
  });
  const n = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const middle = groups.reduce((sum, { rows, log }) => sum + rows.length * log, 0) / n;
  let fourth = 0;
  for (const { rows, log } of groups)
    for (const row of rows) fourth += (result[row] / Math.exp(log)) ** 4 / n;
  const seen = groups.reduce((sum, { rows, log }) => sum + rows.length * (log - middle) ** 2, 0);
  // The variance of the logarithm of a standard deviation of m rows is (κ − 1) / 4m.
  const chance = (Math.max(0, groups.length - 1) * Math.max(1, fourth - 1)) / 4;
  const kept = seen > 0 ? Math.max(0, 1 - chance / seen) : 0;
  for (const { rows, log } of groups) {
    const spread = Math.exp(middle + kept * (log - middle));
    for (const row of rows) result[row] /= spread;
  }
  return result;
}

/** Normal scores of numbers, the same for those that are tied. */
export function tiedScores(values: Float64Array): Float64Array {
  const one: Codes = { codes: new Uint32Array(values.length), distinct: 1 };
  return freedOfLevels(values, one).map(normalQuantile);
}

/** Levels that the network was trained with at most, and rows that each of them has at least, on average. */
const MOST_LEVELS = 256;
const ROWS_A_LEVEL = 3;
/** Rows that a level has in a stratum, on average, from which the strata are looked at one by one too. */
const ROWS_BY_STRATUM = 12;
/** Stretches that a number is cut into where levels are too many. */
const STRETCHES = 5;

/**
 * I(A; V | C) of levels A and a number V within the strata C: V freed of C shares with A and C together what it shares with A
 * given C, since it shares nothing with C. That is a little too small where strata are many, and the sum over the strata,
 * each by itself, a little too large: the mean is taken.
 */
export async function levelsBesideNumber(
  work: Work,
  levels: Codes,
  values: Float64Array,
  strata: Codes,
): Promise<Part> {
  const part = await estimateBeside(work, levels, values, strata);
  return { ...part, logP: logBeside(levels, values, strata) };
}

/**
 * ln of the p-value of levels beside a number within strata.
 *
 * @param beyond whether it goes beyond that of all permutations of numbers with many ties, see {@link groupPValue}
 */
export function logBeside(levels: Codes, values: Float64Array, strata: Codes, beyond = false): number {
  if (strata.distinct > 1) return logLevelsWithin(levels, freedOfLevels(values, strata), strata);
  return Math.log(groupPValue(columnOf(levels), codeColumn(values), beyond));
}

/** Codes as a column. */
function columnOf({ codes, distinct }: Codes): CodedColumn {
  return { places: codes, distinct, missing: 0 };
}

/** The estimate of {@link levelsBesideNumber}. */
export async function estimateBeside(
  work: Work,
  levels: Codes,
  values: Float64Array,
  strata: Codes,
): Promise<Part> {
  const n = values.length;
  const number = codeColumn(strata.distinct > 1 ? freedOfLevels(values, strata) : values);
  const both = strata.distinct > 1 ? combined([levels, strata]) : levels;
  if (both.distinct > MOST_LEVELS || both.distinct * ROWS_A_LEVEL > n) {
    return byStretches(work, levels, number, strata);
  }
  const apart =
    strata.distinct > 1 && both.distinct * ROWS_BY_STRATUM <= n
      ? rowsOfLevels(strata).map((rows) => ({
          share: rows.length / n,
          levels: selectRows(columnOf(levels), rows),
          number: selectRows(codeColumn(values), rows),
        }))
      : [];
  const samples = apart.map(({ levels: own, number: other }) =>
    own.distinct > 1 && other.distinct > 1 && other.places.length >= FEWEST
      ? sampleOf(work, own, other, true)
      : undefined,
  );
  const [together, ...each] = await readSamples(work, [
    sampleOf(work, columnOf(both), number, true),
    ...samples,
  ]);
  if (apart.length === 0) return together;
  return between(
    together,
    weighted(
      each,
      apart.map(({ share }) => share),
    ),
  );
}

const FEWEST = 8;

/** Where levels are too many for the network: the number is cut into stretches, which are counted. */
function byStretches(work: Work, levels: Codes, number: CodedColumn, strata: Codes): Part {
  const n = number.places.length;
  const places = order(Float64Array.from(number.places));
  const cut = new Uint32Array(n);
  let [last, stretch] = [-1, 0];
  places.forEach((row, k) => {
    if (number.places[row] !== last) stretch = Math.floor((k * STRETCHES) / n);
    last = number.places[row];
    cut[row] = stretch;
  });
  const message = `there are ${levels.distinct} levels beside a number in ${n} rows; the number is cut into ${STRETCHES} stretches, so read the estimate as "at least". Join levels to fewer for more.`;
  work.warnings.push({ code: "many-levels", message });
  const { mi, interval } = estimateStrata(
    levels,
    { codes: cut, distinct: STRETCHES },
    strata,
    work.engine.model.counts,
  );
  return { mi, low: interval[0], high: interval[1] };
}

/**
 * I(V; W | C) of two numbers within the levels C: of their ranks within each level, all together where their dependence is the same in
 * all of them, as far as can be told, and level by level where it is not.
 */
export async function numbersWithinLevels(
  work: Work,
  v: Float64Array,
  w: Float64Array,
  levels: Codes,
): Promise<Part> {
  const n = v.length;
  const [fv, fw] = [v, w].map((values) => freedOfLevels(values, levels));
  const differing = logHomogeneity(fv, fw, levels);
  const sample = sampleOf(work, codeColumn(fv), codeColumn(fw), false);
  // Which of them is permuted, and from which end, is a matter of the sample.
  const [a, b] = oriented(sample.orientation, fv, fw);
  const orders = n <= PERMUTED_ROWS ? ordersWithin(a, b, levels) : [];
  const [pooled, ...permuted] = await readSamples(work, [
    sample,
    ...orders.map((own) => sampleOf(work, codeColumn(own), codeColumn(b), false)),
  ]);
  const evidence = ({ pValue = 1 }: PairReading, unlike: number): number =>
    -logCombined([Math.log(Math.max(pValue, Number.MIN_VALUE)), unlike], [1, 1]);
  const seen = evidence(pooled, differing);
  const chance = permuted.map((reading, k) => evidence(reading, logHomogeneity(orders[k], b, levels)));
  const logP =
    pooled.pValue === undefined ? undefined : chance.length > 0 ? logAmong(seen, chance) : Math.min(0, -seen);
  if (differing > Math.log(ALIKE)) return { ...pooled, logP };
  const rows = rowsOfLevels(levels);
  const samples = rows.map((own) => {
    const [a, b] = [v, w].map((values) => codeColumn(pick(values, own)));
    return own.length >= FEWEST && a.distinct > 1 && b.distinct > 1 ? sampleOf(work, a, b, false) : undefined;
  });
  const each = await readSamples(work, samples);
  return {
    ...weighted(
      each,
      rows.map(({ length }) => length / n),
    ),
    logP,
  };
}

/** Up to so many rows the evidence is looked up among permutations within the levels: small levels vary more than a table knows. */
const PERMUTED_ROWS = 3000;
const PERMUTATIONS = 199;
const STREAM = 0x9b05688c;

function oriented(orientation: Orientation, v: Float64Array, w: Float64Array): [Float64Array, Float64Array] {
  const [a, b] = [new Float64Array(v.length), new Float64Array(v.length)];
  for (let row = 0; row < v.length; row++) [a[row], b[row]] = orientPoint(orientation, v[row], w[row]);
  return [a, b];
}

/** Orders of a number within levels, which hang neither on the order of the rows nor on what levels are called. */
function ordersWithin(v: Float64Array, w: Float64Array, levels: Codes): Float64Array[] {
  const rows = rowsOfLevels(levels).map((own) => own.sort((i, j) => v[i] - v[j] || w[i] - w[j]));
  const differing = (a: Uint32Array, b: Uint32Array): number => {
    const at = a.findIndex((row, k) => w[row] !== w[b[k]]);
    return at < 0 ? 0 : w[a[at]] - w[b[at]];
  };
  rows.sort((a, b) => a.length - b.length || differing(a, b));
  const random = fixedStream(STREAM);
  return Array.from({ length: PERMUTATIONS }, () => {
    const result = new Float64Array(v.length);
    for (const own of rows) {
      shuffled(own.length, random).forEach((from, to) => {
        result[own[to]] = v[own[from]];
      });
    }
    return result;
  });
}

/** Probability of such differences of dependence between levels, if there are none, from which levels are taken one by one. */
const ALIKE = 0.05;

/** Functions of a place in (0, 1): a trend, spread, and a wave more. */
const WAVES = [1, 2, 3].map((j) => (place: number) => Math.SQRT2 * Math.cos(j * Math.PI * place));
/** Pairs of them whose mean products are compared. */
const PRODUCTS: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 1],
  [0, 1],
  [1, 0],
  [0, 2],
  [2, 0],
];
/** Below so many rows a level says nothing of its variance. */
const ROWS_TO_COMPARE = 5;

/**
 * ln of the p-value of the hypothesis that two numbers, freed of levels, depend on each other alike in all levels: analyses of variance of
 * products of waves, the smallest of which counts for all.
 */
export function logHomogeneity(v: Float64Array, w: Float64Array, levels: Codes): number {
  const rows = rowsOfLevels(levels).filter(({ length }) => length >= ROWS_TO_COMPARE);
  if (rows.length < 2) return 0;
  const logs = PRODUCTS.map(([i, j]) => {
    const groups = rows.map((own) => {
      const values = Float64Array.from(own, (row) => WAVES[i](v[row]) * WAVES[j](w[row]));
      const mean = values.reduce((sum, value) => sum + value, 0) / own.length;
      const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return { mean, size: own.length, square };
    });
    const total = groups.reduce((sum, { size }) => sum + size, 0);
    // One variance for all levels, smoothed ones where they are small would make the largest count for most.
    const variance = groups.reduce((sum, { square }) => sum + square, 0) / (total - groups.length);
    const mean = groups.reduce((sum, group) => sum + group.size * group.mean, 0) / total;
    const between = groups.reduce((sum, group) => sum + group.size * (group.mean - mean) ** 2, 0);
    return variance > 0 ? logGammaTail((groups.length - 1) / 2, between / variance / 2) : 0;
  });
  return Math.min(0, Math.log(PRODUCTS.length) + Math.min(...logs));
}

/** The mean of readings with weights; their errors are independent. */
export function weighted(readings: readonly PairReading[], shares: readonly number[]): Part {
  const sum = (value: (reading: PairReading, share: number) => number): number =>
    readings.reduce((total, reading, k) => total + value(reading, shares[k]), 0);
  const mi = sum((reading, share) => share * reading.mi);
  const below = Math.sqrt(sum((reading, share) => (share * (reading.mi - reading.low)) ** 2));
  const above = Math.sqrt(sum((reading, share) => (share * (reading.high - reading.mi)) ** 2));
  return { mi, low: Math.max(0, mi - below), high: mi + above };
}

/** The mean of two estimates of the same, whose errors are about the same; what they differ by is an error too. */
export function between(one: Part, other: Part): Part {
  const mi = (one.mi + other.mi) / 2;
  const apart = (one.mi - other.mi) / 2;
  const half = (end: (part: Part) => number): number => Math.hypot((end(one) + end(other)) / 2, apart);
  const [below, above] = [half((part) => part.mi - part.low), half((part) => part.high - part.mi)];
  return { mi, low: Math.max(0, mi - below), high: mi + above };
}
