/** Gradient of the sliced mutual information: the mean over random one-dimensional projections of both variables. */

import { checkSignal, keepFinished } from "../engine/stop.js";
import { readOptions } from "../input/options.js";
import { readVariable, requireAnyValues, requireEqualLengths, type Variable } from "../input/variables.js";
import { direction, meanWithError, project, sliceRandom } from "../multivariate/projections.js";
import type { Network } from "../network/network.js";
import { REACH, withinReach } from "../numerics/reach.js";
import type { SlicedGradient, SlicedGradientOptions } from "../types.js";
import { Differentiation } from "./differentiation.js";
import { SLICED_GRADIENT } from "./options.js";

/** A variable whose projections are doubles, whatever the direction: its columns times `unit`. */
interface Projectable {
  columns: readonly Float64Array[];
  unit: number;
}

function projectable(columns: readonly Float64Array[]): Projectable {
  const inReach = withinReach(columns, REACH.sums);
  // Very small values are left alone: derivatives by them would overflow, which is refused where they are ranked.
  return inReach.exponent < 0
    ? { columns: inReach.columns, unit: 2 ** inReach.exponent }
    : { columns, unit: 1 };
}

/** Adds a derivative by projections to that by the rows, row-major. */
function spread(byProjection: Float64Array, d: Float64Array, unit: number, sum: Float64Array): void {
  const width = d.length;
  for (let row = 0; row < byProjection.length; row++) {
    for (let c = 0; c < width; c++) sum[row * width + c] += byProjection[row] * d[c] * unit;
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
  const { slices, signal, onProgress, ...settings } = readOptions(options, SLICED_GRADIENT);
  const { seed } = settings;
  const differentiation = new Differentiation(network, settings);
  const [a, b] = [readVariable("x", x), readVariable("y", y)];
  const rows = [a[0].length, b[0].length];
  requireEqualLengths(rows[0], rows[1]);
  requireAnyValues("x", a);
  requireAnyValues("y", b);
  const [sideX, sideY] = [projectable(a), projectable(b)];
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
      const prepared = directions.map(([d, e]) =>
        differentiation.prepare(project(sideX.columns, d), project(sideY.columns, e)),
      );
      for (const [k, gradient] of (await differentiation.run(prepared)).entries()) {
        values.push(gradient.mi);
        spread(gradient.dx, directions[k][0], sideX.unit, dx);
        spread(gradient.dy, directions[k][1], sideY.unit, dy);
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
