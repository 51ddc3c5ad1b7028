/** Gradient of the sliced mutual information: the mean over random one-dimensional projections of both variables. */

import { readVariable, requireEqualLengths, type Variable, wholeNumber } from "../classical/input.js";
import { direction, meanWithError, project, sliceRandom } from "../multivariate/projections.js";
import type { Network } from "../network/network.js";
import { checkSignal, keepFinished } from "../stop.js";
import type { SlicedGradient, SlicedGradientOptions } from "../types.js";
import { Differentiation } from "./differentiation.js";
import { readGradientOptions } from "./options.js";

/** Adds a derivative by projections to that by the rows, row-major. */
function spread(byProjection: Float64Array, d: Float64Array, sum: Float64Array): void {
  const width = d.length;
  for (let row = 0; row < byProjection.length; row++) {
    for (let c = 0; c < width; c++) sum[row * width + c] += byProjection[row] * d[c];
  }
}

/**
 * Differentiates slice by slice.
 *
 * @param breathe lets timers and messages have their turn
 * @throws AbortedError with the mean over the finished slices in `partial` (`undefined` if there are none);
 *   InfoNetError "invalid-option", "model", and as the reading of a pair
 */
export async function differentiateSlices(
  network: Network,
  x: Variable,
  y: Variable,
  options: SlicedGradientOptions,
  breathe: () => Promise<void>,
): Promise<SlicedGradient> {
  const { signal, onProgress } = options;
  const slices = wholeNumber("slices", options.slices ?? 64, 1);
  const settings = readGradientOptions(options);
  const { seed } = settings;
  const differentiation = new Differentiation(network, settings);
  const [a, b] = [readVariable("x", x), readVariable("y", y)];
  const rows = [a[0].length, b[0].length];
  requireEqualLengths(rows[0], rows[1]);
  const dx = new Float64Array(rows[0] * a.length);
  const dy = new Float64Array(rows[1] * b.length);
  const values: number[] = [];
  let n = 0;
  const work = async (): Promise<SlicedGradient> => {
    while (values.length < slices) {
      checkSignal(signal);
      const count = Math.min(differentiation.batch, slices - values.length);
      const directions = Array.from({ length: count }, (_, k) => {
        const random = sliceRandom(seed, values.length + k);
        return [direction(a.length, random), direction(b.length, random)];
      });
      const prepared = directions.map(([d, e]) => differentiation.prepare(project(a, d), project(b, e)));
      for (const [k, gradient] of (await differentiation.run(prepared)).entries()) {
        values.push(gradient.mi);
        spread(gradient.dx, directions[k][0], dx);
        spread(gradient.dy, directions[k][1], dy);
        n = gradient.n;
      }
      onProgress?.({ done: values.length, total: slices });
      await breathe();
    }
    return meanOf(values, dx, dy, n);
  };
  return keepFinished(work, () => ({
    partial: values.length > 0 ? meanOf(values, dx, dy, n) : undefined,
    done: values.length,
    total: slices,
    unit: "slices",
  }));
}

/** Means and standard error over the slices, from their values and the sums of their derivatives. */
function meanOf(
  values: readonly number[],
  sumX: Float64Array,
  sumY: Float64Array,
  n: number,
): SlicedGradient {
  const slices = values.length;
  const { mean, standardError } = meanWithError(values);
  return {
    mi: mean,
    standardError,
    slices,
    dx: sumX.map((value) => value / slices),
    dy: sumY.map((value) => value / slices),
    n,
  };
}
