/**
 * What levels share with a number, within the levels of others. A number is freed of levels exactly: within each of them its ranks, from 0 to
 * 1, are the same whatever the level is.
 */

import { type CodedColumn, codeColumn, selectRows } from "../copula/index.js";
import { combined, estimateStrata, rowsOfLevels } from "../counts/index.js";
import { groupPValue } from "../evidence/index.js";
import type { Codes } from "../input/variables.js";
import { order } from "../numerics/order.js";
import { freedOfLevels } from "./freed.js";
import { type Part, weighted } from "./part.js";
import { columnOf, FEWEST, readSamples, sampleOf, type Work } from "./read-samples.js";
import { withinSmallStrata } from "./small-strata.js";
import { logLevelsWithin } from "./within-tests.js";

/** Levels that the network was trained with at most, and rows that each of them has at least, on average. */
const MOST_LEVELS = 256;
const ROWS_A_LEVEL = 3;
/** Rows of a stratum, on average, from which it tells something by itself. */
const ROWS_A_STRATUM = 100;
/** Rows that a level has in a stratum, on average, from which the strata are looked at one by one. */
const ROWS_BY_STRATUM = 12;
/** Stretches that a number is cut into where levels are too many. */
const STRETCHES = 5;

/**
 * I(A; V | C) of levels A and a number V within the strata C: of each stratum by itself where it has rows enough, of what levels add in all of
 * them where it has few. In between V freed of C shares with A and C together what it shares with A given C, since it shares nothing with C.
 */
export async function levelsBesideNumber(
  work: Work,
  levels: Codes,
  values: Float64Array,
  strata: Codes,
): Promise<Part> {
  const logP = logBeside(levels, values, strata);
  const n = values.length;
  if (strata.distinct > 1 && n < ROWS_A_STRATUM * strata.distinct && levels.distinct <= MOST_LEVELS) {
    const { part, alike } = await withinSmallStrata(work, levels, values, strata);
    if (part !== undefined && (alike || !areFilled(combined([levels, strata]), n))) return { ...part, logP };
  }
  return { ...(await estimateBeside(work, levels, values, strata)), logP };
}

/** Whether levels within strata have rows enough for each stratum to be looked at by itself. */
const areFilled = (both: Codes, n: number): boolean => both.distinct * ROWS_BY_STRATUM <= n;

/**
 * ln of the p-value of levels beside a number within strata.
 *
 * @param beyond whether it goes beyond that of all permutations of numbers with many ties, see {@link groupPValue}
 */
export function logBeside(levels: Codes, values: Float64Array, strata: Codes, beyond = false): number {
  if (strata.distinct > 1) return logLevelsWithin(levels, freedOfLevels(values, strata), strata);
  return Math.log(groupPValue(columnOf(levels), codeColumn(values), beyond));
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
  if (strata.distinct === 1 || !areFilled(both, n)) {
    const [reading] = await readSamples(work, [sampleOf(work, columnOf(both), number, true)]);
    return reading;
  }
  const parts = rowsOfLevels(strata);
  const columns = [columnOf(levels), codeColumn(values)];
  const samples = parts.map((rows) => {
    const [own, other] = columns.map((column) => selectRows(column, rows));
    return own.distinct > 1 && other.distinct > 1 && rows.length >= FEWEST
      ? sampleOf(work, own, other, true)
      : undefined;
  });
  return weighted(
    await readSamples(work, samples),
    parts.map(({ length }) => length / n),
  );
}

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
