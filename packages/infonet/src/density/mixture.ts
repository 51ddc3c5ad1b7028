/** A mixture of bivariate Gaussians on the scale of normal scores: densities, the second variable given the first. */

import { normalDistribution } from "../numerics/normal.js";
import { type Components, exchanged, readComponents } from "./components.js";
import { Cells, Stretches } from "./stretches.js";

/** Terms so far below the largest one, in log, are left out of a sum. */
const NEGLIGIBLE = 20;
/** Deviations from a centre beyond which a distribution function is 0 or 1. */
const FAR = 5.5;

/** What there is to say of a log density at a point: itself, its derivatives by x and by y, and the second ones. */
export const JET_NUMBERS = 5;

/** The law of one variable at some numbers. */
export interface Marginals {
  /** P(X ≤ x). */
  below: Float64Array;
  /** Density. */
  density: Float64Array;
  /** Derivative of the log density. */
  slope: Float64Array;
}

/** Terms of a sum; shared by all mixtures of a thread. */
let terms = new Float64Array(256);

/** A mixture, seen from its first variable. */
export class Mixture {
  readonly components: Components;
  #cells: Cells | undefined;
  #stretches: Stretches | undefined;
  #exchanged: Mixture | undefined;

  constructor(components: Components) {
    this.components = components;
    if (terms.length < components.size) terms = new Float64Array(2 * components.size);
  }

  /** From the numbers that the network gives, see {@link readComponents}. */
  static read(numbers: ArrayLike<number>): Mixture {
    return new Mixture(readComponents(numbers));
  }

  /** The same mixture seen from its second variable. */
  exchanged(): Mixture {
    if (this.#exchanged === undefined) {
      this.#exchanged = new Mixture(exchanged(this.components));
      this.#exchanged.#exchanged = this;
    }
    return this.#exchanged;
  }

  /** Log density. */
  logDensity(x: number, y: number): number {
    this.#cells ??= new Cells(this.components);
    const cell = this.#cells.at(x, y);
    const log = this.#logSum(x, y, cell.list);
    return log > cell.certain ? log : this.#logSum(x, y, this.#cells.all.list);
  }

