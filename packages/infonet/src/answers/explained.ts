/**
 * How much of the dependence of two columns others explain, at a glance: partial canonical information of the first Hermite polynomials of
 * normal scores and of indicators, all from one matrix of their correlations. It tells where to look; tests are made on the rows.
 */

import { completeRows } from "../input/missing.js";
import { cholesky } from "../numerics/cholesky.js";
import { dotProducts, standardized } from "../numerics/moments.js";
import type { AnswerColumn } from "./columns.js";

/** Hermite polynomials that stand for a number. */
const POLYNOMIALS: readonly ((z: number) => number)[] = [(z) => z, (z) => z * z - 1, (z) => z ** 3 - 3 * z];
const FARTHEST = 3;
const RIDGE = 1e-4;

/** Correlations of functions of all columns. */
export class Explained {
  readonly #matrix: Float64Array;
  readonly #size: number;
  /** Where the functions of every column begin; one more at the end. */
  readonly #starts: number[];

  constructor(columns: readonly AnswerColumn[]) {
    const functions = columns.map(({ predictors, levels }) =>
      (levels ? predictors : hermite(predictors[0])).map(filled),
    );
    this.#starts = [0];
    for (const { length } of functions) this.#starts.push((this.#starts.at(-1) as number) + length);
    const all = functions.flat();
    this.#size = all.length;
    this.#matrix = new Float64Array(all.length ** 2);
    for (const [k, one] of all.entries()) {
      dotProducts(all, one, this.#matrix.subarray(k * all.length, (k + 1) * all.length));
    }
    const n = Math.max(1, all[0]?.length ?? 1);
    for (let k = 0; k < this.#matrix.length; k++) this.#matrix[k] /= n;
  }

  /** Information of two columns given others, in nats, as far as these functions see it. */
  information(x: number, y: number, given: readonly number[]): number {
    const z = given.flatMap((column) => this.#of(column));
    const [a, b] = [this.#of(x), this.#of(y)];
    const [za, zb, zz, zab] = [[...z, ...a], [...z, ...b], z, [...z, ...a, ...b]].map((places) =>
      this.#logDeterminant(places),
    );
    return Math.max(0, 0.5 * (za + zb - zz - zab));
  }

  #of(column: number): number[] {
    const from = this.#starts[column];
    return Array.from({ length: this.#starts[column + 1] - from }, (_, k) => from + k);
  }

  #logDeterminant(places: readonly number[]): number {
    const size = places.length;
    const part = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) part[i * size + j] = this.#matrix[places[i] * this.#size + places[j]];
    }
    const lower = cholesky(part, size, RIDGE);
    let sum = 0;
    for (let k = 0; k < size; k++) sum += 2 * Math.log(lower[k * size + k]);
    return sum;
  }
}

function hermite(scores: Float64Array): Float64Array[] {
  const near = scores.map((z) => Math.max(-FARTHEST, Math.min(FARTHEST, z)));
  return POLYNOMIALS.map((polynomial) => near.map(polynomial));
}

/** With mean 0 and deviation 1, 0 where missing. */
function filled(values: Float64Array): Float64Array {
  return standardized(values, completeRows([values])).map((value) => (Number.isNaN(value) ? 0 : value));
}
