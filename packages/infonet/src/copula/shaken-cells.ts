/**
 * Points that are shaken a little, each on its own and along both axes, sorted into cells: where the edge of a cell is
 * within reach of a point, it is on either side with a probability that changes smoothly with the point.
 */

import { FINE } from "./local-information.js";
import { smoothStep, smoothStepSlope } from "./smooth-weights.js";

/** Where shaken points are along one axis: the edges of fine cells within reach, and the probability of being beyond. */
export interface ShakenAxis {
  /** Fine cell of the lowest place a point may be, and of the highest: the edges are those between them. */
  lowest: Uint8Array;
  highest: Uint8Array;
  /** Edges a point may have; edge e of point k is at k · most + e. */
  most: number;
  /** Probability of being beyond the edge. */
  beyond: Float64Array;
  /** Its derivative by the soft rank. */
  slope: Float64Array;
}

/**
 * Shakes soft ranks.
 *
 * @param width of the interval that a point may be in, in fine cells
 */
export function shake(ranks: Float64Array, width: number): ShakenAxis {
  const n = ranks.length;
  const most = Math.ceil(width);
  const axis: ShakenAxis = {
    lowest: new Uint8Array(n),
    highest: new Uint8Array(n),
    most,
    beyond: new Float64Array(n * most),
    slope: new Float64Array(n * most),
  };
  const scale = 1 / width;
  for (let k = 0; k < n; k++) {
    const position = ((ranks[k] - 0.5) * FINE) / n;
    // What is shaken beyond the border stays in the outermost cell.
    const lowest = Math.max(0, Math.floor(position - width / 2));
    const highest = Math.min(FINE - 1, lowest + most, Math.ceil(position + width / 2) - 1);
    axis.lowest[k] = lowest;
    axis.highest[k] = highest;
    for (let edge = lowest + 1; edge <= highest; edge++) {
      const t = (position - edge) * scale + 0.5;
      const at = k * most + edge - lowest - 1;
      axis.beyond[at] = smoothStep(t);
      axis.slope[at] = smoothStepSlope(t) * scale * (FINE / n);
    }
  }
  return axis;
}

/** Cells of 2^a fine cells along u and 2^b along v. */
export type Shape = readonly [a: number, b: number];

/** Probabilities of the cells of one level that a point may be in, and their derivatives. */
interface Places {
  first: number;
  count: number;
  weights: Float64Array;
  slopes: Float64Array;
}

const places = (): Places => ({
  first: 0,
  count: 0,
  weights: new Float64Array(FINE),
  slopes: new Float64Array(FINE),
});

function placesOf(axis: ShakenAxis, k: number, level: number, out: Places): void {
  const lowest = axis.lowest[k];
  out.first = lowest >> level;
  out.count = (axis.highest[k] >> level) - out.first + 1;
  // From the probability of being beyond a cell's lower edge that of being beyond its upper edge is taken.
  let beyond = 1;
  let slope = 0;
  for (let i = 0; i + 1 < out.count; i++) {
    const at = k * axis.most + ((out.first + i + 1) << level) - lowest - 1;
    out.weights[i] = beyond - axis.beyond[at];
    out.slopes[i] = slope - axis.slope[at];
    beyond = axis.beyond[at];
    slope = axis.slope[at];
  }
  out.weights[out.count - 1] = beyond;
  out.slopes[out.count - 1] = slope;
}

/** Shaken points sorted into the cells of one shape: a table to be filled again and again. */
export class ShakenCells {
  /** Cells along u, and in all. */
  wide = 0;
  count = 0;
  /** Points that are certainly in a cell. */
  readonly sure = new Uint32Array(FINE * FINE);
  /** Where the others of a cell start; one entry more than there are cells. */
  readonly starts = new Uint32Array(FINE * FINE + 1);
  /** They stand in several cells, with the probability of each. */
  points = new Uint32Array(0);
  weights = new Float64Array(0);
  /** Derivatives of the probability by the soft ranks. */
  slopesU = new Float64Array(0);
  slopesV = new Float64Array(0);
  #uncertain = new Uint32Array(0);
  readonly #u = places();
  readonly #v = places();

