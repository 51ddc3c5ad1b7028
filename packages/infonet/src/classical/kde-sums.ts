/** Sums of Gaussian kernels over all pairs of rows: what a density is at every row, before it is normalised. */

import type { Pair } from "../input/variables.js";

/** Kernel sums at every row, in units of a kernel at its centre, with or without the row's own kernel. */
export interface KernelSums {
  x: Float64Array;
  y: Float64Array;
  xy: Float64Array;
}

/** Kernel sums from all pairs of rows, columns in units of their bandwidths. O(n²). */
export function exactSums({ x, y, n }: Pair, leaveOneOut: boolean): KernelSums {
  const own = leaveOneOut ? 0 : 1;
  const [sumX, sumY, sumXY] = [0, 1, 2].map(() => new Float64Array(n).fill(own));
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const a = Math.exp(-squaredDistance(x, i, j) / 2);
      const b = Math.exp(-squaredDistance(y, i, j) / 2);
      sumX[i] += a;
      sumX[j] += a;
      sumY[i] += b;
      sumY[j] += b;
      sumXY[i] += a * b;
      sumXY[j] += a * b;
    }
  }
  return { x: sumX, y: sumY, xy: sumXY };
}

/** Squared Euclidean distance of two rows. */
export function squaredDistance(columns: readonly Float64Array[], i: number, j: number): number {
  let sum = 0;
  for (let d = 0; d < columns.length; d++) {
    const gap = columns[d][i] - columns[d][j];
    sum += gap * gap;
  }
  return sum;
}
