/** What all distributions on grids of cells share: their weights, their marginals and how points are drawn. */

import { AliasTable, componentScratch, shiftedLattice, systematic } from "./distribution.js";
import type { Random } from "./random.js";

/** Weighted cells; cell (i, j) is number j·columns + i, and its points start at (i, j). */
export abstract class CellGrid {
  kind: string;
  protected readonly columns: number;
  protected readonly rows: number;
  /** Weights of the cells, of the columns and of the rows, each with sum 1. */
  protected readonly weights: Float64Array;
  protected readonly alongX: Float64Array;
  protected readonly alongY: Float64Array;
  private readonly alias: AliasTable;

  /** @param weights row j, column i at j·columns + i; not negative, not all zero */
  constructor(kind: string, columns: number, rows: number, weights: Float64Array) {
    this.kind = kind;
    this.columns = columns;
    this.rows = rows;
    const total = weights.reduce((sum, w) => sum + w, 0);
    this.weights = weights.map((w) => w / total);
    this.alongX = new Float64Array(columns);
    this.alongY = new Float64Array(rows);
    this.weights.forEach((w, at) => {
      this.alongX[at % columns] += w;
      this.alongY[Math.floor(at / columns)] += w;
    });
    this.alias = new AliasTable(this.weights);
  }

  /** Quantile function of a cell along either axis, from its start. */
  protected abstract within(share: number): number;

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
