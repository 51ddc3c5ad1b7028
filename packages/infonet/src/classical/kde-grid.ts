/**
 * Kernel sums of two columns on a grid: rows are spread over the four grid points around them, the grid is
 * smoothed along one axis, then along the other, and read off between grid points.
 *
 * Spreading and reading are each a convolution with a triangle of variance δ²/6 (Wand, "Fast computation of
 * multivariate kernel estimators", 1994). The kernel of the grid is narrower by that much, so that the three
 * together have the bandwidth asked for; what is left is of order δ⁴. It is a plain sum over the kernel's
 * reach: with this many grid points to a bandwidth, a transform would save little.
 */

import { InfoNetError } from "../errors.js";
import type { KernelSums } from "./kde-sums.js";

/** Distance of grid points in bandwidths: as small as the number of grid points lets it be. */
const FINEST = 1 / 8;
const COARSEST = 1 / 2;
/** Most grid points, 32 MB an array. */
const MOST = 2 ** 22;
/** Bandwidths from the centre at which the kernel is cut off, exp(−18) of its height. */
const REACH = 6;

/**
 * Kernel sums at every row.
 *
 * @param x in units of its bandwidth, length n
 * @param y likewise
 * @throws InfoNetError "invalid-option" if the rows lie too far apart for a grid
 */
export function gridSums(x: Float64Array, y: Float64Array, leaveOneOut: boolean): KernelSums {
  const [rangeX, rangeY] = [rangeOf(x), rangeOf(y)];
  const [spanX, spanY] = [rangeX[1] - rangeX[0], rangeY[1] - rangeY[0]];
  const step = Math.max(FINEST, Math.sqrt((spanX * spanY) / MOST), (spanX + spanY) / MOST);
  if (step > COARSEST) {
    throw new InfoNetError(
      "invalid-option",
      `method is "grid" and the rows span ${Math.round(spanX)} × ${Math.round(spanY)} bandwidths; pass "exact", or normal scores in place of values with far outliers.`,
    );
  }
  const kernel = sampledKernel(step);
  const [axisX, axisY] = [onAxis(x, rangeX, step), onAxis(y, rangeY, step)];
  return {
    x: lineSums(axisX, kernel, leaveOneOut),
    y: lineSums(axisY, kernel, leaveOneOut),
    xy: squareSums(axisX, axisY, kernel, leaveOneOut),
  };
}

/** Places of the rows on an axis of the grid: the grid point below, and the way to the next one. */
interface Axis {
  size: number;
  below: Uint32Array;
  fraction: Float64Array;
}

function onAxis(values: Float64Array, [low, high]: [number, number], step: number): Axis {
  const below = new Uint32Array(values.length);
  const fraction = new Float64Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const place = (values[row] - low) / step;
    below[row] = Math.floor(place);
    fraction[row] = place - below[row];
  }
  return { size: Math.floor((high - low) / step) + 2, below, fraction };
}

/** Right half of the kernel at the grid points, centre first, with the mass of exp(−u²/2). */
function sampledKernel(step: number): Float64Array {
  const variance = 1 - step ** 2 / 3;
  return Float64Array.from(
    { length: Math.ceil(REACH / step) + 1 },
    (_, i) => Math.exp(-((i * step) ** 2) / (2 * variance)) / Math.sqrt(variance),
  );
}

function lineSums({ size, below, fraction }: Axis, kernel: Float64Array, leaveOneOut: boolean): Float64Array {
  const spread = new Float64Array(size);
  for (let row = 0; row < below.length; row++) {
    spread[below[row]] += 1 - fraction[row];
    spread[below[row] + 1] += fraction[row];
  }
  const smooth = smoothed(spread, 1, size, kernel);
  return fraction.map((f, row) => {
    const sum = (1 - f) * smooth[below[row]] + f * smooth[below[row] + 1];
    return leaveOneOut ? sum - own(f, kernel) : sum;
  });
}

function squareSums(x: Axis, y: Axis, kernel: Float64Array, leaveOneOut: boolean): Float64Array {
  const spread = new Float64Array(y.size * x.size);
  for (let row = 0; row < x.below.length; row++) {
    const at = y.below[row] * x.size + x.below[row];
    const [f, g] = [x.fraction[row], y.fraction[row]];
    spread[at] += (1 - f) * (1 - g);
    spread[at + 1] += f * (1 - g);
    spread[at + x.size] += (1 - f) * g;
    spread[at + x.size + 1] += f * g;
  }
  // Smoothing turns the grid over, so the second time goes along the other axis and turns it back.
  const smooth = smoothed(smoothed(spread, y.size, x.size, kernel), x.size, y.size, kernel);
  return x.fraction.map((f, row) => {
    const g = y.fraction[row];
    const at = y.below[row] * x.size + x.below[row];
    const lower = (1 - f) * smooth[at] + f * smooth[at + 1];
    const upper = (1 - f) * smooth[at + x.size] + f * smooth[at + x.size + 1];
    const sum = (1 - g) * lower + g * upper;
    return leaveOneOut ? sum - own(f, kernel) * own(g, kernel) : sum;
  });
}

/** What a row adds to the sum at its own place, along one axis. */
function own(fraction: number, kernel: Float64Array): number {
  const rest = 1 - fraction;
  return (rest * rest + fraction * fraction) * kernel[0] + 2 * rest * fraction * kernel[1];
}

/** The table (height × width) convolved along its rows, transposed. */
function smoothed(table: Float64Array, height: number, width: number, kernel: Float64Array): Float64Array {
  const result = new Float64Array(table.length);
  for (let j = 0; j < width; j++) {
    const [first, last] = [Math.max(0, j - kernel.length + 1), Math.min(width - 1, j + kernel.length - 1)];
    for (let i = 0; i < height; i++) {
      let sum = 0;
      for (let k = first; k <= last; k++) sum += table[i * width + k] * kernel[Math.abs(k - j)];
      result[j * height + i] = sum;
    }
  }
  return result;
}

function rangeOf(values: Float64Array): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
