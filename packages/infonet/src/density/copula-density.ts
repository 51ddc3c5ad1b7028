/** The copula density that the network speaks in: a mixture of Gaussians with its own marginals divided out. */

import type { Orientation } from "../copula/index.js";
import { logNormalDensity, normalDistribution, normalQuantile } from "../numerics/normal.js";
import { firstAbove } from "../numerics/order.js";
import { stream } from "../numerics/random.js";
import { Mixture } from "./mixture.js";
import { MixtureTable, TABLE_REACH, tableStep } from "./mixture-table.js";
import { ScoreScale } from "./score-scale.js";

/** Names the random numbers of draws. */
const DRAWS = 211;

/** Points that are not worth a table. */
const FEW = 100;
/** Points of the unit square, seen from one axis: where they are in the mixture, and how fast that changes with the score. */
interface Along {
  values: Float64Array;
  slopes: Float64Array;
}

/**
 * A copula density on the open unit square. Its marginals are uniform and it integrates to one, whatever the mixture is.
 * What is asked at many points at once takes the normal scores Φ⁻¹(u), Φ⁻¹(v) of these, what is asked at one takes u and v
 * themselves, in (0, 1).
 */
export class CopulaDensity {
  readonly #mixture: Mixture;
  readonly #scaleU: ScoreScale;
  readonly #scaleV: ScoreScale;
  /** None if the mixture is too narrow for one; not there until many points are asked for. */
  #table: MixtureTable | "none" | undefined;

  constructor(mixture: Mixture) {
    this.#mixture = mixture;
    this.#scaleU = new ScoreScale(mixture);
    this.#scaleV = new ScoreScale(mixture.exchanged());
  }

  /**
   * From the numbers that the network gives of the canonical square.
   *
   * @param orientation that the square was brought to it by; it is taken back
   */
  static read(numbers: ArrayLike<number>, { flipU, flipV, swap }: Orientation): CopulaDensity {
    const canonical = Mixture.read(numbers);
    return new CopulaDensity((swap ? canonical.exchanged() : canonical).mirrored(flipU, flipV));
  }

  /** ln c at points, nats. */
  logDensities(scoresU: Float64Array, scoresV: Float64Array): Float64Array {
    return this.#logDensities(scoresU, scoresV, this.#scaleU.values(scoresU), this.#scaleV.values(scoresV));
  }

