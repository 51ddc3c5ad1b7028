/**
 * A smooth mixture as tables over a grid: for many points they cost less than the exact sums. The joint density at the nodes;
 * its running sums along one variable, with the correction of Euler and Maclaurin, which are the distribution functions given
 * the other one; its logarithm. Between nodes: cubic through four of them (Lagrange), and along a distribution function, whose
 * slopes are known, cubic by these (Hermite).
 */

import type { Components } from "./components.js";

const FARTHEST = 4.5;
/** Distance from the middle within which nearly all of a mixture must lie. */
export const TABLE_REACH = 4.3;
/** Deviations from a centre beyond which a density is nothing. */
const REACH = 4.2;
/** Components of less weight are left out, in log. */
const LIGHT = -9.5;

/** Steps of grids. */
const STEPS = [1 / 4, 1 / 8, 1 / 16];
/** How many steps must go into a component's deviation. */
const STEPS_A_DEVIATION = 0.8;
/** Components of less weight do not count when the step is chosen, in log. */
const SLIGHT = -7;

/**
 * The step that serves the narrowest of the components that count.
 *
 * @param seen the same mixture from either variable
 * @returns undefined if they are too narrow for any
 */
export function tableStep(...seen: readonly Components[]): number | undefined {
  let narrowest = Infinity;
  for (const { size, logWeight, rest } of seen) {
    for (let k = 0; k < size; k++) if (logWeight[k] > SLIGHT && rest[k] < narrowest) narrowest = rest[k];
  }
  return STEPS.find((step) => STEPS_A_DEVIATION * step <= narrowest);
}

/** Distribution functions of one variable given the other one, node by node of the other one. */
interface Family {
  below: Float64Array;
  /** Densities, per step of the grid. */
  slope: Float64Array;
}

/** Lagrange's weights of four nodes at 0 … 1 between the second and the third. */
function cubicWeights(t: number, out: Float64Array): void {
  const a = t + 1;
  const b = t - 1;
  const c = t - 2;
  out[0] = (-t * b * c) / 6;
  out[1] = (a * b * c) / 2;
  out[2] = (-a * t * c) / 2;
  out[3] = (a * t * b) / 6;
}

/** Their derivatives. */
function cubicSlopes(t: number, out: Float64Array): void {
  out[0] = (-3 * t * t + 6 * t - 2) / 6;
  out[1] = (3 * t * t - 4 * t - 1) / 2;
  out[2] = (-3 * t * t + 2 * t + 2) / 2;
  out[3] = (3 * t * t - 1) / 6;
}

/** Their second derivatives. */
function cubicBends(t: number, out: Float64Array): void {
  out[0] = 1 - t;
  out[1] = 3 * t - 2;
  out[2] = 1 - 3 * t;
  out[3] = t;
}

// Space for the weights of one point.
const [along, across, alongSlope, acrossSlope, alongBend, acrossBend] = [0, 1, 2, 3, 4, 5].map(
  () => new Float64Array(4),
);

/** Where a node near a point has a log density below this, the table does not tell that of the point. */
const LEAST_LOG = -9.5;

/** The tables of a mixture. */
export class MixtureTable {
  readonly #step: number;
  readonly #nodes: number;
  readonly #joint: Float64Array;
  #log: Float64Array | undefined;
  #yGivenX: Family | undefined;
  #xGivenY: Family | undefined;

  /** @param step of the grid, see {@link tableStep} */
  constructor(components: Components, step: number) {
    this.#step = step;
    this.#nodes = Math.round((2 * FARTHEST) / step) + 1;
    this.#joint = this.#density(components);
  }

  /** P(Y ≤ y | X = x) at points. */
  yGivenX(x: Float64Array, y: Float64Array): Float64Array {
    this.#yGivenX ??= this.#family(this.#nodes, 1);
    return this.#belowAt(this.#yGivenX, y, x);
  }

  /** P(X ≤ x | Y = y) at points. */
  xGivenY(x: Float64Array, y: Float64Array): Float64Array {
    this.#xGivenY ??= this.#family(1, this.#nodes);
    return this.#belowAt(this.#xGivenY, x, y);
  }

  /** Log densities at points; NaN where the table does not tell them. */
  logDensities(x: Float64Array, y: Float64Array): Float64Array {
    const [log, nodes] = [this.#logs(), this.#nodes];
    const result = new Float64Array(x.length);
    for (let k = 0; k < x.length; k++) {
      const at = this.#square(x[k], y[k]);
      let sum = 0;
      let least = Infinity;
      for (let i = 0; i < 4; i++) {
        const row = at + i * nodes;
        let value = 0;
        for (let j = 0; j < 4; j++) {
          const node = log[row + j];
          value += along[j] * node;
          if (node < least) least = node;
        }
        sum += across[i] * value;
      }
      result[k] = least > LEAST_LOG && this.#inside(x[k], y[k]) ? sum : Number.NaN;
    }
    return result;
  }

  /** Writes down the log density at a point with its derivatives as a mixture does; returns whether the table tells them. */
  jet(x: number, y: number, out: Float64Array): boolean {
    if (!this.#inside(x, y)) return false;
    const log = this.#logs();
    const nodes = this.#nodes;
    const step = this.#step;
    const at = this.#square(x, y);
    let least = Infinity;
    let sum = 0;
    let slopeX = 0;
    let slopeY = 0;
    let bendX = 0;
    let bendY = 0;
    for (let i = 0; i < 4; i++) {
      const row = at + i * nodes;
      // Along y first, and then across.
      let value = 0;
      let slope = 0;
      let bend = 0;
      for (let j = 0; j < 4; j++) {
        const node = log[row + j];
        value += along[j] * node;
        slope += alongSlope[j] * node;
        bend += alongBend[j] * node;
        if (node < least) least = node;
      }
      sum += across[i] * value;
      slopeX += acrossSlope[i] * value;
      bendX += acrossBend[i] * value;
      slopeY += across[i] * slope;
      bendY += across[i] * bend;
    }
    out[0] = sum;
    out[1] = slopeX / step;
    out[2] = slopeY / step;
    out[3] = bendX / (step * step);
    out[4] = bendY / (step * step);
    return least > LEAST_LOG;
  }

  /** Leaves the weights of the four by four nodes about a point; returns the place of the first. */
  #square(x: number, y: number): number {
    const i = this.#weigh(x, across, acrossSlope, acrossBend);
    return i * this.#nodes + this.#weigh(y, along, alongSlope, alongBend);
  }

  #weigh(value: number, weights: Float64Array, slopes: Float64Array, bends: Float64Array): number {
    const place = (value + FARTHEST) / this.#step;
    const node = Math.min(Math.max(Math.floor(place), 1), this.#nodes - 3);
    cubicWeights(place - node, weights);
    cubicSlopes(place - node, slopes);
    cubicBends(place - node, bends);
    return node - 1;
  }

  #inside(x: number, y: number): boolean {
    const end = FARTHEST - this.#step;
    return x > -end && x < end && y > -end && y < end;
  }