  /** Sorts points, given along both axes, into the cells of a shape. */
  fill(u: ShakenAxis, v: ShakenAxis, [a, b]: Shape): void {
    const n = u.lowest.length;
    const wide = FINE >> a;
    const count = wide * (FINE >> b);
    this.wide = wide;
    this.count = count;
    if (this.#uncertain.length < n) this.#uncertain = new Uint32Array(n);
    const { sure, starts } = this;
    const uncertain = this.#uncertain;
    sure.fill(0, 0, count);
    starts.fill(0, 0, count + 1);
    let size = 0;
    let total = 0;
    for (let k = 0; k < n; k++) {
      const first = (v.lowest[k] >> b) * wide + (u.lowest[k] >> a);
      const last = (v.highest[k] >> b) * wide + (u.highest[k] >> a);
      if (first === last) {
        sure[first]++;
        continue;
      }
      uncertain[size++] = k;
      const columns = (u.highest[k] >> a) - (u.lowest[k] >> a) + 1;
      for (let row = first; row <= last; row += wide) {
        for (let cell = row; cell < row + columns; cell++) starts[cell]++;
        total += columns;
      }
    }
    this.#reserve(total);
    // The running sums are the ends of the cells; filled from the back, they become the starts.
    for (let c = 1; c <= count; c++) starts[c] += starts[c - 1];
    for (let i = size - 1; i >= 0; i--) this.#place(uncertain[i], u, v, a, b);
  }

  /** Puts an uncertain point into all of its cells. */
  #place(k: number, u: ShakenAxis, v: ShakenAxis, a: number, b: number): void {
    const { starts, points, weights, slopesU, slopesV } = this;
    if (u.most === 1 && v.most === 1) {
      this.#placeAtOneEdge(k, u, v, a, b);
      return;
    }
    const alongU = this.#u;
    const alongV = this.#v;
    placesOf(u, k, a, alongU);
    placesOf(v, k, b, alongV);
    for (let j = 0; j < alongV.count; j++) {
      const row = (alongV.first + j) * this.wide + alongU.first;
      const q = alongV.weights[j];
      const dq = alongV.slopes[j];
      for (let i = 0; i < alongU.count; i++) {
        const at = --starts[row + i];
        points[at] = k;
        weights[at] = alongU.weights[i] * q;
        slopesU[at] = alongU.slopes[i] * q;
        slopesV[at] = alongU.weights[i] * dq;
      }
    }
  }

  /** The same where one edge at most is within reach on either axis, which is so unless rows are few. */
  #placeAtOneEdge(k: number, u: ShakenAxis, v: ShakenAxis, a: number, b: number): void {
    const first = (v.lowest[k] >> b) * this.wide + (u.lowest[k] >> a);
    const acrossU = u.lowest[k] >> a !== u.highest[k] >> a;
    const acrossV = v.lowest[k] >> b !== v.highest[k] >> b;
    const p = acrossU ? u.beyond[k] : 0;
    const dp = acrossU ? u.slope[k] : 0;
    const q = acrossV ? v.beyond[k] : 0;
    const dq = acrossV ? v.slope[k] : 0;
    this.#put(first, k, (1 - p) * (1 - q), -dp * (1 - q), (p - 1) * dq);
    if (acrossU) this.#put(first + 1, k, p * (1 - q), dp * (1 - q), -p * dq);
    if (!acrossV) return;
    this.#put(first + this.wide, k, (1 - p) * q, -dp * q, (1 - p) * dq);
    if (acrossU) this.#put(first + this.wide + 1, k, p * q, dp * q, p * dq);
  }

  #put(cell: number, point: number, weight: number, slopeU: number, slopeV: number): void {
    const at = --this.starts[cell];
    this.points[at] = point;
    this.weights[at] = weight;
    this.slopesU[at] = slopeU;
    this.slopesV[at] = slopeV;
  }

  #reserve(total: number): void {
    if (this.points.length >= total) return;
    const capacity = 2 * total;
    this.points = new Uint32Array(capacity);
    this.weights = new Float64Array(capacity);
    this.slopesU = new Float64Array(capacity);
    this.slopesV = new Float64Array(capacity);
  }
}
