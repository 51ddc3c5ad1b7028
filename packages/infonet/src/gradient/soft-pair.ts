/** From two columns to the soft ranks that the network is differentiated by, and the way back to the columns. */

import { type RankGradient, rankScale, type SoftSample, softRankOfSorted } from "../copula/index.js";
import { shuffled, stream } from "../numerics/random.js";
import { requireFiniteSlopes } from "./score-column.js";
import { atRows, type GradientSample, type GradientSide, usedRows, valuesAt } from "./used-rows.js";
import type { Way } from "./way.js";

/**
 * Strongest regularisation of the soft ranks. Neighbours on the rank scale are 1 apart on average: from 1 on, whole columns
 * would be pooled and their ranks squeezed towards the middle.
 */
export const MOST_POOLING = 0.9;

/** Names the random numbers of a sample. */
const RANDOM_ORDER = 101;

/** A pair ready to be differentiated. */
export interface SoftPair {
  /** Soft ranks of the rows used, in canonical orientation. */
  soft: SoftSample;
  /** Derivatives by the values of every row of the input, from those by the soft ranks; 0 for rows not used. */
  pull(gradient: RankGradient): { dx: Float64Array; dy: Float64Array };
}

/**
 * Soft ranks of a prepared pair. The orientation is that of the hard ranks, and constant.
 *
 * @throws InfoNetError "not-finite" if values are too close together for derivatives by them to be numbers
 */
export function softPair(
  x: GradientSide,
  y: GradientSide,
  sample: GradientSample,
  { regularization = Math.cbrt(sample.perm.length), seed }: { regularization?: number; seed: number },
): SoftPair {
  const { flipU, flipV, swap } = sample.orientation;
  const { input, xRanks, yRanks } = usedRows(sample);
  const pooling = Math.min(regularization, MOST_POOLING);
  const a = softColumn(x, input, xRanks, flipU, pooling);
  const b = softColumn(y, input, yRanks, flipV, pooling);
  const [u, v] = swap ? [b, a] : [a, b];
  return {
    soft: {
      u: u.ranks,
      v: v.ranks,
      byU: u.sorted,
      byV: v.sorted,
      smoothing: regularization,
      // Read where the features are smoothed, and nowhere else.
      get randomOrder() {
        return shuffled(input.length, stream(seed, RANDOM_ORDER, input.length));
      },
    },
    pull(gradient) {
      const [byX, byY] = swap ? [gradient.v, gradient.u] : [gradient.u, gradient.v];
      const [dx, dy] = [
        { side: x, soft: a, slopes: byX },
        { side: y, soft: b, slopes: byY },
      ].map(({ side: { fixed, values }, soft, slopes }) =>
        fixed ? new Float64Array(values.length) : soft.pull(slopes, values.length),
      );
      return { dx, dy };
    },
  };
}

/**
 * Soft ranks of the rows used of one column.
 *
 * @throws InfoNetError "not-finite" if its values are too close together
 */
export function softColumn(
  { name, values }: GradientSide,
  rows: Uint32Array,
  ranks: Uint32Array,
  flip: boolean,
  regularization: number,
): {
  ranks: Float64Array;
  sorted: Uint32Array;
  pull(cotangent: Float64Array, length: number): Float64Array;
} {
  const n = rows.length;
  const scale = rankScale(valuesAt(values, rows), ranks);
  requireFiniteSlopes(name, scale.steepest);
  const soft = softRankOfSorted(scale.positions, scale.sorted, { regularization });
  return {
    ranks: flip ? mirrored(soft.ranks, n + 1) : soft.ranks,
    sorted: flip ? soft.sorted.slice().reverse() : soft.sorted,
    pull(cotangent, length) {
      const byValue = scale.vjp(soft.vjp(flip ? mirrored(cotangent, 0) : cotangent));
      return atRows(byValue, rows, length);
    },
  };
}

// Functions of their own, not closures: the engine forgets what it has compiled of a closure that nobody holds any more.

/** Twice a centre less the values. */
function mirrored(values: Float64Array, twice: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let k = 0; k < values.length; k++) result[k] = twice - values[k];
  return result;
}

/** Through the estimate itself, smoothed. */
export const ESTIMATE: Way<SoftPair> = {
  prepared: softPair,

  most: (network) => network.largestDifferentiated,

  async differentiated(network, pairs) {
    const samples = pairs.map(({ sample: { perm, others, levels }, pair }) => {
      return { perm, others, levels, soft: pair.soft };
    });
    const derivatives = await network.differentiate(samples);
    return derivatives.map(({ median, gradient }, k) => {
      // MI is the square of the median where that is positive, and 0 elsewhere.
      const root = Math.max(median, 0);
      const { dx, dy } = pairs[k].pair.pull(gradient);
      const [byX, byY] = [dx, dy].map((slopes) => slopes.map((slope) => 2 * root * slope));
      return { nats: root ** 2, lowerBound: undefined, dx: byX, dy: byY };
    });
  },
};
