/** The copula density that the network speaks in: a mixture of Gaussians with its own marginals divided out. */

import { logNormalDensity, normalDistribution, normalQuantile } from "../numerics/normal.js";
import { stream } from "../numerics/random.js";
import type { Mixture } from "./mixture.js";
import { ScoreScale } from "./score-scale.js";

/** Names the random numbers of draws. */
const DRAWS = 211;

/**
 * A copula density on the open unit square. Its marginals are uniform and it integrates to one, whatever the mixture is.
 * All points are pairs of numbers in (0, 1).
 */
export class CopulaDensity {
  readonly #mixture: Mixture;
  readonly #scaleU: ScoreScale;
  readonly #scaleV: ScoreScale;

  constructor(mixture: Mixture) {
    this.#mixture = mixture;
    this.#scaleU = new ScoreScale(mixture);
    this.#scaleV = new ScoreScale(mixture.exchanged());
  }

  /** ln c(u, v), nats. */
  logDensity(u: number, v: number): number {
    const [s, t] = [normalQuantile(u), normalQuantile(v)];
    const x = this.#scaleU.valueOf(s);
    const y = this.#scaleV.valueOf(t);
    const marginals = logNormalDensity(s) + Math.log(x.slope) + logNormalDensity(t) + Math.log(y.slope);
    return this.#mixture.logDensity(x.value, y.value) - marginals;
  }

  /** P(V ≤ v | U = u). */
  vGivenU(v: number, u: number): number {
    return this.#mixture.conditional(this.#x(u), this.#y(v)).below;
  }

  /** P(U ≤ u | V = v). */
  uGivenV(u: number, v: number): number {
    return this.#mixture.exchanged().conditional(this.#y(v), this.#x(u)).below;
  }

  /** The v with P(V ≤ v | U = u) = p. */
  quantile(p: number, u: number): number {
    const x = this.#x(u);
    let [low, high] = this.#mixture.reach(x);
    let y = (low + high) / 2;
    for (let step = 0; step < 100; step++) {
      const { below, density } = this.#mixture.conditional(x, y);
      if (below > p) high = y;
      else low = y;
      const newton = y - (below - p) / density;
      const next = newton > low && newton < high ? newton : (low + high) / 2;
      if (Math.abs(next - y) <= 1e-13 * (1 + Math.abs(y))) break;
      y = next;
    }
    return normalDistribution(this.#scaleV.scoreOf(y));
  }

  /**
   * Independent draws.
   *
   * @param seed of the random numbers
   * @returns u and v, of length n each
   */
  sample(n: number, seed: number): { u: Float64Array; v: Float64Array } {
    const { uniform, normal } = stream(seed, DRAWS);
    const ends = this.#mixture.weights();
    for (let k = 1; k < ends.length; k++) ends[k] += ends[k - 1];
    const [u, v] = [new Float64Array(n), new Float64Array(n)];
    for (let i = 0; i < n; i++) {
      const place = uniform() * ends[ends.length - 1];
      const [x, y] = this.#mixture.point(firstAbove(ends, place), normal(), normal());
      u[i] = normalDistribution(this.#scaleU.scoreOf(x));
      v[i] = normalDistribution(this.#scaleV.scoreOf(y));
    }
    return { u, v };
  }

  #x(u: number): number {
    return this.#scaleU.valueOf(normalQuantile(u)).value;
  }

  #y(v: number): number {
    return this.#scaleV.valueOf(normalQuantile(v)).value;
  }
}

/** The first of ascending numbers that is above another. */
function firstAbove(ascending: Float64Array, number: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > number) high = middle;
    else low = middle + 1;
  }
  return low;
}
