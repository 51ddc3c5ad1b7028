/**
 * Mixtures of "line segments": one variable lies on a stretch (uniform or normal), the other is a straight
 * line of it plus noise (normal or uniform). These have the hard edges that Gaussians cannot form, and
 * still exact marginals: uniform + normal is a difference of Φ, uniform + uniform a trapezoid.
 */

import {
  AliasTable,
  componentScratch,
  type Distribution,
  shiftedLattice,
  systematic,
} from "./distribution.js";
import { expNegative } from "./exp.js";
import { normalInterval, normalQuantile } from "./normal.js";
import type { Random } from "./random.js";

/** Shape of a stretch or of noise; `size` is half the width of a uniform, the deviation of a normal. */
export interface Spread {
  shape: "uniform" | "normal";
  size: number;
}

/** One component: A on a stretch about `centre`, B = `level` + slope·(A − centre) + noise. */
export interface Segment {
  weight: number;
  centre: number;
  level: number;
  slope: number;
  stretch: Spread;
  noise: Spread;
  /** false: (A, B) = (X, Y); true: (A, B) = (Y, X). */
  exchanged: boolean;
}

// Constants of a component in the density loop.
const STRIDE = 12;
const CODE = 0; // 1: exchanged, 2: normal stretch, 4: normal noise
const CENTRE = 1;
const LEVEL = 2;
const SLOPE = 3;
const A_LOW = 4;
const A_HIGH = 5;
const B_LOW = 6;
const B_HIGH = 7;
const STRETCH = 8;
const NOISE = 9;
const REACH = 10; // |slope| × stretch
const WEIGHT = 11;

// Where normal tails are cut, and a bound on what is lost there in units of the peak density.
const CUT = 9;
const LOST = Math.exp((-CUT * CUT) / 2);
// A density must be this many times larger than what may have been lost, else nothing is cut.
const SAFE = 1e7;
// Points lie on hard edges up to rounding.
const EDGE = 1e-9;
const MAX_COMPONENTS = 128;
const INV_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

function gauss(d: number, deviation: number): number {
  const z = d / deviation;
  return (expNegative(-0.5 * z * z) * INV_SQRT_TWO_PI) / deviation;
}

/** Density of uniform(±a) + uniform(±b) at distance d from its centre. */
function trapezoid(d: number, a: number, b: number): number {
  const large = Math.max(a, b);
  const small = Math.min(a, b);
  const distance = Math.abs(d);
  if (distance <= large - small) return 0.5 / large;
  const inside = large + small - distance;
  return inside > 0 ? inside / (4 * large * small) : 0;
}

/** Density of uniform(±half) + normal(deviation) at distance d from its centre. */
function smoothed(d: number, half: number, deviation: number): number {
  if (deviation < 1e-9 * half) return Math.abs(d) <= half ? 0.5 / half : 0;
  if (half < 1e-9 * deviation) return gauss(d, deviation);
  return normalInterval((d - half) / deviation, (d + half) / deviation) / (2 * half);
}

/** A mixture of segments; add them, then {@link SegmentMixture.finish}. */
export class SegmentMixture implements Distribution {
  kind: string;
  private readonly segments: Segment[] = [];
  private weights = new Float64Array(0);
  private constants = new Float64Array(0);
  private alias?: AliasTable;
  private floorJoint = 0;
  private floorX = 0;
  private floorY = 0;

  constructor(kind: string) {
    this.kind = kind;
  }

  get terms(): number {
    return this.segments.length;
  }

  /** Adds a component. */
  add(segment: Segment): this {
    this.segments.push(segment);
    return this;
  }

  /** Normalises the weights and prepares sampling and the density. */
  finish(): this {
    const size = this.segments.length;
    if (size === 0 || size > MAX_COMPONENTS) {
      throw new RangeError(`a segment mixture has 1 to ${MAX_COMPONENTS} components, not ${size}`);
    }
    const total = this.segments.reduce((sum, s) => sum + s.weight, 0);
    this.weights = Float64Array.from(this.segments, (s) => s.weight / total);
    this.constants = new Float64Array(STRIDE * size);
    this.floorJoint = 0;
    this.floorX = 0;
    this.floorY = 0;
    this.segments.forEach((s, k) => {
      const normalStretch = s.stretch.shape === "normal";
      const normalNoise = s.noise.shape === "normal";
      const reach = Math.abs(s.slope) * s.stretch.size;
      const aHalf = s.stretch.size * (normalStretch ? CUT : 1 + EDGE);
      const bHalf = reach * (normalStretch ? CUT : 1 + EDGE) + s.noise.size * (normalNoise ? CUT : 1 + EDGE);
      const p = this.constants.subarray(STRIDE * k, STRIDE * (k + 1));
      p[CODE] = (s.exchanged ? 1 : 0) + (normalStretch ? 2 : 0) + (normalNoise ? 4 : 0);
      p[CENTRE] = s.centre;
      p[LEVEL] = s.level;
      p[SLOPE] = s.slope;
      p[A_LOW] = s.centre - aHalf;
      p[A_HIGH] = s.centre + aHalf;
      p[B_LOW] = s.level - bHalf;
      p[B_HIGH] = s.level + bHalf;
      p[STRETCH] = s.stretch.size;
      p[NOISE] = s.noise.size;
      p[REACH] = reach;
      p[WEIGHT] = this.weights[k];
      if (normalStretch || normalNoise) {
        const lost = SAFE * LOST * this.weights[k];
        const a = lost / s.stretch.size;
        const b = lost / Math.max(reach, s.noise.size);
        this.floorJoint += a / s.noise.size;
        this.floorX += s.exchanged ? b : a;
        this.floorY += s.exchanged ? a : b;
      }
    });
    this.alias = new AliasTable(this.weights);
    return this;
  }

