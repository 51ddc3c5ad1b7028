/** What the nearest other rows say of a row: of steps and edges too, which smooth functions blur, in few dimensions. */

import { correlation } from "../numerics/moments.js";
import { chosenPlaces } from "../numerics/random.js";
import { allRows } from "../numerics/rows.js";

/** Rows among which the nearest are looked for, at most: a bound on the work. */
const MOST_ROWS = 5000;
/** Columns beyond which no row is near: neither predictions nor what variables are freed of ask for neighbours there. */
export const MOST_COLUMNS = 5;
/** Neighbours that are tried. */
const COUNTS = [4, 10, 24] as const;
const MOST = Math.max(...COUNTS);
/** The farthest of them counts so little less than the nearest that it still counts, and hardly two rows have the same prediction. */
const LESS = 0.9;

/**
 * The nearest other rows of each row, the nearest first, as many of each.
 *
 * @param columns of about the same scale: distances are Euclidean
 */
export function nearestRows(columns: readonly Float64Array[]): Uint32Array {
  const n = columns[0].length;
  const others = n > MOST_ROWS ? chosenPlaces(n, MOST_ROWS) : allRows(n);
  const most = Math.min(MOST, others.length - 1);
  const result = new Uint32Array(n * most);
  const distances = new Float64Array(others.length);
  const near = new Float64Array(most);
  for (let row = 0; row < n; row++) {
    distances.fill(0);
    for (const column of columns) {
      const at = column[row];
      for (let k = 0; k < distances.length; k++) distances[k] += (column[others[k]] - at) ** 2;
    }
    near.fill(Infinity);
    const first = row * most;
    for (let k = 0; k < distances.length; k++) {
      const distance = distances[k];
      if (distance >= near[most - 1] || others[k] === row) continue;
      let place = most - 1;
      for (; place > 0 && near[place - 1] > distance; place--) {
        near[place] = near[place - 1];
        result[first + place] = result[first + place - 1];
      }
      near[place] = distance;
      result[first + place] = others[k];
    }
  }
  return result;
}

/** Means of a column over the nearest other rows of each row, the nearest counting most: over as many as tell most of it. */
export function nearestMeans(target: Float64Array, nearest: Uint32Array): Float64Array {
  const n = target.length;
  const most = nearest.length / n;
  let best = { told: -1, values: new Float64Array(n) };
  for (const count of COUNTS) {
    if (count > most) continue;
    const weights = Float64Array.from({ length: count }, (_, k) => 1 - (LESS * k) / count);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const values = new Float64Array(n);
    for (let row = 0; row < n; row++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += weights[k] * target[nearest[row * most + k]];
      values[row] = sum / total;
    }
    const told = correlation(values, target);
    if (told > best.told) best = { told, values };
  }
  return best.values;
}
