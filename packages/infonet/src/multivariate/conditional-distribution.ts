/** Conditional distributions (h-functions) of a copula given as a table of its density. */

import { GRID } from "../features/index.js";

const WIDTH = GRID + 1;

/** A copula density on the grid, with its two families of conditional distribution functions. */
export class TableCopula {
  /** log c(u, v), GRID × GRID, row v, column u. */
  readonly logDensity: Float32Array;
  /** F(u | v). */
  readonly u: ConditionalDistribution;
  /** F(v | u). */
  readonly v: ConditionalDistribution;

  /** @param logDensity normalised: rows and columns of its exponential have mean 1 */
  constructor(logDensity: Float32Array) {
    this.logDensity = logDensity;
    const density = new Float64Array(GRID * GRID);
    for (let k = 0; k < density.length; k++) density[k] = Math.exp(logDensity[k]);
    const [alongU, alongV] = [new Float64Array(GRID * WIDTH), new Float64Array(GRID * WIDTH)];
    for (let k = 0; k < GRID; k++) {
      let [row, column] = [0, 0];
      for (let i = 0; i < GRID; i++) {
        row += density[k * GRID + i];
        column += density[i * GRID + k];
        alongU[k * WIDTH + i + 1] = row;
        alongV[k * WIDTH + i + 1] = column;
      }
      // The Sinkhorn passes leave sums that differ from GRID in the last digits.
      for (let i = 1; i <= GRID; i++) {
        alongU[k * WIDTH + i] /= row;
        alongV[k * WIDTH + i] /= column;
      }
    }
    this.u = new ConditionalDistribution(alongU);
    this.v = new ConditionalDistribution(alongV);
  }
}

/** Distribution functions of one variable given the other, as a table. */
export class ConditionalDistribution {
  /** @param sums running sums along the variable, GRID + 1 of them for each of GRID values of the other one */
  constructor(private readonly sums: Float64Array) {}

  /** The running sum at `value`, linear within a cell, between the two tables whose centres enclose `given`. */
  at(value: number, given: number): number {
    const { sums } = this;
    const p = Math.min(Math.max(given * GRID - 0.5, 0), GRID - 1);
    const j = Math.min(Math.floor(p), GRID - 2);
    const f = p - j;
    const q = value * GRID;
    const i = Math.min(Math.floor(q), GRID - 1);
    const g = q - i;
    const at = j * WIDTH + i;
    const below = sums[at] * (1 - g) + sums[at + 1] * g;
    const above = sums[at + WIDTH] * (1 - g) + sums[at + WIDTH + 1] * g;
    return below * (1 - f) + above * f;
  }
}
