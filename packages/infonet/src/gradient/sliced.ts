/** Gradient of the sliced mutual information: the mean over random one-dimensional projections of both variables. */

import { runBatches } from "../engine/batches.js";
import type { Engine } from "../engine/engine.js";
import { InfoNetError } from "../errors.js";
import { requireAnyValues, requireEqualLengths } from "../input/data-errors.js";
import { readVariable, type Variable } from "../input/variables.js";
import { direction, sliceRandom } from "../multivariate/projections.js";
import { project } from "../numerics/linear.js";
import { meanWithError } from "../numerics/moments.js";
import { REACH, withinReach } from "../numerics/reach.js";
import type { GradientResult, SlicedGradient, SlicedGradientOptions } from "../types.js";
import { GRADIENTS, gradientBatch, readPair } from "./differentiation.js";
import { readGradientOptions, SLICED_GRADIENT } from "./options.js";

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
 * @throws AbortedError with the mean over the finished slices in `partial` (`undefined` if there are none);
 *   InfoNetError "invalid-option", "model", and as the reading of a pair
 */
export async function slicedGradientOf(
  engine: Engine,
  x: Variable,
  y: Variable,
  options: SlicedGradientOptions,
): Promise<SlicedGradient> {
  const { slices, signal, onProgress, ...settings } = readGradientOptions(options, SLICED_GRADIENT);
  const { seed } = settings;
  const [a, b] = [readVariable("x", x), readVariable("y", y)];
  const rows = [a[0].length, b[0].length];
  requireEqualLengths({ name: "x", rows: rows[0] }, { name: "y", rows: rows[1] });
  requireAnyValues("x", a);
  requireAnyValues("y", b);
  const [sideX, sideY] = [projectable(a), projectable(b)];
  const dx = new Float64Array(rows[0] * a.length);
  const dy = new Float64Array(rows[1] * b.length);
  const values: number[] = [];
  let n = 0;
  const directions = Array.from({ length: slices }, (_, slice) => {
    const random = sliceRandom(seed, slice);
    return [direction(a.length, random), direction(b.length, random)];
  });
  // Added up in their order, whichever thread was first: sums depend on it in the last digits.
  const waiting = new Map<number, GradientResult>();
  const add = (slice: number, gradient: GradientResult): void => {
    if (gradient.error !== undefined) throw new InfoNetError(gradient.code, gradient.error);
    const [d, e] = directions[slice];
    values.push(gradient.mi);
    spread(gradient.dx, d, sideX.unit, dx);
    spread(gradient.dy, e, sideY.unit, dy);
    n = gradient.n;
  };
  const call = engine.call({ signal, onProgress }, "slices");
  call.expect(slices);
  const work = async (): Promise<SlicedGradient> => {
    await runBatches(directions.keys(), await engine.workers(slices), {
      task: GRADIENTS,
      largestBatch: gradientBatch(engine.model.network, settings),
      points: () => rows[0],
      input: (batch) => ({
        pairs: batch.map((slice) => {
          const [d, e] = directions[slice];
          return readPair(project(sideX.columns, d), project(sideY.columns, e));
        }),
        settings,
      }),
      async onBatch(batch, gradients) {
        for (const [k, slice] of batch.entries()) waiting.set(slice, gradients[k]);
        const before = values.length;
        for (let next = before; waiting.has(next); next++) {
          add(next, waiting.get(next)!);
          waiting.delete(next);
        }
        await call.advance(values.length - before);
      },
    });
    return meanOf(values, dx, dy, n);
  };
  return call.run(work, () => (values.length > 0 ? meanOf(values, dx, dy, n) : undefined));
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
