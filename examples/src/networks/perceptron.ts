/** Multilayer perceptrons. */
import { numpy as np } from "@jax-js/jax";
import type { Tensor } from "./graph.js";
import { cut, type Piece } from "./parameters.js";

/** A function of single values. Consumes its argument. */
export type Activation = (x: Tensor) => Tensor;

/** max(x, 0.2 x) (Maas et al. 2013). */
export const leakyRelu: Activation = (x) => np.maximum(x.ref, x.mul(0.2));

/** log(1 + eˣ), where eˣ is too large for a number as well. Consumes its argument. */
export function softplus(x: Tensor): Tensor {
  const magnitude = np.maximum(x.ref, x.ref.neg());
  return np.maximum(x, 0).add(np.log(np.exp(magnitude.neg()).add(1)));
}

/**
 * Weights and biases of a perceptron.
 *
 * @param widths number of values in every layer: the inputs first, the outputs last
 * @param gain variance of a unit's sum at the start when its inputs have variance 1
 */
export function perceptronPieces(widths: readonly number[], gain: number): Piece[] {
  return widths.slice(1).flatMap((width, k) => [
    { name: `weight${k}`, shape: [widths[k], width], deviation: Math.sqrt(gain / widths[k]) },
    { name: `bias${k}`, shape: [width], deviation: 0 },
  ]);
}

/**
 * What a perceptron computes for every row of x, [rows, inputs] → [rows, outputs]; the last layer is linear. Consumes theta
 * and x.
 */
export function perceptron(
  pieces: readonly Piece[],
  activation: Activation,
  theta: Tensor,
  x: Tensor,
): Tensor {
  const parameters = cut(pieces, theta);
  const layers = pieces.length / 2;
  let values = x;
  for (let k = 0; k < layers; k++) {
    values = np.matmul(values, parameters[`weight${k}`]).add(parameters[`bias${k}`]);
    if (k < layers - 1) values = activation(values);
  }
  return values;
}
