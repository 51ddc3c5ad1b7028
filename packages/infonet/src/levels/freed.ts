/** Numbers freed of levels: by their places within each of them, or by their means and spreads there. */

import { rowsOfLevels } from "../counts/index.js";
import type { Codes } from "../input/variables.js";
import { mean } from "../numerics/moments.js";
import { normalQuantile } from "../numerics/normal.js";
import { order } from "../numerics/order.js";
import { pick } from "../numerics/rows.js";
import { trigamma } from "../numerics/trigamma.js";

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

/** The rows, ascending, of levels that have two or more: what is left of a row about a mean of its own is nothing. */
export function rowsInCompany(levels: Codes): Uint32Array {
  return Uint32Array.from(rowsOfLevels(levels).flatMap((own) => (own.length > 1 ? [...own] : []))).sort();
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

/** What is smaller, of the largest value, is owed to rounding. */
const ROUNDING = 1e-12;

/**
 * A number less its mean in its level, in units of the spread that it has there. Spreads of few rows are drawn to what the levels have in
 * common, all the way where they differ no more than chance would have it: a spread that is estimated is an error that other numbers of
 * the same rows share.
 */
export function standardizedWithin(values: Float64Array, levels: Codes): Float64Array {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  // Squares of numbers at the edges of the doubles are none, and what rounding leaves of equal numbers is nothing.
  const result = centredWithin(
    values.map((value) => value / largest),
    levels,
  ).map((value) => (Math.abs(value) < ROUNDING ? 0 : value));
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
  // That of the logarithm of a standard deviation of m normal rows, times what the fourth moment makes of it where rows are many.
  const varianceOf = (m: number): number => (trigamma((m - 1) / 2) / 4) * Math.max(0.5, (fourth - 1) / 2);
  const chance =
    (1 - 1 / groups.length) *
    groups.reduce((sum, { rows }) => sum + rows.length * varianceOf(rows.length), 0);
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
