/** A prediction by the nearest rows: of steps and edges, which smooth functions blur. */

import { centred, correlation } from "../numerics/moments.js";
import { chosenPlaces } from "../numerics/random.js";
import { allRows } from "../numerics/rows.js";
import type { Prediction } from "./prediction.js";

/** Rows among which the nearest are looked for, at most: a bound on the work. */
const MOST_ROWS = 2000;
/** Columns beyond which no row is near. */
const MOST_COLUMNS = 5;
/** Nearest rows, by the square root of all. */
const SHARE = 0.4;
const FEWEST = 6;

/**
 * Means of a target over the nearest other rows.
 *
 * @param columns of about the same scale
 * @returns undefined where there are too many columns for any row to be near, or where they tell nothing
 */
export function nearestPrediction(
  target: Float64Array,
  columns: readonly Float64Array[],
): Prediction | undefined {
  const n = target.length;
  if (columns.length > MOST_COLUMNS) return undefined;
  const others = n > MOST_ROWS ? chosenPlaces(n, MOST_ROWS) : allRows(n);
  const count = Math.max(FEWEST, Math.round(SHARE * Math.sqrt(others.length)));
  const values = new Float64Array(n);
  const near = new Float64Array(count);
  const rows = new Uint32Array(count);
  for (let row = 0; row < n; row++) {
    near.fill(Number.POSITIVE_INFINITY);
    for (const other of others) {
      if (other === row) continue;
      let distance = 0;
      for (const column of columns) distance += (column[row] - column[other]) ** 2;
      if (distance >= near[count - 1]) continue;
      // Into its place among the nearest so far.
      let at = count - 1;
      for (; at > 0 && near[at - 1] > distance; at--) {
        near[at] = near[at - 1];
        rows[at] = rows[at - 1];
      }
      near[at] = distance;
      rows[at] = other;
    }
    // The farther, the less: so that hardly two rows have the same prediction.
    let total = 0;
    for (let k = 0; k < count; k++) {
      const weight = 1.1 - near[k] / Math.max(near[count - 1], Number.MIN_VALUE);
      total += weight;
      values[row] += weight * target[rows[k]];
    }
    values[row] /= total;
  }
  const r = correlation(values, target);
  const explained = r > 0 ? r * r : 0;
  return explained > 9 / n ? { values: centred(values), explained } : undefined;
}
