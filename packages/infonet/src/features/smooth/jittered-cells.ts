/**
 * Points that are jittered a little, each on its own and along both axes, sorted into cells: where the edge of a cell is
 * within reach of a point, it is on either side with a probability that changes smoothly with the point.
 */

import type { Shape } from "../local-information.js";
import { FINE } from "../rank-cells.js";
import { smoothStep, smoothStepSlope } from "./weights.js";

/** Where jittered points are along one axis: the edges of fine cells within reach, and the probability of being beyond. */
export interface JitteredAxis {
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

/** Where a soft rank is on the scale of fine cells. */
const positionOf = (rank: number, n: number): number => ((rank - 0.5) * FINE) / n;

/** The fine cells of the ends of the interval about a position. What is jittered beyond the border stays in the outermost. */
const lowestCell = (position: number, width: number): number => Math.max(0, Math.floor(position - width / 2));
const highestCell = (position: number, width: number): number =>
  Math.min(FINE - 1, Math.ceil(position + width / 2) - 1);

const MOST_LEVELS = 1 + Math.log2(FINE);

/**
 * Rows in an order in which those stand together that are uncertain at the same levels. That decides what is done
 * with a point in every shape; in any other order the processor cannot foresee it.
 */
export function togetherByLevels(u: Float64Array, v: Float64Array, width: number): Uint32Array {
  const n = u.length;
  const groups = new Uint8Array(n);
  const starts = new Uint32Array(MOST_LEVELS * MOST_LEVELS + 1);
  for (let k = 0; k < n; k++) {
    groups[k] = levelsAcross(u[k], n, width) * MOST_LEVELS + levelsAcross(v[k], n, width);
    starts[groups[k] + 1]++;
  }
  for (let g = 1; g < starts.length; g++) starts[g] += starts[g - 1];
  const rows = new Uint32Array(n);
  for (let k = 0; k < n; k++) rows[starts[groups[k]]++] = k;
  return rows;
}

/** Levels, from the finest on, at which the ends of an interval are in different cells. */
function levelsAcross(rank: number, n: number, width: number): number {
  const position = positionOf(rank, n);
  return 32 - Math.clz32(lowestCell(position, width) ^ highestCell(position, width));
}

/**
 * Jitters soft ranks.
 *
 * @param width of the interval that a point may be in, in fine cells
 * @param rows the rows in the order that the points shall have
 */
export function jitter(ranks: Float64Array, width: number, rows: Uint32Array): JitteredAxis {
  const n = rows.length;
  const most = Math.ceil(width);
  const axis: JitteredAxis = {
    lowest: new Uint8Array(n),
    highest: new Uint8Array(n),
    most,
    beyond: new Float64Array(n * most),
    slope: new Float64Array(n * most),
  };
  const scale = 1 / width;
  for (let k = 0; k < n; k++) {
    const position = positionOf(ranks[rows[k]], n);
    const lowest = lowestCell(position, width);
    // Rounding must not give a point an edge too many.
    const highest = Math.min(lowest + most, highestCell(position, width));
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

function placesOf(axis: JitteredAxis, k: number, level: number, out: Places): void {
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

/**
 * Jittered points sorted into the cells of one shape: a table to be filled again and again. Only cells with points are
 * visited, since of the smallest ones nearly all are empty.
 */
export class JitteredCells {
  /** Cells with enough certain points, whether or not there are uncertain ones beside them. */
  readonly certain = new Uint32Array(FINE * FINE);
  certainCount = 0;
  /** Cells with enough points, some of which are uncertain. */
  readonly open = new Uint32Array(FINE * FINE);
  openCount = 0;
  /** Where the uncertain points of the open cells start; one entry more than there are such cells. */
  readonly starts = new Uint32Array(FINE * FINE + 1);
  /** Uncertain points stand in several cells, with the probability of each. */
  points = new Uint32Array(0);
  weights = new Float64Array(0);
  /** Derivatives of the probability by the soft ranks. */
  slopesU = new Float64Array(0);
  slopesV = new Float64Array(0);
  /**
   * Two numbers a cell, side by side because the time goes into fetching them: its certain points, and its uncertain ones.
   * Of an open cell the second is the place of the next of these, less than 0: ~place.
   */
  readonly #table = new Int32Array(2 * FINE * FINE);
  #uncertain = new Uint32Array(0);
  readonly #u = places();
  readonly #v = places();

  /**
   * Sorts points, given along both axes, into the cells of a shape.
   *
   * @param least cells with fewer points, certain or not, are left out
   */
  fill(u: JitteredAxis, v: JitteredAxis, [a, b]: Shape, least: number): void {
    const n = u.lowest.length;
    const wide = FINE >> a;
    const count = wide * (FINE >> b);
    if (this.#uncertain.length < n) this.#uncertain = new Uint32Array(n);
    this.#table.fill(0, 0, 2 * count);
    this.certainCount = 0;
    this.openCount = 0;
    const size = this.#count(u, v, a, b, wide, least);
    const atOneEdge = u.most === 1 && v.most === 1;
    const uncertain = this.#uncertain;
    for (let i = 0; i < size; i++) {
      if (atOneEdge) this.#placeAtOneEdge(uncertain[i], u, v, a, b, wide, least);
      else this.#place(uncertain[i], u, v, a, b, wide, least);
    }
  }

  /** Counts the points of the cells and lists the uncertain ones; returns how many these are. */
  #count(u: JitteredAxis, v: JitteredAxis, a: number, b: number, wide: number, least: number): number {
    const { certain } = this;
    const table = this.#table;
    const uncertain = this.#uncertain;
    const n = u.lowest.length;
    let size = 0;
    let total = 0;
    let certainCount = 0;
    for (let k = 0; k < n; k++) {
      const column = u.lowest[k] >> a;
      const columns = (u.highest[k] >> a) - column + 1;
      const first = (v.lowest[k] >> b) * wide + column;
      const last = (v.highest[k] >> b) * wide + column;
      if (first === last && columns === 1) {
        if (++table[2 * first] === least) certain[certainCount++] = first;
        continue;
      }
      uncertain[size++] = k;
      for (let row = first; row <= last; row += wide) {
        for (let cell = row; cell < row + columns; cell++) table[2 * cell + 1]++;
        total += columns;
      }
    }
    this.certainCount = certainCount;
    this.#reserve(total);
    return size;
  }

  /** How many points are certainly in a cell. */
  sure(cell: number): number {
    return this.#table[2 * cell];
  }

  /** Whether some points of a cell are uncertain, and it has enough of all. */
  isOpen(cell: number): boolean {
    return this.#table[2 * cell + 1] < 0;
  }

  /** Puts an uncertain point into all of its cells. */
  #place(
    k: number,
    u: JitteredAxis,
    v: JitteredAxis,
    a: number,
    b: number,
    wide: number,
    least: number,
  ): void {
    const alongU = this.#u;
    const alongV = this.#v;
    placesOf(u, k, a, alongU);
    placesOf(v, k, b, alongV);
    for (let j = 0; j < alongV.count; j++) {
      const row = (alongV.first + j) * wide + alongU.first;
      const q = alongV.weights[j];
      const dq = alongV.slopes[j];
      for (let i = 0; i < alongU.count; i++) {
        const at = this.#placeIn(row + i, k, least);
        if (at < 0) continue;
        const p = alongU.weights[i];
        this.weights[at] = p * q;
        this.slopesU[at] = alongU.slopes[i] * q;
        this.slopesV[at] = p * dq;
      }
    }
  }

  /** The same where one edge at most is within reach on either axis, which is so unless rows are few. */
  #placeAtOneEdge(
    k: number,
    u: JitteredAxis,
    v: JitteredAxis,
    a: number,
    b: number,
    wide: number,
    least: number,
  ): void {
    const column = u.lowest[k] >> a;
    const row = v.lowest[k] >> b;
    const first = row * wide + column;
    const acrossU = column !== u.highest[k] >> a;
    const acrossV = row !== v.highest[k] >> b;
    const p = acrossU ? u.beyond[k] : 0;
    const dp = acrossU ? u.slope[k] : 0;
    const q = acrossV ? v.beyond[k] : 0;
    const dq = acrossV ? v.slope[k] : 0;
    const { weights, slopesU, slopesV } = this;
    let at = this.#placeIn(first, k, least);
    if (at >= 0) {
      weights[at] = (1 - p) * (1 - q);
      slopesU[at] = -dp * (1 - q);
      slopesV[at] = (p - 1) * dq;
    }
    if (acrossU) {
      at = this.#placeIn(first + 1, k, least);
      if (at >= 0) {
        weights[at] = p * (1 - q);
        slopesU[at] = dp * (1 - q);
        slopesV[at] = -p * dq;
      }
    }
    if (!acrossV) return;
    at = this.#placeIn(first + wide, k, least);
    if (at >= 0) {
      weights[at] = (1 - p) * q;
      slopesU[at] = -dp * q;
      slopesV[at] = (1 - p) * dq;
    }
    if (!acrossU) return;
    at = this.#placeIn(first + wide + 1, k, least);
    if (at >= 0) {
      weights[at] = p * q;
      slopesU[at] = dp * q;
      slopesV[at] = p * dq;
    }
  }

  /**
   * Adds a point to a cell, and gives the cell its places if it has none yet.
   *
   * @returns the point's place, where its weight and slopes must be written; −1 if the cell has too few points
   */
  #placeIn(cell: number, point: number, least: number): number {
    const table = this.#table;
    const uncertain = table[2 * cell + 1];
    let at = ~uncertain;
    if (uncertain >= 0) {
      if (table[2 * cell] + uncertain < least) return -1;
      at = this.starts[this.openCount];
      this.open[this.openCount++] = cell;
      this.starts[this.openCount] = at + uncertain;
    }
    table[2 * cell + 1] = ~(at + 1);
    this.points[at] = point;
    return at;
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