  sample(rng: Random, x: Float64Array, y: Float64Array, n: number): void {
    const alias = this.alias as AliasTable;
    for (let i = 0; i < n; i++) {
      const u = rng.uniform();
      this.place(alias.draw(rng), u, rng.uniform(), x, y, i);
    }
  }

  stratified(rng: Random, x: Float64Array, y: Float64Array, m: number): void {
    systematic(rng, this.weights, componentScratch, m);
    shiftedLattice(rng, x, y, m);
    for (let j = 0; j < m; j++) this.place(componentScratch[j], x[j], y[j], x, y, j);
  }

  /** Point i from component k, by the quantiles of its stretch and its noise. */
  private place(k: number, u: number, v: number, x: Float64Array, y: Float64Array, i: number): void {
    const p = this.constants;
    const at = STRIDE * k;
    const code = p[at + CODE] | 0;
    const da = p[at + STRETCH] * ((code & 2) !== 0 ? normalQuantile(u) : 2 * u - 1);
    const noise = p[at + NOISE] * ((code & 4) !== 0 ? normalQuantile(v) : 2 * v - 1);
    const a = p[at + CENTRE] + da;
    const b = p[at + LEVEL] + p[at + SLOPE] * da + noise;
    if ((code & 1) !== 0) {
      x[i] = b;
      y[i] = a;
    } else {
      x[i] = a;
      y[i] = b;
    }
  }

  logRatio(x: Float64Array, y: Float64Array, m: number, out: Float64Array): void {
    for (let j = 0; j < m; j++) out[j] = this.logRatioAt(x[j], y[j], true);
  }

  /** With `cut`, components out of reach are skipped, and the point is done again where that could matter. */
  private logRatioAt(x: number, y: number, cut: boolean): number {
    const p = this.constants;
    const end = p.length;
    let joint = 0;
    let alongX = 0;
    let alongY = 0;
    for (let at = 0; at < end; at += STRIDE) {
      const code = p[at + CODE] | 0;
      const exchanged = (code & 1) !== 0;
      const a = exchanged ? y : x;
      const b = exchanged ? x : y;
      const inA = (a >= p[at + A_LOW] && a <= p[at + A_HIGH]) || (!cut && (code & 2) !== 0);
      const inB = (b >= p[at + B_LOW] && b <= p[at + B_HIGH]) || (!cut && (code & 6) !== 0);
      const da = a - p[at + CENTRE];
      const db = b - p[at + LEVEL];
      const noise = p[at + NOISE];
      if (inA) {
        const stretch = p[at + STRETCH];
        const pa = p[at + WEIGHT] * ((code & 2) !== 0 ? gauss(da, stretch) : 0.5 / stretch);
        if (exchanged) alongY += pa;
        else alongX += pa;
        if (inB) {
          const r = db - p[at + SLOPE] * da;
          if ((code & 4) !== 0) joint += pa * gauss(r, noise);
          else if (r <= noise * (1 + EDGE) && -r <= noise * (1 + EDGE)) joint += (pa * 0.5) / noise;
        }
      }
      if (inB) {
        const reach = p[at + REACH];
        let pb: number;
        if ((code & 6) === 0) pb = trapezoid(db, reach, noise);
        else if ((code & 6) === 4) pb = smoothed(db, reach, noise);
        else if ((code & 6) === 2) pb = smoothed(db, noise, reach);
        else pb = gauss(db, Math.sqrt(reach * reach + noise * noise));
        if (exchanged) alongX += p[at + WEIGHT] * pb;
        else alongY += p[at + WEIGHT] * pb;
      }
    }
    if (cut && (joint <= this.floorJoint || alongX <= this.floorX || alongY <= this.floorY)) {
      return this.logRatioAt(x, y, false);
    }
    return joint > 0 ? Math.log(joint / alongX / alongY) : -Infinity;
  }
}
