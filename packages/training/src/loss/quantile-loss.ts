/** The loss of the quantiles of √MI: where the middle lies, and how far from it the others. */

import { QUANTILE_LEVELS } from "../network/trunk.js";
import { lax, np, type Tensor } from "../runtime/jax.js";

/** Levels that the middle quantile counts for: where it lies matters as much as how the others stand about it. */
const WEIGHT_OF_MIDDLE = 5;

// An example weighs in inverse proportion to the spread of its own quartiles of √MI, so that what can be known
// exactly (a smooth density, many rows) is not lost among what cannot. 0.05 is a usual spread.
const USUAL_SPREAD = 0.05;
const LEAST_SPREAD = 0.015;

/** What the quantiles of a batch are compared with. */
export interface QuantileLabels {
  /** True mutual information, nats: [B]. */
  mi: Tensor;
  /** What the middle quantile is trained on, nats: [B]; see the stream's central label. */
  central: Tensor;
}

/** Mean losses of the quantiles over a batch, both scalars. */
export interface QuantileLosses {
  /** Mean pinball loss of all quantiles against the truth (Koenker & Bassett 1978): what is reported. */
  pinball: Tensor;
  /**
   * What is minimised: the absolute error of the middle quantile against the central label, and the pinball
   * loss of the others against the truth, which moves them about the middle but not the middle itself.
   */
  value: Tensor;
}

/**
 * Picks columns of the quantiles: a matrix [9, 1] of the given coefficients. By a product, since the derivative of a
 * slice is padding, which the step has nowhere else and gpu/train.py does not translate.
 */
const column = (coefficient: (level: number) => number): Tensor =>
  np.array(QUANTILE_LEVELS.map((level) => [coefficient(level)]));

/** Mean losses over a batch. Consumes its inputs; quantiles of √MI are [B, 9]. */
export function quantileLosses(quantiles: Tensor, { mi, central }: QuantileLabels): QuantileLosses {
  const [batch, count] = quantiles.shape;
  const root = np.sqrt(mi).reshape([batch, 1]);
  const pinball = pinballs(root.ref.sub(quantiles.ref)).mean();

  const middle = np.matmul(
    quantiles.ref,
    column((level) => Number(level === 0.5)),
  );
  const spread = np.matmul(
    quantiles.ref,
    column((level) => Number(level === 0.75) - Number(level === 0.25)),
  );
  const weight = np.reciprocal(lax.stopGradient(spread).add(LEAST_SPREAD)).mul(USUAL_SPREAD) as Tensor;
  const anchored = quantiles.sub(middle.ref).add(lax.stopGradient(middle.ref));
  const about = pinballs(root.sub(anchored)).mul(weight.ref).mean();
  const off = np
    .abs(np.sqrt(central).reshape([batch, 1]).sub(middle))
    .mul(weight)
    .mean();
  return { pinball, value: about.add(off.mul((0.5 * WEIGHT_OF_MIDDLE) / count)) };
}

/** max(level · miss, (level − 1) · miss) of every quantile. */
function pinballs(miss: Tensor): Tensor {
  const levels = np.array([...QUANTILE_LEVELS]).reshape([1, QUANTILE_LEVELS.length]);
  return np.maximum(miss.ref.mul(levels.ref), miss.mul(levels.sub(1)));
}
