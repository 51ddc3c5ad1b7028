import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { gridSums } from "./kde-grid.js";

const STEP = 1 / 8;

/** The kernel of the grid: narrower by what spreading and reading add, cut off at six bandwidths. */
function kernel(points: number): number {
  const variance = 1 - STEP ** 2 / 3;
  return points > 6 / STEP ? 0 : Math.exp(-((points * STEP) ** 2) / (2 * variance)) / Math.sqrt(variance);
}

/** What one row adds at another along an axis, between grid points read and spread linearly. */
function share(a: number, b: number, low: number): number {
  const [p, q] = [(a - low) / STEP, (b - low) / STEP];
  let sum = 0;
  for (const [i, w] of [
    [Math.floor(p), 1 - (p - Math.floor(p))],
    [Math.floor(p) + 1, p - Math.floor(p)],
  ]) {
    for (const [j, v] of [
      [Math.floor(q), 1 - (q - Math.floor(q))],
      [Math.floor(q) + 1, q - Math.floor(q)],
    ]) {
      sum += w * v * kernel(Math.abs(i - j));
    }
  }
  return sum;
}

test.each([false, true])("sums are those of all pairs of rows, their own left out: %s", (leaveOneOut) => {
  for (const n of [2, 5, 40]) {
    const { normal, uniform } = draws(n);
    const x = Float64Array.from({ length: n }, () => 3 + 2 * normal());
    // Wider than the kernel reaches, and on grid points.
    const y = Float64Array.from({ length: n }, () => Math.floor(160 * uniform()) / 8 - 9);
    const [lowX, lowY] = [Math.min(...x), Math.min(...y)];
    const sums = gridSums(x, y, leaveOneOut);
    for (let row = 0; row < n; row++) {
      let [sumX, sumY, sumXY] = [0, 0, 0];
      for (let other = 0; other < n; other++) {
        if (leaveOneOut && other === row) continue;
        const [a, b] = [share(x[row], x[other], lowX), share(y[row], y[other], lowY)];
        sumX += a;
        sumY += b;
        sumXY += a * b;
      }
      expect(sums.x[row]).toBeCloseTo(sumX, 9);
      expect(sums.y[row]).toBeCloseTo(sumY, 9);
      expect(sums.xy[row]).toBeCloseTo(sumXY, 9);
    }
  }
});

test("rows too far apart for half a bandwidth between grid points are refused, with their spans", () => {
  const far = (span: number) => Float64Array.of(7, 7 + span);
  // 4 · 2²⁰ grid points of half a bandwidth: an area of 2²⁰.
  expect(() => gridSums(far(2 ** 13), far(2 ** 7 + 1), false)).toThrow(
    /^method is "grid" and the rows span 8192 × 129 bandwidths;/,
  );
  expect(() => gridSums(far(2 ** 21), far(0), false)).not.toThrow();
  expect(() => gridSums(far(2 ** 21), far(1), false)).toThrow(/span 2097152 × 1 bandwidths/);
});
