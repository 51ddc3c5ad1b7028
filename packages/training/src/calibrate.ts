/** Fits the calibration of the interval to fresh draws from the prior: see the library's Calibration. */

/** What the network said of one draw, and the truth; all √MI, n apart. */
export interface CalibrationDraw {
  n: number;
  low: number;
  median: number;
  high: number;
  truth: number;
}

/** Sample sizes and medians of √MI at which the factors are fitted. */
export const CALIBRATION_N: readonly number[] = [
  8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 20_000,
];
export const CALIBRATION_MEDIANS: readonly number[] = [0, 0.08, 0.16, 0.3, 0.5, 0.75, 1.1, 1.5, 2, 2.6];

/** Draws around a knot that its factors are quantiles of. */
const NEIGHBOURS = 600;
/** Share that each end of the interval leaves out. */
const TAIL = 0.05;

/** Factors of the distances of both ends from the median, at every knot. */
export function fitCalibration(draws: readonly CalibrationDraw[]): { low: number[][]; high: number[][] } {
  const low: number[][] = [];
  const high: number[][] = [];
  for (const n of CALIBRATION_N) {
    low.push([]);
    high.push([]);
    for (const [k, median] of CALIBRATION_MEDIANS.entries()) {
      const before = CALIBRATION_MEDIANS[k - 1] ?? -0.04;
      const after = CALIBRATION_MEDIANS[k + 1] ?? 3.2;
      // Distances in steps of the grid: a factor of two in n counts as much as a knot of the median.
      const near = nearest(draws, NEIGHBOURS, (draw) => {
        const step = draw.median < median ? median - before : after - median;
        return Math.abs(Math.log2(draw.n / n)) + Math.abs(draw.median - median) / step;
      });
      low[low.length - 1].push(factor(near.map((d) => [d.median - d.truth, d.median - d.low])));
      high[high.length - 1].push(factor(near.map((d) => [d.truth - d.median, d.high - d.median])));
    }
  }
  return { low, high };
}

function nearest(
  draws: readonly CalibrationDraw[],
  count: number,
  distance: (draw: CalibrationDraw) => number,
): CalibrationDraw[] {
  const distances = Float64Array.from(draws, distance);
  const limit = Float64Array.from(distances).sort()[Math.min(count, draws.length) - 1];
  return draws.filter((_, k) => distances[k] <= limit);
}

/**
 * The factor that the distance of an end must be multiplied with so that all but {@link TAIL} of the misses
 * lie inside.
 */
function factor(pairs: ReadonlyArray<readonly [miss: number, distance: number]>): number {
  const ratios = Float64Array.from(pairs, ([miss, distance]) => miss / Math.max(distance, 1e-6)).sort();
  const rank = Math.min(ratios.length - 1, Math.ceil((1 - TAIL) * (ratios.length + 1)) - 1);
  return Number(Math.max(0, ratios[rank]).toPrecision(4));
}
