/**
 * A mixture of bivariate Gaussians on the scale of normal scores, component by component as its first variable and the
 * regression of the second one on it: densities, the second variable given the first.
 */

import { logNormalDensity, normalDistribution } from "../numerics/normal.js";

/** Numbers a component is given by, in this order. */
export const COMPONENT_NUMBERS = 6;

/** Components whose share is below this are left out: e⁻¹⁴ is a millionth. */
const LEAST_LOG_WEIGHT = -14;
/** Terms so far below the largest one, in log, are left out of a sum. */
const NEGLIGIBLE = 20;

/** The components' numbers, one array each. */
interface Components {
  /** Logarithms of the weights, which sum to one. */
  logWeight: Float64Array;
  /** Centres. */
  x: Float64Array;
  y: Float64Array;
  /** Regression slope of y on x. */
  slope: Float64Array;
  /** Deviation of x, and of y given x. */
  width: Float64Array;
  rest: Float64Array;
}

/** Logarithms of the terms of a sum, and the terms; shared by all mixtures of a thread. */
let terms = new Float64Array(256);

/** A mixture, seen from its first variable. */
export class Mixture {
  readonly size: number;
  readonly #components: Components;
  /** ln of the constant factor of a component's density along x, and of that of y given x. */
  readonly #logX: Float64Array;
  readonly #logRest: Float64Array;
  #exchanged: Mixture | undefined;

  constructor(components: Components) {
    const { logWeight, width, rest } = components;
    this.size = logWeight.length;
    this.#components = components;
    const log = logNormalDensity(0);
    this.#logX = logWeight.map((value, k) => value - Math.log(width[k]) + log);
    this.#logRest = rest.map((value) => log - Math.log(value));
    if (terms.length < this.size) terms = new Float64Array(2 * this.size);
  }

  /**
   * From the numbers that the network gives: for every component logarithm of its weight, x, y, slope, and the logarithms
   * of width and rest.
   */
  static read(numbers: ArrayLike<number>): Mixture {
    const places: number[] = [];
    let kept = 0;
    for (let at = 0; at < numbers.length; at += COMPONENT_NUMBERS) {
      if (numbers[at] < LEAST_LOG_WEIGHT) continue;
      places.push(at);
      kept += Math.exp(numbers[at]);
    }
    const column = (k: number, of: (value: number) => number): Float64Array =>
      Float64Array.from(places, (at) => of(numbers[at + k]));
    const same = (value: number): number => value;
    return new Mixture({
      logWeight: column(0, (value) => value - Math.log(kept)),
      x: column(1, same),
      y: column(2, same),
      slope: column(3, same),
      width: column(4, Math.exp),
      rest: column(5, Math.exp),
    });
  }

  /** The same mixture seen from its second variable. */
  exchanged(): Mixture {
    if (this.#exchanged === undefined) {
      const { logWeight, x, y, slope, width, rest } = this.#components;
      const deviation = slope.map((value, k) => Math.hypot(value * width[k], rest[k]));
      this.#exchanged = new Mixture({
        logWeight,
        x: y,
        y: x,
        slope: slope.map((value, k) => value * (width[k] / deviation[k]) ** 2),
        width: deviation,
        rest: rest.map((value, k) => (value * width[k]) / deviation[k]),
      });
      this.#exchanged.#exchanged = this;
    }
    return this.#exchanged;
  }

  /** The mixture of x and y mirrored about zero, if asked for. */
  mirrored(x: boolean, y: boolean): Mixture {
    if (!x && !y) return this;
    const { logWeight, width, rest, ...centres } = this.#components;
    const turned = (values: Float64Array, turn: boolean) => (turn ? values.map((value) => -value) : values);
    return new Mixture({
      logWeight,
      width,
      rest,
      x: turned(centres.x, x),
      y: turned(centres.y, y),
      slope: turned(centres.slope, x !== y),
    });
  }

  /** Log density. */
  logDensity(x: number, y: number): number {
    const { x: centres, y: others, slope, width, rest } = this.#components;
    let most = -Infinity;
    for (let k = 0; k < this.size; k++) {
      const dx = x - centres[k];
      const across = dx / width[k];
      const along = (y - others[k] - slope[k] * dx) / rest[k];
      const term = this.#logX[k] + this.#logRest[k] - 0.5 * (across * across + along * along);
      terms[k] = term;
      if (term > most) most = term;
    }
    return most + Math.log(sumOfTerms(this.size, most));
  }

  /** P(X ≤ x), and the density there. */
  marginal(x: number): { below: number; density: number } {
    const { logWeight, x: centres, width } = this.#components;
    let [below, density] = [0, 0];
    for (let k = 0; k < this.size; k++) {
      const z = (x - centres[k]) / width[k];
      const weight = Math.exp(logWeight[k]);
      below += weight * normalDistribution(z);
      if (z * z < 2 * NEGLIGIBLE) density += Math.exp(this.#logX[k] - 0.5 * z * z);
    }
    return { below, density };
  }

  /** P(Y ≤ y | X = x), and the conditional density there. */
  conditional(x: number, y: number): { below: number; density: number } {
    const { y: others, x: centres, slope, rest } = this.#components;
    const total = this.#shares(x);
    let [below, density] = [0, 0];
    for (let k = 0; k < this.size; k++) {
      if (terms[k] === 0) continue;
      const z = (y - others[k] - slope[k] * (x - centres[k])) / rest[k];
      below += terms[k] * normalDistribution(z);
      if (z * z < 2 * NEGLIGIBLE) density += terms[k] * Math.exp(this.#logRest[k] - 0.5 * z * z);
    }
    return { below: below / total, density: density / total };
  }

  /** Where Y of X = x lies but for a share of less than e⁻²⁰ on either side. */
  reach(x: number): [low: number, high: number] {
    const { y: others, x: centres, slope, rest } = this.#components;
    this.#shares(x);
    let [low, high] = [Infinity, -Infinity];
    const deviations = Math.sqrt(2 * NEGLIGIBLE);
    for (let k = 0; k < this.size; k++) {
      if (terms[k] === 0) continue;
      const middle = others[k] + slope[k] * (x - centres[k]);
      low = Math.min(low, middle - deviations * rest[k]);
      high = Math.max(high, middle + deviations * rest[k]);
    }
    return [low, high];
  }

  /** A point of component k from two standard normal numbers. */
  point(k: number, first: number, second: number): [x: number, y: number] {
    const { x, y, slope, width, rest } = this.#components;
    const dx = width[k] * first;
    return [x[k] + dx, y[k] + slope[k] * dx + rest[k] * second];
  }

  /** The weights. */
  weights(): Float64Array {
    return this.#components.logWeight.map(Math.exp);
  }

  /** Leaves what the components count for X = x in `terms`, 0 for those that hardly do; returns their sum. */
  #shares(x: number): number {
    const { x: centres, width } = this.#components;
    let most = -Infinity;
    for (let k = 0; k < this.size; k++) {
      const z = (x - centres[k]) / width[k];
      terms[k] = this.#logX[k] - 0.5 * z * z;
      if (terms[k] > most) most = terms[k];
    }
    return sumOfTerms(this.size, most);
  }
}

/** Turns logarithms into terms in units of the largest, the negligible ones into 0; returns their sum. */
function sumOfTerms(size: number, most: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) {
    const below = terms[k] - most;
    terms[k] = below > -NEGLIGIBLE ? Math.exp(below) : 0;
    sum += terms[k];
  }
  return sum;
}
