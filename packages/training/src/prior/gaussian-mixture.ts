/** Mixtures of bivariate Gaussians with exact density and marginals. */

import {
  AliasTable,
  componentScratch,
  type Distribution,
  type NormalScores,
  shiftedLattice,
  systematic,
} from "./distribution.js";
import { expNegative } from "./exp.js";
import { normalQuantile, normalTail } from "./normal.js";
import type { Random } from "./random.js";

/**
 * One component: X = mx + sx·z₁, Y = my + slope·sx·z₁ + rest·z₂. The residual deviation is a parameter of
 * its own, so nothing cancels however close to deterministic the component is.
 */
interface Component {
  weight: number;
  mx: number;
  my: number;
  /** Standard deviation of X. */
  sx: number;
  /** Regression slope of Y on X. */
  slope: number;
  /** Standard deviation of Y given X. */
  rest: number;
}

// Constants of a component in the density loop, side by side.
const STRIDE = 10;
const MX = 0;
const INV_SX = 1;
const LOG_X = 2;
const SLOPE = 3;
const INTERCEPT = 4;
const INV_REST = 5;
const LOG_REST = 6;
const MY = 7;
const INV_SY = 8;
const LOG_Y = 9;

// Terms this far below the largest one (in log) are left out: 4e-11 of it each.
const NEGLIGIBLE = 24;

const MAX_COMPONENTS = 128;
const joint = new Float64Array(MAX_COMPONENTS);
const alongX = new Float64Array(MAX_COMPONENTS);
const alongY = new Float64Array(MAX_COMPONENTS);

function sumExp(logs: Float64Array, size: number, max: number): number {
  const floor = max - NEGLIGIBLE;
  let sum = 0;
  for (let k = 0; k < size; k++) {
    const t = logs[k];
    if (t > floor) sum += expNegative(t - max);
  }
  return sum;
}

/** A Gaussian mixture; add components, then {@link GaussianMixture.finish}. */
export class GaussianMixture implements Distribution {
  kind: string;
  mi?: number;
  private readonly components: Component[] = [];
  private weights = new Float64Array(0);
  private constants = new Float64Array(0);
  private alias?: AliasTable;

  constructor(kind: string) {
    this.kind = kind;
  }

  get terms(): number {
    return this.components.length;
  }

  /** Adds a component by the standard deviation of X, the slope of Y on X and the residual deviation. */
  add(weight: number, mx: number, my: number, sx: number, slope: number, rest: number): this {
    this.components.push({ weight, mx, my, sx, slope, rest });
    return this;
  }

  /** Adds a component by its covariance matrix. */
  addCovariance(weight: number, mx: number, my: number, xx: number, xy: number, yy: number): this {
    return this.add(
      weight,
      mx,
      my,
      Math.sqrt(xx),
      xy / xx,
      Math.sqrt(Math.max(yy - (xy * xy) / xx, 1e-12 * yy)),
    );
  }

  /** Adds a component by the direction (cos, sin) of its first axis and the deviations along both axes. */
  addAxes(
    weight: number,
    mx: number,
    my: number,
    cos: number,
    sin: number,
    long: number,
    short: number,
  ): this {
    const xx = long * long * cos * cos + short * short * sin * sin;
    const xy = (long * long - short * short) * cos * sin;
    const sx = Math.sqrt(xx);
    return this.add(weight, mx, my, sx, xy / xx, (long * short) / sx);
  }

  /** Normalises the weights and prepares sampling and the density. */
  finish(): this {
    const size = this.components.length;
    if (size === 0 || size > MAX_COMPONENTS) {
      throw new RangeError(`a Gaussian mixture has 1 to ${MAX_COMPONENTS} components, not ${size}`);
    }
    const total = this.components.reduce((sum, c) => sum + c.weight, 0);
    this.weights = Float64Array.from(this.components, (c) => c.weight / total);
    this.constants = new Float64Array(STRIDE * size);
    this.components.forEach((c, k) => {
      const sy = Math.hypot(c.slope * c.sx, c.rest);
      const logWeight = Math.log(this.weights[k]) - 0.5 * Math.log(2 * Math.PI);
      const p = this.constants.subarray(STRIDE * k, STRIDE * (k + 1));
      p[MX] = c.mx;
      p[INV_SX] = Math.SQRT1_2 / c.sx;
      p[LOG_X] = logWeight - Math.log(c.sx);
      p[SLOPE] = c.slope;
      p[INTERCEPT] = c.my - c.slope * c.mx;
      p[INV_REST] = Math.SQRT1_2 / c.rest;
      p[LOG_REST] = -0.5 * Math.log(2 * Math.PI) - Math.log(c.rest);
      p[MY] = c.my;
      p[INV_SY] = Math.SQRT1_2 / sy;
      p[LOG_Y] = logWeight - Math.log(sy);
    });
    if (size === 1) {
      const { slope, sx, rest } = this.components[0];
      this.mi = Math.log(Math.hypot(slope * sx, rest) / rest);
    }
    this.alias = new AliasTable(this.weights);
    return this;
  }

  sample(rng: Random, x: Float64Array, y: Float64Array, n: number): void {
    const alias = this.alias as AliasTable;
    for (let i = 0; i < n; i++) {
      const c = this.components[alias.draw(rng)];
      const dx = c.sx * rng.normal();
      x[i] = c.mx + dx;
      y[i] = c.my + c.slope * dx + c.rest * rng.normal();
    }
  }