  #logs(): Float64Array {
    if (this.#log === undefined) {
      this.#log = new Float64Array(this.#joint.length);
      for (let k = 0; k < this.#log.length; k++) this.#log[k] = Math.log(Math.max(this.#joint[k], 1e-300));
    }
    return this.#log;
  }

  /** The joint density at the nodes, x after x. */
  #density({ size, logWeight, x, y, slope, width, rest, peakX, peakRest }: Components): Float64Array {
    const [step, nodes] = [this.#step, this.#nodes];
    const joint = new Float64Array(nodes * nodes);
    for (let k = 0; k < size; k++) {
      if (logWeight[k] < LIGHT) continue;
      const end = Math.min(nodes - 1, Math.floor((x[k] + REACH * width[k] + FARTHEST) / step));
      const steps = step / rest[k];
      const bend = Math.exp(-steps * steps);
      for (let i = Math.max(0, Math.ceil((x[k] - REACH * width[k] + FARTHEST) / step)); i <= end; i++) {
        const dx = i * step - FARTHEST - x[k];
        const over = dx / width[k];
        const middle = y[k] + slope[k] * dx;
        const top = Math.min(nodes - 1, Math.floor((middle + REACH * rest[k] + FARTHEST) / step));
        let j = Math.max(0, Math.ceil((middle - REACH * rest[k] + FARTHEST) / step));
        if (j > top) continue;
        const z = (j * step - FARTHEST - middle) / rest[k];
        // From node to node a Gaussian changes by a factor that itself changes by a constant one.
        let value = Math.exp(peakX[k] + peakRest[k] - 0.5 * (over * over + z * z));
        let factor = Math.exp(-steps * (z + 0.5 * steps));
        for (const row = i * nodes; j <= top; j++) {
          joint[row + j] += value;
          value *= factor;
          factor *= bend;
        }
      }
    }
    return joint;
  }

  /**
   * @param between distance in the joint table between nodes of the variable that is given
   * @param next between those of the other one
   */
  #family(between: number, next: number): Family {
    const [nodes, joint] = [this.#nodes, this.#joint];
    const below = new Float64Array(nodes * nodes);
    const slope = new Float64Array(nodes * nodes);
    for (let given = 0; given < nodes; given++) {
      const from = given * between;
      const row = given * nodes;
      let sum = 0;
      let before = 0;
      let here = joint[from];
      for (let j = 0; j < nodes; j++) {
        const after = j + 1 < nodes ? joint[from + (j + 1) * next] : 0;
        below[row + j] = sum + 0.5 * here - (after - before) / 24;
        slope[row + j] = here;
        sum += here;
        before = here;
        here = after;
      }
      const scale = sum > 0 ? 1 / sum : 0;
      for (let j = 0; j < nodes; j++) {
        below[row + j] *= scale;
        slope[row + j] *= scale;
      }
    }
    return { below, slope };
  }

  #belowAt({ below, slope }: Family, values: Float64Array, given: Float64Array): Float64Array {
    const [step, nodes] = [this.#step, this.#nodes];
    const result = new Float64Array(values.length);
    for (let k = 0; k < values.length; k++) {
      // Beyond the grid the outermost law is as good as any.
      const first = this.#weigh(
        Math.min(Math.max(given[k], -MOST_GIVEN), MOST_GIVEN),
        across,
        acrossSlope,
        acrossBend,
      );
      const q = Math.min(Math.max((values[k] + FARTHEST) / step, 0), nodes - 1);
      const j = Math.min(Math.floor(q), nodes - 2);
      const f = q - j;
      const rise = f * f * (3 - 2 * f);
      const [a, b] = [f * (1 - f) * (1 - f), f * f * (f - 1)];
      let sum = 0;
      for (let node = 0; node < 4; node++) {
        const at = (first + node) * nodes + j;
        sum +=
          across[node] * (below[at] + rise * (below[at + 1] - below[at]) + a * slope[at] + b * slope[at + 1]);
      }
      result[k] = Math.min(1, Math.max(0, sum));
    }
    return result;
  }
}

/** Largest distance from the middle at which a variable is taken as given. */
const MOST_GIVEN = 4;
