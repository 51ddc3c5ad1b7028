/** A copula density that is constant on the cells of a grid: what there is to say of levels, and of numbers beside them. */

import { normalDistribution } from "../numerics/normal.js";
import { firstAbove } from "../numerics/order.js";
import { stream } from "../numerics/random.js";

/** Names the random numbers of draws. */
const DRAWS = 212;
/** Rounds in which rows and columns are brought to their widths. */
const ROUNDS = 500;
const EXACT = 1e-10;

/** A copula density on a grid with edges of its own along each axis. Its marginals are uniform. */
export class StepCopula {
  /** Ends of the columns (u) and rows (v) of cells, ascending; the last is 1. */
  readonly #ends: { u: Float64Array; v: Float64Array };
  /** Probability of each cell: row v, column u. */
  readonly #masses: Float64Array;

  /**
   * @param widths of the columns and rows of cells, positive, in any unit
   * @param density of the cells, row v, column u; brought to uniform marginals
   */
  constructor(widths: { u: Float64Array; v: Float64Array }, density: Float64Array) {
    const [u, v] = [shares(widths.u), shares(widths.v)];
    const masses = density.map((value, at) => value * u[at % u.length] * v[Math.floor(at / u.length)]);
    fit(masses, u, v);
    this.#ends = { u: sums(u), v: sums(v) };
    this.#masses = masses;
  }

  /** ln c of a cell, nats; −Infinity where nothing is. */
  #logAt(i: number, j: number): number {
    const { u, v } = this.#ends;
    const area = (u[i] - (u[i - 1] ?? 0)) * (v[j] - (v[j - 1] ?? 0));
    return Math.log(this.#masses[j * u.length + i] / area);
  }

  /** ln c at points given by their normal scores, nats. */
  logDensities(scoresU: Float64Array, scoresV: Float64Array): Float64Array {
    return scoresU.map((score, k) =>
      this.logDensity(normalDistribution(score), normalDistribution(scoresV[k])),
    );
  }

  /** ln c at the centres of size × size cells, row v, column u, nats. */
  table(size: number): Float32Array {
    const at = (k: number): number => (k + 0.5) / size;
    return Float32Array.from({ length: size * size }, (_, cell) =>
      this.logDensity(at(cell % size), at(Math.floor(cell / size))),
    );
  }

  /** ln c(u, v), nats; −Infinity where nothing is. */
  logDensity(u: number, v: number): number {
    return this.#logAt(cellOf(this.#ends.u, u), cellOf(this.#ends.v, v));
  }

  /** P(U ≤ u | V = v) and P(V ≤ v | U = u). */
  conditional(u: number, v: number): { u: number; v: number } {
    const [i, j] = [cellOf(this.#ends.u, u), cellOf(this.#ends.v, v)];
    return {
      u: below(this.#row(j), this.#ends.u, u),
      v: below(this.#column(i), this.#ends.v, v),
    };
  }

  /** The smallest v with P(V ≤ v | U = u) ≥ p. */
  quantile(p: number, u: number): number {
    const masses = this.#column(cellOf(this.#ends.u, u));
    const all = masses.reduce((sum, mass) => sum + mass, 0);
    let left = p * all;
    for (const [j, mass] of masses.entries()) {
      const [start, end] = [this.#ends.v[j - 1] ?? 0, this.#ends.v[j]];
      if (left <= mass && mass > 0) return start + (left / mass) * (end - start);
      left -= mass;
    }
    return 1;
  }

  /**
   * Independent draws.
   *
   * @param seed of the random numbers
   */
  sample(n: number, seed: number): { u: Float64Array; v: Float64Array } {
    const { uniform } = stream(seed, DRAWS);
    const ends = sums(this.#masses);
    const last = ends.length - 1;
    const [u, v] = [new Float64Array(n), new Float64Array(n)];
    const within = (edges: Float64Array, cell: number): number => {
      const start = edges[cell - 1] ?? 0;
      return start + uniform() * (edges[cell] - start);
    };
    for (let k = 0; k < n; k++) {
      const cell = Math.min(firstAbove(ends, uniform() * ends[last]), last);
      u[k] = within(this.#ends.u, cell % this.#ends.u.length);
      v[k] = within(this.#ends.v, Math.floor(cell / this.#ends.u.length));
    }
    return { u, v };
  }

  /** Probabilities of the cells of a row of constant v. */
  #row(j: number): Float64Array {
    const width = this.#ends.u.length;
    return this.#masses.subarray(j * width, (j + 1) * width);
  }

  /** Probabilities of the cells of a column of constant u. */
  #column(i: number): Float64Array {
    const width = this.#ends.u.length;
    return Float64Array.from(this.#ends.v, (_, j) => this.#masses[j * width + i]);
  }
}

function shares(widths: Float64Array): Float64Array {
  const total = widths.reduce((sum, width) => sum + width, 0);
  return widths.map((width) => width / total);
}

/** Sums from the beginning. */
function sums(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

/** The cell of a place. */
function cellOf(ends: Float64Array, place: number): number {
  return Math.min(firstAbove(ends, place), ends.length - 1);
}

/** Share of some masses that lies below a place. */
function below(masses: Float64Array, ends: Float64Array, place: number): number {
  const cell = cellOf(ends, place);
  let [under, all] = [0, 0];
  for (const [k, mass] of masses.entries()) {
    if (k < cell) under += mass;
    all += mass;
  }
  const start = ends[cell - 1] ?? 0;
  const part = Math.min(1, (place - start) / (ends[cell] - start));
  return all > 0 ? (under + part * masses[cell]) / all : 0;
}

/** Brings rows and columns of masses to given sums, in turns (Deming & Stephan 1940). */
function fit(masses: Float64Array, u: Float64Array, v: Float64Array): void {
  const width = u.length;
  for (let round = 0; round < ROUNDS; round++) {
    let farthest = 0;
    const columns = new Float64Array(width);
    for (let at = 0; at < masses.length; at++) columns[at % width] += masses[at];
    for (let at = 0; at < masses.length; at++) {
      const sum = columns[at % width];
      if (sum > 0) masses[at] *= u[at % width] / sum;
    }
    for (let j = 0; j < v.length; j++) {
      const row = masses.subarray(j * width, (j + 1) * width);
      const sum = row.reduce((total, mass) => total + mass, 0);
      if (sum === 0) continue;
      farthest = Math.max(farthest, Math.abs(sum / v[j] - 1));
      for (let i = 0; i < width; i++) row[i] *= v[j] / sum;
    }
    if (farthest < EXACT) return;
  }
}
