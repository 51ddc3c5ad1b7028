/** Range counts of a single column, where a sorted copy and binary search beat any tree. */

import { order } from "../numerics/order.js";

/**
 * Number of other rows whose value differs from a row's by no more than its radius.
 *
 * The searches compare differences of values with the radius. A value plus the radius would be rounded, and
 * the neighbour that defines the radius could fall on the wrong side.
 *
 * @param radii length n
 * @returns length n. O(n log n), less for small counts: both searches start from the row's own place.
 */
export function countsWithin(column: Float64Array, radii: Float64Array): Uint32Array {
  const rows = order(column);
  const n = rows.length;
  const sorted = new Float64Array(n);
  for (let place = 0; place < n; place++) sorted[place] = column[rows[place]];
  const result = new Uint32Array(n);
  for (let place = 0; place < n; place++) {
    const row = rows[place];
    const value = sorted[place];
    const radius = radii[row];
    let step = 1;
    while (place + step < n && sorted[place + step] - value <= radius) step *= 2;
    let inside = place + (step >>> 1);
    let outside = Math.min(place + step, n);
    while (outside - inside > 1) {
      const middle = (inside + outside) >>> 1;
      if (sorted[middle] - value <= radius) inside = middle;
      else outside = middle;
    }
    const last = inside;
    step = 1;
    while (place - step >= 0 && value - sorted[place - step] <= radius) step *= 2;
    inside = place - (step >>> 1);
    outside = Math.max(place - step, -1);
    while (inside - outside > 1) {
      const middle = (inside + outside) >> 1;
      if (value - sorted[middle] <= radius) inside = middle;
      else outside = middle;
    }
    result[row] = last - inside;
  }
  return result;
}
