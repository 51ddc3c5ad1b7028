/** What every distribution of the prior can do. */

import type { Random } from "./random.js";

/** A joint distribution of two real variables whose density and marginal densities are exact. */
export interface Distribution {
  /** Name of the family, one of KINDS. */
  kind: string;
  /** Terms of the density at one point: what a log ratio costs. */
  readonly terms: number;
  /** X takes so many values, 0 … levels − 1, whose numbers mean nothing; absent where X is a number. */
  readonly levels?: number;
  /** Mutual information in nats where a closed form exists. */
  readonly mi?: number;
  /** Draws n independent points. */
  sample(rng: Random, x: Float64Array, y: Float64Array, n: number): void;
  /**
   * Draws m points whose average is the distribution: stratified over the components and, within them, on
   * a randomly shifted lattice. The mean of any function over them is unbiased and has a much smaller
   * variance than the mean over independent points.
   */
  stratified(rng: Random, x: Float64Array, y: Float64Array, m: number): void;
  /** Writes log p(x,y) − log p(x) − log p(y), in nats, for the first m points. */
  logRatio(x: Float64Array, y: Float64Array, m: number, out: Float64Array): void;
  /** Writes where the first m points are by the marginals themselves; absent where these have no density without edges. */
  normalScores?(x: Float64Array, y: Float64Array, m: number, out: NormalScores): void;
}

/** Points on the scale of normal scores z = Φ⁻¹(F(x)), and the derivatives of the log ratio by them. */
export interface NormalScores {
  x: Float64Array;
  y: Float64Array;
  slopeX: Float64Array;
  slopeY: Float64Array;
}

// Steps of the two-dimensional Kronecker lattice from the plastic number g, the real root of g³ = g + 1:
// like the golden ratio in one dimension, every run of consecutive points fills the square evenly.
const PLASTIC = 1.324717957244746;
const STEP_U = 1 / PLASTIC;
const STEP_V = 1 / (PLASTIC * PLASTIC);

/** Fills u and v with m points of a randomly shifted lattice in [0, 1)². Each point alone is uniform. */
export function shiftedLattice(rng: Random, u: Float64Array, v: Float64Array, m: number): void {
  let a = rng.uniform();
  let b = rng.uniform();
  for (let j = 0; j < m; j++) {
    u[j] = a;
    v[j] = b;
    a += STEP_U;
    if (a >= 1) a -= 1;
    b += STEP_V;
    if (b >= 1) b -= 1;
  }
}

/**
 * Component of each of m systematically drawn points, ascending: component k gets m·w[k] points, rounded
 * up or down at random without bias.
 */
export function systematic(rng: Random, weights: Float64Array, out: Uint16Array, m: number): void {
  const shift = rng.uniform();
  const last = weights.length - 1;
  let k = 0;
  let end = weights[0] * m;
  for (let j = 0; j < m; j++) {
    while (j + shift >= end && k < last) end += weights[++k] * m;
    out[j] = k;
  }
}

/** Draws component numbers with given probabilities in constant time (Walker's alias method). */
export class AliasTable {
  private readonly threshold: Float64Array;
  private readonly alias: Uint16Array;

  /** @param weights probabilities, sum 1 */
  constructor(weights: Float64Array) {
    const size = weights.length;
    this.threshold = new Float64Array(size);
    this.alias = new Uint16Array(size);
    const small: number[] = [];
    const large: number[] = [];
    for (let k = 0; k < size; k++) {
      this.threshold[k] = weights[k] * size;
      this.alias[k] = k;
      (this.threshold[k] < 1 ? small : large).push(k);
    }
    while (small.length > 0 && large.length > 0) {
      const s = small.pop() as number;
      const l = large[large.length - 1];
      this.alias[s] = l;
      this.threshold[l] -= 1 - this.threshold[s];
      if (this.threshold[l] < 1) {
        large.pop();
        small.push(l);
      }
    }
    for (const k of small) this.threshold[k] = 1;
    for (const k of large) this.threshold[k] = 1;
  }

  /** A component number. */
  draw(rng: Random): number {
    const position = rng.uniform() * this.threshold.length;
    const k = position | 0;
    return position - k < this.threshold[k] ? k : this.alias[k];
  }
}

/** Largest number of points `stratified` is asked for at once. */
export const MAX_TRUTH_POINTS = 8192;

/** Scratch for the component numbers of stratified points, shared by all families of a thread. */
export const componentScratch = new Uint16Array(MAX_TRUTH_POINTS);
