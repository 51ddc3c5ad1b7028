/**
 * Grids of uniform boxes: density constant in each cell, some cells empty. Ranks make every column as wide
 * as its mass, so the cuts can stand at the integers without loss. MI is a finite sum.
 */

import { CellGrid } from "./cell-grid.js";
import type { Distribution } from "./distribution.js";

/** Uniform boxes [i, i+1) × [j, j+1) with given weights. */
export class BoxGrid extends CellGrid implements Distribution {
  readonly terms = 1;
  readonly mi: number;
  private readonly ratios: Float64Array;

  /** @param weights row j, column i at j·columns + i; not negative, not all zero */
  constructor(kind: string, columns: number, rows: number, weights: Float64Array) {
    super(kind, columns, rows, weights);
    let mi = 0;
    this.ratios = this.weights.map((w, at) => {
      const ratio = Math.log(w / this.alongX[at % columns] / this.alongY[Math.floor(at / columns)]);
      if (w > 0) mi += w * ratio;
      return w > 0 ? ratio : -Infinity;
    });
    this.mi = Math.max(0, mi);
  }

  protected within(share: number): number {
    return share;
  }

  logRatio(x: Float64Array, y: Float64Array, m: number, out: Float64Array): void {
    for (let j = 0; j < m; j++) {
      const column = Math.floor(x[j]);
      const row = Math.floor(y[j]);
      const inside = column >= 0 && column < this.columns && row >= 0 && row < this.rows;
      out[j] = inside ? this.ratios[row * this.columns + column] : -Infinity;
    }
  }
}
