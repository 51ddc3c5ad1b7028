/** Conditional distributions (h-functions) of a copula given as a table of its density. */

import { GRID } from "../features/index.js";

/** A copula density on the grid, with its two families of conditional distribution functions. */
export class TableCopula {
  /** log c(u, v), GRID × GRID, row v, column u. */
  readonly logDensity: Float32Array;
  /** Running sums along u for every row v, GRID rows of GRID + 1. */
  readonly #alongU: Float64Array;
  /** Running sums along v for every column u. */
  readonly #alongV: Float64Array;

  /** @param logDensity normalised: rows and columns of its exponential have mean 1 */
  constructor(logDensity: Float32Array) {
    this.logDensity = logDensity;
    const width = GRID + 1;
    const density = new Float64Array(GRID * GRID);
    for (let k = 0; k < density.length; k++) density[k] = Math.exp(logDensity[k]);
    this.#alongU = new Float64Array(GRID * width);
    this.#alongV = new Float64Array(GRID * width);
    for (let k = 0; k < GRID; k++) {
      let [row, column] = [0, 0];
      for (let i = 0; i < GRID; i++) {
        row += density[k * GRID + i];
        column += density[i * GRID + k];
        this.#alongU[k * width + i + 1] = row;
        this.#alongV[k * width + i + 1] = column;
      }
      // The Sinkhorn passes leave sums that differ from GRID in the last digits.
      for (let i = 1; i <= GRID; i++) {
        this.#alongU[k * width + i] /= row;
        this.#alongV[k * width + i] /= column;
      }
    }
  }

  /** F(u | v). */
  uGivenV(u: number, v: number): number {
    return conditional(this.#alongU, u, v);
  }

  /** F(v | u). */
  vGivenU(v: number, u: number): number {
    return conditional(this.#alongV, v, u);
  }
}

/** The running sum at `value`, linear within a cell, between the two tables whose centres enclose `given`. */
function conditional(sums: Float64Array, value: number, given: number): number {
  const width = GRID + 1;
  const p = Math.min(Math.max(given * GRID - 0.5, 0), GRID - 1);
  const j = Math.min(Math.floor(p), GRID - 2);
  const f = p - j;
  const q = value * GRID;
  const i = Math.min(Math.floor(q), GRID - 1);
  const g = q - i;
  const at = j * width + i;
  const below = sums[at] * (1 - g) + sums[at + 1] * g;
  const above = sums[at + width] * (1 - g) + sums[at + width + 1] * g;
  return below * (1 - f) + above * f;
}
