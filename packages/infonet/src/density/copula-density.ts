/** The copula density that the network speaks in: a mixture of Gaussians with its own marginals divided out. */

import type { Orientation } from "../copula/index.js";
import { logNormalDensity, normalDistribution, normalQuantile } from "../numerics/normal.js";
import { firstAbove } from "../numerics/order.js";
import { stream } from "../numerics/random.js";
import { JET_NUMBERS, Mixture } from "./mixture.js";
import { MixtureTable, TABLE_REACH, tableStep } from "./mixture-table.js";
import { SCORE_NUMBERS, ScoreScale } from "./score-scale.js";

/** Names the random numbers of draws. */
const DRAWS = 211;

/** Points that are not worth a table. */
const FEW = 100;
const CANONICAL: Orientation = { flipU: false, flipV: false, swap: false };

// Space for what is known of one point.
const [x, y] = [new Float64Array(SCORE_NUMBERS), new Float64Array(SCORE_NUMBERS)];
const jet = new Float64Array(JET_NUMBERS);

/** ln c at points, and its derivatives on the plane of normal scores. */
export interface ScoreDerivatives {
  logDensity: Float64Array;
  /** By the score of u, and by that of v. */
  u: Float64Array;
  v: Float64Array;
  /** The second derivative by the score of u, and by that of v. */
  bendU: Float64Array;
  bendV: Float64Array;
}

/**
 * A copula density on the open unit square. Its marginals are uniform and it integrates to one, whatever the mixture is.
 * What is asked at many points at once takes the normal scores Φ⁻¹(u), Φ⁻¹(v) of these, what is asked at one takes u and v
 * themselves, in (0, 1). All is computed on the mixture's own square, whichever way round points are given: exchanging or
 * mirroring variables changes no digit.
 */
export class CopulaDensity {
  readonly #mixture: Mixture;
  readonly #orientation: Orientation;
  readonly #scaleX: ScoreScale;
  readonly #scaleY: ScoreScale;
  /** None if the mixture is too narrow for one; not there until many points are asked for. */
  #table: MixtureTable | "none" | undefined;

  /** @param orientation from the square of the points to that of the mixture */
  constructor(mixture: Mixture, orientation: Orientation = CANONICAL) {
    this.#mixture = mixture;
    this.#orientation = orientation;
    this.#scaleX = new ScoreScale(mixture);
    this.#scaleY = new ScoreScale(mixture.exchanged());
  }

  /** From the numbers that the network gives of the canonical square. */
  static read(numbers: ArrayLike<number>, orientation?: Orientation): CopulaDensity {
    return new CopulaDensity(Mixture.read(numbers), orientation);
  }