  stratified(rng: Random, x: Float64Array, y: Float64Array, m: number): void {
    systematic(rng, this.weights, componentScratch, m);
    shiftedLattice(rng, x, y, m);
    for (let j = 0; j < m; j++) {
      const c = this.components[componentScratch[j]];
      const dx = c.sx * normalQuantile(x[j]);
      x[j] = c.mx + dx;
      y[j] = c.my + c.slope * dx + c.rest * normalQuantile(y[j]);
    }
  }

  logRatio(x: Float64Array, y: Float64Array, m: number, out: Float64Array): void {
    const p = this.constants;
    const size = this.components.length;
    for (let j = 0; j < m; j++) {
      const xj = x[j];
      const yj = y[j];
      let maxJoint = -Infinity;
      let maxX = -Infinity;
      let maxY = -Infinity;
      for (let k = 0, at = 0; k < size; k++, at += STRIDE) {
        const zx = (xj - p[at + MX]) * p[at + INV_SX];
        const zr = (yj - p[at + SLOPE] * xj - p[at + INTERCEPT]) * p[at + INV_REST];
        const zy = (yj - p[at + MY]) * p[at + INV_SY];
        const tx = p[at + LOG_X] - zx * zx;
        const t = tx + p[at + LOG_REST] - zr * zr;
        const ty = p[at + LOG_Y] - zy * zy;
        joint[k] = t;
        alongX[k] = tx;
        alongY[k] = ty;
        if (t > maxJoint) maxJoint = t;
        if (tx > maxX) maxX = tx;
        if (ty > maxY) maxY = ty;
      }
      const ratio = sumExp(joint, size, maxJoint) / (sumExp(alongX, size, maxX) * sumExp(alongY, size, maxY));
      out[j] = maxJoint - maxX - maxY + Math.log(ratio);
    }
  }

  normalScores(x: Float64Array, y: Float64Array, m: number, out: NormalScores): void {
    for (let j = 0; j < m; j++) {
      const [byX, byY] = this.jointSlopes(x[j], y[j]);
      const alongX = this.marginal(x[j], MX);
      const alongY = this.marginal(y[j], MY);
      out.x[j] = alongX.z;
      out.y[j] = alongY.z;
      out.slopeX[j] = (byX - alongX.slope) * alongX.stretch;
      out.slopeY[j] = (byY - alongY.slope) * alongY.stretch;
    }
  }

  /** Derivatives of the log density at a point. */
  private jointSlopes(x: number, y: number): [byX: number, byY: number] {
    const p = this.constants;
    const size = this.components.length;
    let most = -Infinity;
    for (let k = 0, at = 0; k < size; k++, at += STRIDE) {
      const zx = (x - p[at + MX]) * p[at + INV_SX];
      const zr = (y - p[at + SLOPE] * x - p[at + INTERCEPT]) * p[at + INV_REST];
      joint[k] = p[at + LOG_X] - zx * zx + p[at + LOG_REST] - zr * zr;
      if (joint[k] > most) most = joint[k];
    }
    let [sum, byX, byY] = [0, 0, 0];
    for (let k = 0, at = 0; k < size; k++, at += STRIDE) {
      const density = Math.exp(joint[k] - most);
      const alongY = -2 * (y - p[at + SLOPE] * x - p[at + INTERCEPT]) * p[at + INV_REST] * p[at + INV_REST];
      sum += density;
      byY += density * alongY;
      byX -= density * (2 * (x - p[at + MX]) * p[at + INV_SX] * p[at + INV_SX] + p[at + SLOPE] * alongY);
    }
    return [byX / sum, byY / sum];
  }

  /** A marginal at a value: its normal score, the slope of its log density, and the derivative of the value by the score. */
  private marginal(
    value: number,
    axis: typeof MX | typeof MY,
  ): { z: number; slope: number; stretch: number } {
    const p = this.constants;
    const size = this.components.length;
    const [inverse, log] = axis === MX ? [INV_SX, LOG_X] : [INV_SY, LOG_Y];
    let most = -Infinity;
    let [below, above] = [0, 0];
    for (let k = 0, at = 0; k < size; k++, at += STRIDE) {
      const z = (value - p[at + axis]) * p[at + inverse];
      alongX[k] = p[at + log] - z * z;
      if (alongX[k] > most) most = alongX[k];
      const tail = this.weights[k] * normalTail(Math.SQRT2 * Math.abs(z));
      below += z < 0 ? tail : this.weights[k] - tail;
      above += z < 0 ? this.weights[k] - tail : tail;
    }
    let [density, slope] = [0, 0];
    for (let k = 0, at = 0; k < size; k++, at += STRIDE) {
      const part = Math.exp(alongX[k] - most);
      density += part;
      slope -= part * 2 * (value - p[at + axis]) * p[at + inverse] * p[at + inverse];
    }
    const z = below < above ? normalQuantile(below) : -normalQuantile(above);
    // d value / d z = φ(z) / f(value).
    const stretch = Math.exp(-0.5 * z * z - 0.5 * Math.log(2 * Math.PI) - most) / density;
    return { z, slope: slope / density, stretch };
  }
}
