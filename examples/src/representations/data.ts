/** Two views of the same four numbers, each with four of its own that say nothing. */
import type { Random } from "../random.js";

/** Numbers that both views show. */
export const SHARED = 4;
const OWN = 4;
/** Columns of a view. */
export const VIEW = 20;
const NOISE = 0.1;

/** Rows of both views, row-major, and what they share, column by column. */
export interface Views {
  n: number;
  x: Float32Array;
  y: Float32Array;
  shared: Float64Array[];
}

/** A view: a fixed random network of one layer, tanh(A s), and noise. */
export class Pair {
  readonly #mixing: readonly Float64Array[];

  constructor(random: Random) {
    const width = SHARED + OWN;
    this.#mixing = [0, 1].map(() =>
      Float64Array.from({ length: VIEW * width }, () => random.normal(0, 1 / Math.sqrt(width))),
    );
  }

  draw(n: number, random: Random): Views {
    const width = SHARED + OWN;
    const shared = Array.from({ length: SHARED }, () => new Float64Array(n));
    const views = [0, 1].map(() => new Float32Array(n * VIEW));
    const row = new Float64Array(width);
    for (let k = 0; k < n; k++) {
      for (const column of shared) column[k] = random.normal();
      for (const [which, view] of views.entries()) {
        for (let j = 0; j < width; j++) row[j] = j < SHARED ? shared[j][k] : 1.5 * random.normal();
        for (let c = 0; c < VIEW; c++) {
          let sum = 0;
          for (let j = 0; j < width; j++) sum += this.#mixing[which][c * width + j] * row[j];
          view[k * VIEW + c] = Math.tanh(sum) + random.normal(0, NOISE);
        }
      }
    }
    return { n, x: views[0], y: views[1], shared };
  }
}