  /** ln c at points, nats. */
  logDensities(scoresU: Float64Array, scoresV: Float64Array): Float64Array {
    const [s, t] = this.#there(scoresU, scoresV);
    const [x, y] = [this.#scaleX.values(s), this.#scaleY.values(t)];
    const result = this.#tableFor(s)?.logDensities(x.values, y.values) ?? missing(s.length);
    for (let k = 0; k < result.length; k++) {
      if (Number.isNaN(result[k])) result[k] = this.#mixture.logDensity(x.values[k], y.values[k]);
      result[k] -= logNormalDensity(s[k]) + logNormalDensity(t[k]) - Math.log(x.slopes[k] * y.slopes[k]);
    }
    return result;
  }

  /** P(V ≤ v | U = u) and P(U ≤ u | V = v) at points. */
  conditionals(scoresU: Float64Array, scoresV: Float64Array): { u: Float64Array; v: Float64Array } {
    const [s, t] = this.#there(scoresU, scoresV);
    const [x, y] = [this.#scaleX.values(s).values, this.#scaleY.values(t).values];
    const table = this.#tableFor(s);
    const ofY = table?.yGivenX(x, y) ?? belowAt(this.#mixture, x, y);
    const ofX = table?.xGivenY(x, y) ?? belowAt(this.#mixture.exchanged(), y, x);
    const { flipU, flipV, swap } = this.#orientation;
    const [u, v] = swap ? [ofY, ofX] : [ofX, ofY];
    if (flipU) oneLess(u);
    if (flipV) oneLess(v);
    return { u, v };
  }

  /** ln c at points and its derivatives by the normal scores of u and v. */
  derivatives(scoresU: Float64Array, scoresV: Float64Array): ScoreDerivatives {
    const [s, t] = this.#there(scoresU, scoresV);
    const n = s.length;
    const [log, byX, byY, bendX, bendY] = [0, 1, 2, 3, 4].map(() => new Float64Array(n));
    const table = this.#tableFor(s);
    for (let k = 0; k < n; k++) {
      this.#scaleX.at(s[k], x);
      this.#scaleY.at(t[k], y);
      if (!table?.jet(x[0], y[0], jet)) this.#mixture.jet(x[0], y[0], jet);
      const slopeX = x[1];
      const slopeY = y[1];
      log[k] = jet[0] - (logNormalDensity(s[k]) + logNormalDensity(t[k]) - Math.log(slopeX * slopeY));
      const a = jet[1] - x[3];
      const b = jet[2] - y[3];
      byX[k] = a * slopeX;
      byY[k] = b * slopeY;
      bendX[k] = (jet[3] * slopeX - x[4]) * slopeX + a * x[2];
      bendY[k] = (jet[4] * slopeY - y[4]) * slopeY + b * y[2];
    }
    const { flipU, flipV, swap } = this.#orientation;
    const [u, v] = swap ? [byY, byX] : [byX, byY];
    const [bendU, bendV] = swap ? [bendY, bendX] : [bendX, bendY];
    if (flipU) negate(u);
    if (flipV) negate(v);
    return { logDensity: log, u, v, bendU, bendV };
  }

  /** The table to ask at some points, if they are many and the mixture is wide enough for one. */
  #tableFor({ length }: Float64Array): MixtureTable | undefined {
    if (length < FEW) return undefined;
    if (this.#table === undefined) {
      const { components } = this.#mixture;
      const inside = [this.#scaleX, this.#scaleY].every((scale) => scale.within(TABLE_REACH));
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

  /** P(U ≤ u | V = v) and P(V ≤ v | U = u). */
  conditional(u: number, v: number): { u: number; v: number } {
    const { u: ofU, v: ofV } = this.conditionals(...scoresOf(u, v));
    return { u: ofU[0], v: ofV[0] };
  }

  /** P(V ≤ v | U = u). */
  vGivenU(v: number, u: number): number {
    return this.conditional(u, v).v;
  }

  /** P(U ≤ u | V = v). */
  uGivenV(u: number, v: number): number {
    return this.conditional(u, v).u;
  }

  /** The v with P(V ≤ v | U = u) = p. */
  quantile(p: number, u: number): number {
    const { flipU, flipV, swap } = this.#orientation;
    const [mixture, given, wanted] = swap
      ? [this.#mixture.exchanged(), this.#scaleY, this.#scaleX]
      : [this.#mixture, this.#scaleX, this.#scaleY];
    const score = normalQuantile(u);
    const at = given.values(Float64Array.of(flipU ? -score : score)).values[0];
    const v = normalDistribution(wanted.scoreOf(mixture.quantile(flipV ? 1 - p : p, at)));
    return flipV ? 1 - v : v;
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
    const [a, b] = [new Float64Array(n), new Float64Array(n)];
    for (let i = 0; i < n; i++) {
      const component = Math.min(firstAbove(ends, uniform() * ends[last]), last);
      const [x, y] = this.#mixture.point(component, normal(), normal());
      a[i] = normalDistribution(this.#scaleX.scoreOf(x));
      b[i] = normalDistribution(this.#scaleY.scoreOf(y));
    }
    const { flipU, flipV, swap } = this.#orientation;
    const [u, v] = swap ? [b, a] : [a, b];
    if (flipU) oneLess(u);
    if (flipV) oneLess(v);
    return { u, v };
  }

  /** Scores of points on the mixture's own square. */
  #there(scoresU: Float64Array, scoresV: Float64Array): [Float64Array, Float64Array] {
    const { flipU, flipV, swap } = this.#orientation;
    const u = flipU ? negate(scoresU.slice()) : scoresU;
    const v = flipV ? negate(scoresV.slice()) : scoresV;
    return swap ? [v, u] : [u, v];
  }
}

const missing = (length: number): Float64Array => new Float64Array(length).fill(Number.NaN);

const scoresOf = (u: number, v: number): [Float64Array, Float64Array] => [
  Float64Array.of(normalQuantile(u)),
  Float64Array.of(normalQuantile(v)),
];

/** Changes the signs in place. */
function negate(values: Float64Array): Float64Array {
  for (let k = 0; k < values.length; k++) values[k] = -values[k];
  return values;
}

/** Changes shares into those that are left, in place. */
function oneLess(shares: Float64Array): void {
  for (let k = 0; k < shares.length; k++) shares[k] = 1 - shares[k];
}

/** The distribution function of the second variable given the first, at points. */
function belowAt(mixture: Mixture, x: Float64Array, y: Float64Array): Float64Array {
  const result = new Float64Array(x.length);
  for (let k = 0; k < x.length; k++) result[k] = mixture.below(x[k], y[k]);
  return result;
}
