/**
 * What numbers share with levels, within the levels of others. A number is freed of levels exactly: within each of them its
 * ranks, from 0 to 1, are the same whatever the level is.
 */

import { type CodedColumn, codeColumn, selectRows } from "../copula/index.js";
import { combined, estimateStrata, rowsOfLevels } from "../counts/index.js";
import type { PairReading } from "../engine/model.js";
import { groupPValue } from "../evidence/index.js";
import type { Codes } from "../input/variables.js";
import { mean } from "../numerics/moments.js";
import { normalQuantile } from "../numerics/normal.js";
import { order } from "../numerics/order.js";
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

/** Places of a number among all rows, in (0, 1). */
export function freedOfNothing(values: Float64Array): Float64Array {
  return freedOfLevels(values, { codes: new Uint32Array(values.length), distinct: 1 });
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
  return freedOfNothing(values).map(normalQuantile);
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

/** Rows that are asked about, at least. */
export const FEWEST = 8;

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