  #logDensities(scoresU: Float64Array, scoresV: Float64Array, x: Along, y: Along): Float64Array {
    const result = this.#tableFor(x.values)?.logDensities(x.values, y.values) ?? missing(x.values.length);
    for (let k = 0; k < result.length; k++) {
      if (Number.isNaN(result[k])) result[k] = this.#mixture.logDensity(x.values[k], y.values[k]);
      const marginals =
        logNormalDensity(scoresU[k]) + logNormalDensity(scoresV[k]) - Math.log(x.slopes[k] * y.slopes[k]);
      result[k] -= marginals;
    }
    return result;
  }

  /** P(V ≤ v | U = u) and P(U ≤ u | V = v) at points. */
  conditionals(scoresU: Float64Array, scoresV: Float64Array): { u: Float64Array; v: Float64Array } {
    const x = this.#scaleU.values(scoresU).values;
    const y = this.#scaleV.values(scoresV).values;
    const table = this.#tableFor(x);
    if (table) return { v: table.yGivenX(x, y), u: table.xGivenY(x, y) };
    return { v: belowAt(this.#mixture, x, y), u: belowAt(this.#mixture.exchanged(), y, x) };
  }

  /** Derivatives of ln c by u and by v at points. */
  slopes(scoresU: Float64Array, scoresV: Float64Array): { u: Float64Array; v: Float64Array } {
    const [x, y] = [this.#scaleU.values(scoresU), this.#scaleV.values(scoresV)];
    const nothing = missing(x.values.length);
    const { byX, byY } = this.#tableFor(x.values)?.slopes(x.values, y.values) ?? {
      byX: nothing,
      byY: nothing.slice(),
    };
    const [pullU, pullV] = [this.#scaleU.pulls(scoresU), this.#scaleV.pulls(scoresV)];
    for (let k = 0; k < byX.length; k++) {
      if (Number.isNaN(byX[k])) [byX[k], byY[k]] = this.#mixture.slopes(x.values[k], y.values[k]);
      byX[k] = (byX[k] - pullU[k]) * x.slopes[k] * Math.exp(-logNormalDensity(scoresU[k]));
      byY[k] = (byY[k] - pullV[k]) * y.slopes[k] * Math.exp(-logNormalDensity(scoresV[k]));
    }
    return { u: byX, v: byY };
  }

  /** The table to ask at some points, if they are many and there can be one. */
  #tableFor({ length }: Float64Array): MixtureTable | undefined {
    if (length < FEW) return undefined;
    if (this.#table === undefined) {
      const { components } = this.#mixture;
      const inside = [this.#scaleU, this.#scaleV].every((scale) => scale.within(TABLE_REACH));
      const step = inside ? tableStep(components, this.#mixture.exchanged().components) : undefined;
      this.#table = step === undefined ? "none" : new MixtureTable(components, step);
    }
    return this.#table === "none" ? undefined : this.#table;
  }

  /** ln c at the centres of size × size cells, row v, column u, nats. */
  table(size: number): Float32Array {
    const scores = Float64Array.from({ length: size }, (_, k) => normalQuantile((k + 0.5) / size));
    const points = { u: new Float64Array(size * size), v: new Float64Array(size * size) };
    for (let at = 0; at < size * size; at++) {
      points.u[at] = scores[at % size];
      points.v[at] = scores[Math.floor(at / size)];
    }
    return Float32Array.from(this.logDensities(points.u, points.v));
  }

  /** ln c(u, v), nats. */
  logDensity(u: number, v: number): number {
    return this.logDensities(...scoresOf(u, v))[0];
  }

  /** P(V ≤ v | U = u). */
  vGivenU(v: number, u: number): number {
    return this.conditionals(...scoresOf(u, v)).v[0];
  }

  /** P(U ≤ u | V = v). */
  uGivenV(u: number, v: number): number {
    return this.conditionals(...scoresOf(u, v)).u[0];
  }

  /** The v with P(V ≤ v | U = u) = p. */
  quantile(p: number, u: number): number {
    const x = this.#scaleU.values(Float64Array.of(normalQuantile(u))).values[0];
    return normalDistribution(this.#scaleV.scoreOf(this.#mixture.quantile(p, x)));
  }

  /**
   * Independent draws.
   *
   * @param seed of the random numbers
   * @returns u and v, of length n each
   */
  sample(n: number, seed: number): { u: Float64Array; v: Float64Array } {
    const { uniform, normal } = stream(seed, DRAWS);
    const ends = this.#mixture.components.logWeight.map(Math.exp);
    for (let k = 1; k < ends.length; k++) ends[k] += ends[k - 1];
    const last = ends.length - 1;
    const [u, v] = [new Float64Array(n), new Float64Array(n)];
    for (let i = 0; i < n; i++) {
      const component = Math.min(firstAbove(ends, uniform() * ends[last]), last);
      const [x, y] = this.#mixture.point(component, normal(), normal());
      u[i] = normalDistribution(this.#scaleU.scoreOf(x));
      v[i] = normalDistribution(this.#scaleV.scoreOf(y));
    }
    return { u, v };
  }
}

const missing = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

const scoresOf = (u: number, v: number): [Float64Array, Float64Array] => [
  Float64Array.of(normalQuantile(u)),
  Float64Array.of(normalQuantile(v)),
];

/** The distribution function of the second variable given the first, at points. */
function belowAt(mixture: Mixture, x: Float64Array, y: Float64Array): Float64Array {
  const result = new Float64Array(x.length);
  for (let k = 0; k < x.length; k++) result[k] = mixture.below(x[k], y[k]);
  return result;
}
