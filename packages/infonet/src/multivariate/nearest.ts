/** What the nearest other rows say of a row: predictions that need no family of functions, in few dimensions. */

import { correlation } from "../numerics/moments.js";

/** Neighbours that are tried. */
const COUNTS = [4, 10, 24] as const;
const MOST = Math.max(...COUNTS);

/** Rows nearest to each row, nearest first, {@link MOST} of each. Euclidean; O(n²). */
export function nearestRows(columns: readonly Float64Array[]): Uint32Array {
  const n = columns[0].length;
  const most = Math.min(MOST, n - 1);
  const result = new Uint32Array(n * most);
  const distances = new Float64Array(n);
  const near = new Float64Array(most);
  for (let row = 0; row < n; row++) {
    distances.fill(0);
    for (const column of columns) {
      const at = column[row];
      for (let other = 0; other < n; other++) distances[other] += (column[other] - at) ** 2;
    }
    distances[row] = Infinity;
    near.fill(Infinity);
    const first = row * most;
    for (let other = 0; other < n; other++) {
      const distance = distances[other];
      if (distance >= near[most - 1]) continue;
      let place = most - 1;
      for (; place > 0 && near[place - 1] > distance; place--) {
        near[place] = near[place - 1];
        result[first + place] = result[first + place - 1];
      }
      near[place] = distance;
      result[first + place] = other;
    }
  }
  return result;
}

/** Means of a column over the nearest other rows of each row: over as many as tell most of it. */
export function nearestMeans(target: Float64Array, nearest: Uint32Array): Float64Array {
  const n = target.length;
  const most = nearest.length / n;
  let best = { explained: -1, values: target };
  for (const count of COUNTS) {
    if (count > most) continue;
    const values = new Float64Array(n);
    for (let row = 0; row < n; row++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += target[nearest[row * most + k]];
      values[row] = sum / count;
    }
    const explained = correlation(values, target);
    if (explained > best.explained) best = { explained, values };
  }
  return best.values;
}
