/** What the flow of a region says about the flow elsewhere: a small predictor, and its derivatives by the region. */
import { Blur } from "./blur.js";
import type { Scene } from "./scenes.js";

/** Flow predicted for every pixel from a weighted region. */
export interface Prediction {
  u: Float64Array;
  v: Float64Array;
  /** From derivatives by the predicted flow to derivatives by the weights of the region. */
  pull(byU: Float64Array, byV: Float64Array): Float64Array;
}

// The region is held to have seen this many pixels of no motion at the centre, so that an empty one predicts nothing.
const PRIOR = [4, 1, 1] as const;
// Residuals are interpolated as if every place had seen this share of pixels without a residual.
const LOCAL_PRIOR = 0.05;

/** Predicts flow from regions of scenes of one size. */
export class Context {
  readonly #x: Float64Array;
  readonly #y: Float64Array;
  readonly #local: Blur | undefined;

  /**
   * @param size side of the scenes
   * @param reach standard deviation, in pixels, of the window that residuals are interpolated over; without it the
   *   prediction is the affine motion alone
   */
  constructor(size: number, reach?: number) {
    const along = Float64Array.from({ length: size }, (_, k) => (2 * (k + 0.5)) / size - 1);
    this.#x = Float64Array.from({ length: size * size }, (_, at) => along[at % size]);
    this.#y = Float64Array.from({ length: size * size }, (_, at) => along[Math.floor(at / size)]);
    this.#local = reach === undefined ? undefined : new Blur(size, reach);
  }

  /**
   * The affine motion that fits the region best (weighted least squares), and, with a reach, the weighted mean of the
   * region's residuals around each pixel.
   *
   * @param weights how much each pixel belongs to the region, 0 … 1
   */
  predict({ u, v }: Scene, weights: Float64Array): Prediction {
    const inverse = inverted(this.#moments(weights));
    const parts = [u, v].map((flow) => this.#component(flow, weights, inverse));
    return {
      u: parts[0].values,
      v: parts[1].values,
      pull: (byU, byV) => {
        const [a, b] = [parts[0].pull(byU), parts[1].pull(byV)];
        return a.map((value, at) => value + b[at]);
      },
    };
  }

  /** ∑ w φφᵀ over φ = (1, x, y), plus the prior. */
  #moments(weights: Float64Array): number[] {
    const [x, y] = [this.#x, this.#y];
    let [w, wx, wy, wxx, wxy, wyy] = [0, 0, 0, 0, 0, 0];
    for (let at = 0; at < weights.length; at++) {
      const weight = weights[at];
      w += weight;
      wx += weight * x[at];
      wy += weight * y[at];
      wxx += weight * x[at] * x[at];
      wxy += weight * x[at] * y[at];
      wyy += weight * y[at] * y[at];
    }
    return [w + PRIOR[0], wx, wy, wx, wxx + PRIOR[1], wxy, wy, wxy, wyy + PRIOR[2]];
  }

  /** M⁻¹ ∑ φ values: coefficients of 1, x and y. */
  #solve(inverse: readonly number[], values: Float64Array): [number, number, number] {
    const [x, y] = [this.#x, this.#y];
    let [a, b, c] = [0, 0, 0];
    for (let at = 0; at < values.length; at++) {
      a += values[at];
      b += x[at] * values[at];
      c += y[at] * values[at];
    }
    const row = (k: number): number => inverse[3 * k] * a + inverse[3 * k + 1] * b + inverse[3 * k + 2] * c;
    return [row(0), row(1), row(2)];
  }

  #affine([a, b, c]: readonly [number, number, number]): Float64Array {
    const [x, y] = [this.#x, this.#y];
    return x.map((value, at) => a + b * value + c * y[at]);
  }

  #component(
    flow: Float64Array,
    weights: Float64Array,
    inverse: readonly number[],
  ): { values: Float64Array; pull(by: Float64Array): Float64Array } {
    const affine = this.#affine(
      this.#solve(
        inverse,
        flow.map((value, at) => weights[at] * value),
      ),
    );
    const residual = flow.map((value, at) => value - affine[at]);
    const local = this.#local;
    // ∂β/∂w_j = M⁻¹ φ_j residual_j
    const throughFit = (by: Float64Array): Float64Array => {
      const slope = this.#affine(this.#solve(inverse, by));
      return slope.map((value, at) => value * residual[at]);
    };
    if (local === undefined) return { values: affine, pull: throughFit };
    const mass = local.apply(weights).map((value) => value + LOCAL_PRIOR);
    const correction = local
      .apply(residual.map((value, at) => weights[at] * value))
      .map((v, at) => v / mass[at]);
    return {
      values: affine.map((value, at) => value + correction[at]),
      pull: (by) => {
        const shares = by.map((value, at) => value / mass[at]);
        const spread = local.apply(shares);
        const spent = local.apply(shares.map((value, at) => value * correction[at]));
        const byFit = throughFit(by.map((value, at) => value - weights[at] * spread[at]));
        return byFit.map((value, at) => value + residual[at] * spread[at] - spent[at]);
      },
    };
  }
}

/** Inverse of a symmetric 3 × 3 matrix by its cofactors. */
function inverted([a, b, c, , d, e, , , f]: readonly number[]): number[] {
  const [p, q, r] = [d * f - e * e, c * e - b * f, b * e - c * d];
  const determinant = a * p + b * q + c * r;
  const [s, t, w] = [a * f - c * c, b * c - a * e, a * d - b * b];
  return [p, q, r, q, s, t, r, t, w].map((value) => value / determinant);
}
