/** A coordinate network: a place in, its colour out. */
import { numpy as np } from "@jax-js/jax";
import type { Tensor } from "../networks/graph.js";
import { cut, type Piece, parameterCount } from "../networks/parameters.js";
import { perceptronPieces } from "../networks/perceptron.js";
import type { Random } from "../random.js";

/** Waves that a place is described by; a sine and a cosine each. */
const WAVES = 32;
/** Standard deviation of their frequencies, in half turns over the photograph (Tancik et al. 2020). */
const FREQUENCY = 2.5;
const HIDDEN = [64, 64, 64];
const COLOURS = 3;

/** Numbers that describe a place. */
export const DESCRIPTION = 2 * WAVES;

/** The network's parameters. */
export const FIELD: readonly Piece[] = perceptronPieces([DESCRIPTION, ...HIDDEN, COLOURS], 1);

/** Random Fourier features of places, {@link DESCRIPTION} numbers each, of variance 1. */
export function describePlaces(places: Float32Array, random: Random): Float32Array {
  const waves = Array.from({ length: WAVES }, () => [
    random.normal(0, FREQUENCY),
    random.normal(0, FREQUENCY),
  ]);
  const described = new Float32Array((places.length / 2) * DESCRIPTION);
  for (let k = 0; k < places.length / 2; k++) {
    for (const [wave, [across, down]] of waves.entries()) {
      const phase = Math.PI * (across * places[2 * k] + down * places[2 * k + 1]);
      described[k * DESCRIPTION + wave] = Math.SQRT2 * Math.cos(phase);
      described[k * DESCRIPTION + WAVES + wave] = Math.SQRT2 * Math.sin(phase);
    }
  }
  return described;
}

/** Colours of described places, [places, 3]. Consumes its arguments. */
export function fieldColours(theta: Tensor, places: Tensor): Tensor {
  const p = cut(FIELD, theta);
  let values = places;
  for (let k = 0; k < HIDDEN.length; k++)
    values = np.tanh(np.matmul(values, p[`weight${k}`]).add(p[`bias${k}`]));
  return np.matmul(values, p[`weight${HIDDEN.length}`]).add(p[`bias${HIDDEN.length}`]);
}

/** Brightness of described places, the mean of their colours, [places]. Consumes its arguments. */
export function fieldBrightness(theta: Tensor, places: Tensor): Tensor {
  return fieldColours(theta, places).mean(1);
}

/**
 * Where the weights begin that are shaped and perturbed. The first layer, which lies before them, reads the place itself: its
 * derivatives are alike for places close together and for no others, whatever it has learned.
 */
export const FIRST_SHAPED = parameterCount(FIELD.slice(0, 2));

/**
 * Inner products of the derivatives of brightness by the parameters from {@link FIRST_SHAPED} on, for all pairs of described
 * places, [places, places]. Consumes its arguments.
 *
 * No derivative is written down for it: that by the weights of a layer is the outer product of what enters the layer, a, and the
 * derivative by its sums, d; two places have the inner product (a·a′)(d·d′), and that by the offsets adds d·d′.
 */
export function jacobianProducts(theta: Tensor, places: Tensor): Tensor {
  const p = cut(FIELD, theta);
  const entering: Tensor[] = [];
  let values = places;
  for (let k = 0; k < HIDDEN.length; k++) {
    const weight = k === 0 ? p.weight0 : p[`weight${k}`].ref;
    values = np.tanh(np.matmul(values, weight).add(p[`bias${k}`]));
    entering.push(values.ref);
  }
  values.dispose();
  p[`bias${HIDDEN.length}`].dispose();
  // Brightness is the mean of the colours: its derivative by the last sums is the same everywhere.
  let slope = np.ones([places.shape[0], COLOURS]).mul(1 / COLOURS);
  let products: Tensor | undefined;
  for (let k = HIDDEN.length; k > 0; k--) {
    const input = entering[k - 1];
    const layer = innerProducts(input.ref).add(1).mul(innerProducts(slope.ref));
    products = products === undefined ? layer : products.add(layer);
    // The derivative of tanh is one less its square.
    slope = np.matmul(slope, p[`weight${k}`].transpose()).mul(np.square(input).neg().add(1));
  }
  slope.dispose();
  return products as Tensor;
}

/** Inner products of all pairs of rows. Consumes x. */
function innerProducts(x: Tensor): Tensor {
  return np.matmul(x.ref, x.transpose());
}

/** Cosines between the same derivatives, [places, places]. Consumes its arguments. */
export function jacobianCosines(theta: Tensor, places: Tensor): Tensor {
  const [count] = places.shape;
  const products = jacobianProducts(theta, places);
  const lengths = np.sqrt(products.ref.mul(np.eye(count)).sum(1));
  const inverse = np.reciprocal(lengths);
  return products.mul(inverse.ref.reshape([count, 1])).mul(inverse.reshape([1, count]));
}
