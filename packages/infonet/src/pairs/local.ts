/** What the critic says of the rows of one sample. */

import { restoreTable } from "../copula/index.js";
import { GRID } from "../features/index.js";
import { interpolate, logIntegral, normalizeCritic } from "../network/critic.js";
import type { PairSample } from "./pairs.js";

/** The log copula density of a pair in the user's orientation, read at the pair's own rows. Nats. */
export class LocalInformation {
  /** log c(u, v), GRID × GRID, row v, column u. */
  readonly density: Float32Array;
  readonly #sample: PairSample;

  /** @param critic θ on the canonical square, as the network gives it */
  constructor(critic: ArrayLike<number>, sample: PairSample) {
    this.density = restoreTable(normalizeCritic(critic), GRID, sample.orientation);
    this.#sample = sample;
  }

  /** Donsker–Varadhan value on the sample: mean θ − log ∫∫ e^θ. */
  lowerBound(): number {
    let sum = 0;
    for (let k = 0; k < this.#sample.n; k++) sum += this.#at(k);
    return sum / this.#sample.n - logIntegral(this.density);
  }

  /** log c(u_i, v_i) for every row of the input, in units of `1 / scale` nats; NaN where a value is missing. */
  pointwise(length: number, scale: number): Float64Array {
    const { n, rows } = this.#sample;
    const result = new Float64Array(length).fill(Number.NaN);
    for (let k = 0; k < n; k++) result[rows?.[k] ?? k] = scale * this.#at(k);
    return result;
  }

  /** At the pseudo-observations (rank + ½)/n of complete row k. */
  #at(k: number): number {
    const { xRanks, yRanks, n } = this.#sample;
    return interpolate(this.density, (xRanks[k] + 0.5) / n, (yRanks[k] + 0.5) / n);
  }
}