  #logSum(x: number, y: number, list: Uint16Array): number {
    const most = this.#logTerms(x, y, list);
    let sum = 0;
    for (let i = 0; i < list.length; i++) if (terms[i] > most - NEGLIGIBLE) sum += Math.exp(terms[i] - most);
    return most + Math.log(sum);
  }

  /** Leaves the log densities of the components of a list in `terms`, weights included; returns the largest. */
  #logTerms(x: number, y: number, list: Uint16Array): number {
    const { x: centres, y: others, slope, width, rest, peakX, peakRest } = this.components;
    let most = -Infinity;
    for (let i = 0; i < list.length; i++) {
      const k = list[i];
      const dx = x - centres[k];
      const across = dx / width[k];
      const along = (y - others[k] - slope[k] * dx) / rest[k];
      terms[i] = peakX[k] + peakRest[k] - 0.5 * (across * across + along * along);
      if (terms[i] > most) most = terms[i];
    }
    return most;
  }

  /** Writes down the log density at a point with its derivatives, see {@link JET_NUMBERS}. */
  jet(x: number, y: number, out: Float64Array): void {
    this.#cells ??= new Cells(this.components);
    const cell = this.#cells.at(x, y);
    this.#jetSum(x, y, cell.list, out);
    if (!(out[0] > cell.certain)) this.#jetSum(x, y, this.#cells.all.list, out);
  }

  #jetSum(x: number, y: number, list: Uint16Array, out: Float64Array): void {
    const { x: centres, y: others, slope, width, rest } = this.components;
    const most = this.#logTerms(x, y, list);
    let sum = 0;
    let byX = 0;
    let byY = 0;
    let byXX = 0;
    let byYY = 0;
    for (let i = 0; i < list.length; i++) {
      if (terms[i] <= most - NEGLIGIBLE) continue;
      const share = Math.exp(terms[i] - most);
      const k = list[i];
      const ofWidth = 1 / width[k];
      const ofRest = 1 / rest[k];
      const dx = x - centres[k];
      const tilt = slope[k] * ofRest;
      const ownY = (others[k] + slope[k] * dx - y) * ofRest * ofRest;
      const ownX = -slope[k] * ownY - dx * ofWidth * ofWidth;
      sum += share;
      byX += share * ownX;
      byY += share * ownY;
      byXX += share * (ownX * ownX - tilt * tilt - ofWidth * ofWidth);
      byYY += share * (ownY * ownY - ofRest * ofRest);
    }
    out[0] = most + Math.log(sum);
    out[1] = byX / sum;
    out[2] = byY / sum;
    out[3] = byXX / sum - out[1] * out[1];
    out[4] = byYY / sum - out[2] * out[2];
  }

  /**
   * The law of X at the nodes of a grid.
   *
   * @param first node
   * @param step from node to node
   */
  marginals(first: number, step: number, nodes: number): Marginals {
    const { size, logWeight, x: centres, width, peakX } = this.components;
    const [below, density, slope] = [0, 1, 2].map(() => new Float64Array(nodes));
    // What lies wholly below a node and not below the one before.
    const whole = new Float64Array(nodes + 1);
    for (let k = 0; k < size; k++) {
      const weight = Math.exp(logWeight[k]);
      const deviation = width[k];
      const low = Math.ceil((centres[k] - FAR * deviation - first) / step);
      const high = Math.floor((centres[k] + FAR * deviation - first) / step);
      const from = Math.min(Math.max(low, 0), nodes);
      const end = high >= nodes ? nodes - 1 : high;
      let z = (first + from * step - centres[k]) / deviation;
      const steps = step / deviation;
      const ofDeviation = 1 / deviation;
      // From node to node a Gaussian changes by a factor that itself changes by a constant one.
      let value = Math.exp(peakX[k] - 0.5 * z * z);
      let factor = Math.exp(-steps * (z + 0.5 * steps));
      const bend = Math.exp(-steps * steps);
      for (let node = from; node <= end; node++) {
        below[node] += weight * normalDistribution(z);
        density[node] += value;
        slope[node] -= value * z * ofDeviation;
        z += steps;
        value *= factor;
        factor *= bend;
      }
      whole[from > end ? from : end + 1] += weight;
    }
    let sum = 0;
    for (let node = 0; node < nodes; node++) {
      sum += whole[node];
      below[node] += sum;
      slope[node] /= density[node] || 1;
    }
    return { below, density, slope };
  }

  /** P(Y ≤ y | X = x). */
  below(x: number, y: number): number {
    const { y: others, x: centres, slope, rest } = this.components;
    const list = this.#given(x);
    const total = this.#shares(x, list);
    let below = 0;
    for (let i = 0; i < list.length; i++) {
      const share = terms[i];
      if (share === 0) continue;
      const k = list[i];
      const z = (y - others[k] - slope[k] * (x - centres[k])) / rest[k];
      below += z > FAR ? share : z > -FAR ? share * normalDistribution(z) : 0;
    }
    return below / total;
  }

  /** The y with P(Y ≤ y | X = x) = p, to about 1e-13 of its size. */
  quantile(p: number, x: number): number {
    const { y: others, x: centres, slope, rest, peakRest } = this.components;
    const list = this.#given(x);
    const total = this.#shares(x, list);
    const middles = new Float64Array(list.length);
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < list.length; i++) {
      const k = list[i];
      middles[i] = others[k] + slope[k] * (x - centres[k]);
      if (terms[i] === 0) continue;
      low = Math.min(low, middles[i] - FAR * rest[k]);
      high = Math.max(high, middles[i] + FAR * rest[k]);
    }
    let y = (low + high) / 2;
    for (let step = 0; step < 100; step++) {
      let [below, density] = [0, 0];
      for (let i = 0; i < list.length; i++) {
        const k = list[i];
        const z = (y - middles[i]) / rest[k];
        below += z > FAR ? terms[i] : z > -FAR ? terms[i] * normalDistribution(z) : 0;
        if (z * z < FAR * FAR) density += terms[i] * Math.exp(peakRest[k] - 0.5 * z * z);
      }
      if (below > p * total) high = y;
      else low = y;
      const newton = y - (below - p * total) / density;
      const next = newton > low && newton < high ? newton : (low + high) / 2;
      if (Math.abs(next - y) <= 1e-13 * (1 + Math.abs(y))) break;
      y = next;
    }
    return y;
  }

  /** A point of component k from two standard normal numbers. */
  point(k: number, first: number, second: number): [x: number, y: number] {
    const { x, y, slope, width, rest } = this.components;
    const dx = width[k] * first;
    return [x[k] + dx, y[k] + slope[k] * dx + rest[k] * second];
  }

  /** The components that count where X = x. */
  #given(x: number): Uint16Array {
    this.#stretches ??= new Stretches(this.components);
    return this.#stretches.at(x);
  }

  /** Leaves what the components of a list count for X = x in `terms`, 0 for those that hardly do; returns their sum. */
  #shares(x: number, list: Uint16Array): number {
    const { x: centres, width, peakX } = this.components;
    let most = -Infinity;
    for (let i = 0; i < list.length; i++) {
      const k = list[i];
      const z = (x - centres[k]) / width[k];
      terms[i] = peakX[k] - 0.5 * z * z;
      if (terms[i] > most) most = terms[i];
    }
    let sum = 0;
    for (let i = 0; i < list.length; i++) {
      const log = terms[i] - most;
      terms[i] = log > -NEGLIGIBLE ? Math.exp(log) : 0;
      sum += terms[i];
    }
    return sum;
  }
}
