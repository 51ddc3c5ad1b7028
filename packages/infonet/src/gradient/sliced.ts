/** Gradient of the sliced mutual information: the mean over random one-dimensional projections of both variables. */

import { readVariable, type Variable } from "../classical/input.js";
import { InfoNetError } from "../errors.js";
import { direction, project } from "../multivariate/projections.js";
import { stream } from "../multivariate/random.js";
import type { SlicedGradient } from "../types.js";
import type { Differentiation } from "./differentiation.js";
import type { Watch } from "./many.js";

/** Names the random numbers of a slice: those of `sliced`, so that a seed has the same slices in both. */
const SLICES = 51;

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
 * @returns the mean over the slices that were reached; undefined if the signal aborted before the first
 * @throws InfoNetError as the reading of a pair
 */
export async function differentiateSlices(
  differentiation: Differentiation,
  x: Variable,
  y: Variable,
  { seed, slices }: { seed: number; slices: number },
  { signal, onProgress, breathe }: Watch,
): Promise<SlicedGradient | undefined> {
  const [a, b] = [readVariable("x", x), readVariable("y", y)];
  const rows = [a[0].length, b[0].length];
  if (rows[0] !== rows[1]) {
    throw new InfoNetError(
      "unequal-lengths",
      `x has ${rows[0]} rows and y has ${rows[1]}; pass equally many, NaN for missing values.`,
    );
  }
  const dx = new Float64Array(rows[0] * a.length);
  const dy = new Float64Array(rows[1] * b.length);
  const values: number[] = [];
  let n = 0;
  while (values.length < slices && !signal?.aborted) {
    const count = Math.min(differentiation.batch, slices - values.length);
    const directions = Array.from({ length: count }, (_, k) => {
      const random = stream(seed, SLICES, values.length + k);
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
  const count = values.length;
  if (count === 0) return undefined;
  const mi = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value) => sum + (value - mi) ** 2, 0);
  const mean = (sums: Float64Array): Float64Array => sums.map((value) => value / count);
  return {
    mi,
    standardError: count > 1 ? Math.sqrt(squares / (count - 1) / count) : Number.NaN,
    slices: count,
    dx: mean(dx),
    dy: mean(dy),
    n,
  };
}
