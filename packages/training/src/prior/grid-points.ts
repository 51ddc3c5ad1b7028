/** Points of a grid's cells: what all distributions on grids draw in the same way. */

import { AliasTable, componentScratch, shiftedLattice, systematic } from "./distribution.js";
import type { Random } from "./random.js";

/** Draws points of cells; cell (i, j) is number j·columns + i, and its points start at (i, j). */
export class GridPoints {
  private readonly columns: number;
  private readonly weights: Float64Array;
  private readonly within: (share: number) => number;
  private readonly alias: AliasTable;

  /**
   * @param weights of the cells, sum 1
   * @param within quantile function of a cell along either axis, from its start
   */
  constructor(columns: number, weights: Float64Array, within: (share: number) => number) {
    this.columns = columns;
    this.weights = weights;
    this.within = within;
    this.alias = new AliasTable(weights);
  }

  /** Draws n independent points. */
  sample(rng: Random, x: Float64Array, y: Float64Array, n: number): void {
    for (let i = 0; i < n; i++) this.place(this.alias.draw(rng), rng.uniform(), rng.uniform(), x, y, i);
  }

  /** Draws m points, stratified over the cells and on a randomly shifted lattice within them. */
  stratified(rng: Random, x: Float64Array, y: Float64Array, m: number): void {
    systematic(rng, this.weights, componentScratch, m);
    shiftedLattice(rng, x, y, m);
    for (let j = 0; j < m; j++) this.place(componentScratch[j], x[j], y[j], x, y, j);
  }

  private place(cell: number, u: number, v: number, x: Float64Array, y: Float64Array, i: number): void {
    const row = (cell / this.columns) | 0;
    x[i] = cell - row * this.columns + this.within(u);
    y[i] = row + this.within(v);
  }
}
