/** Gradient of the sliced mutual information: the mean over random one-dimensional projections of both variables. */

import { runBatches } from "../engine/batches.js";
import type { Engine } from "../engine/engine.js";
import { InfoNetError } from "../errors.js";
import type { Cells } from "../input/cells.js";
import { requireAnyValues, requireEqualLengths } from "../input/data-errors.js";
import { readVariable, type Variable } from "../input/variables.js";
import { direction, sliceRandom } from "../multivariate/projections.js";
import { project } from "../numerics/linear.js";
import { mean, meanWithError } from "../numerics/moments.js";
import { REACH, withinReach } from "../numerics/reach.js";
import { GRADIENTS, gradientBatch } from "./differentiation.js";
import { readGradientOptions, SLICED_GRADIENT } from "./options.js";
import type { GradientResult, SlicedGradient, SlicedGradientOptions } from "./types.js";

/** A variable whose projections are doubles, whatever the direction: its columns times `unit`. */
interface Projectable {
  columns: readonly Float64Array[];
  unit: number;
}

const numbers = (values: Float64Array): Cells => ({ kind: "number", values });

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
  const width = a.length + b.length;
  const rows = [a[0].length, b[0].length];
  requireEqualLengths({ name: "x", rows: rows[0] }, { name: "y", rows: rows[1] });
  requireAnyValues("x", a);
  requireAnyValues("y", b);
  const [sideX, sideY] = [projectable(a), projectable(b)];
  const dx = new Float64Array(rows[0] * a.length);
  const dy = new Float64Array(rows[1] * b.length);
  const values: number[] = [];
  const bounds: number[] = [];
  let n = 0;
  // Of two single columns all slices are the same.
  const count = a.length === 1 && b.length === 1 ? 1 : slices;
  const directions = Array.from({ length: count }, (_, slice) => {
    const random = sliceRandom(seed, slice);
    return [direction(a.length, random), direction(b.length, random)];
  });
  // Added up in their order, whichever thread was first: sums depend on it in the last digits.
  const waiting = new Map<number, GradientResult>();
  const add = (slice: number, gradient: GradientResult): void => {
    if (gradient.error !== undefined) throw new InfoNetError(gradient.code, gradient.error);
    const [d, e] = directions[slice];
    values.push(gradient.mi);
    if (gradient.lowerBound !== undefined) bounds.push(gradient.lowerBound);
    spread(gradient.dx, d, sideX.unit, dx);
    spread(gradient.dy, e, sideY.unit, dy);
    n = gradient.n;
  };
  const call = engine.call({ signal, onProgress }, "slices");
  call.expect(count);
  const work = async (): Promise<SlicedGradient> => {
    await runBatches(directions.keys(), await engine.workers(count), {
      task: GRADIENTS,
      largestBatch: gradientBatch(engine.model.network, settings),
      points: () => rows[0],
      input: (batch) => ({
        pairs: batch.map((slice) => {
          const [d, e] = directions[slice];
          return { x: numbers(project(sideX.columns, d)), y: numbers(project(sideY.columns, e)) };
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
    return meanOf({ values, bounds, dx, dy, n }, width);
  };
  return call.run(work, () => (values.length > 0 ? meanOf({ values, bounds, dx, dy, n }, width) : undefined));
}

/** What the slices that are done sum up to. */
interface Sums {
  values: readonly number[];
  bounds: readonly number[];
  dx: Float64Array;
  dy: Float64Array;
  n: number;
}

/**
 * Means and standard error over the slices.
 *
 * @param width columns of both variables together: of two there is one slice, and it is no random choice
 */
function meanOf({ values, bounds, dx, dy, n }: Sums, width: number): SlicedGradient {
  const slices = values.length;
  const { mean: mi, standardError } = meanWithError(values);
  return {
    mi,
    lowerBound: bounds.length > 0 ? mean(bounds) : undefined,
    standardError: width === 2 ? 0 : standardError,
    slices,
    dx: dx.map((value) => value / slices),
    dy: dy.map((value) => value / slices),
    n,
  };
}
