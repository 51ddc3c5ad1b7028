/**
 * Grids of uniform boxes: density constant in each cell, some cells empty. Ranks make every column as wide
 * as its mass, so the cuts can stand at the integers without loss. MI is a finite sum.
 */

import type { Distribution } from "./distribution.js";
import { GridPoints } from "./grid-points.js";
import type { Random } from "./random.js";

/** Uniform boxes [i, i+1) × [j, j+1) with given weights. */
export class BoxGrid implements Distribution {
  kind: string;
  readonly terms = 1;
  readonly mi: number;
  private readonly columns: number;
  private readonly rows: number;
  private readonly ratios: Float64Array;
  private readonly points: GridPoints;

  /** @param weights row j, column i at j·columns + i; not negative, not all zero */
  constructor(kind: string, columns: number, rows: number, weights: Float64Array) {
    this.kind = kind;
    this.columns = columns;
    this.rows = rows;
    const total = weights.reduce((sum, w) => sum + w, 0);
    const alongX = new Float64Array(columns);
    const alongY = new Float64Array(rows);
    const shares = weights.map((w, at) => {
      alongX[at % columns] += w / total;
      alongY[Math.floor(at / columns)] += w / total;
      return w / total;
    });
    let mi = 0;
    this.ratios = shares.map((w, at) => {
      const ratio = Math.log(w / alongX[at % columns] / alongY[Math.floor(at / columns)]);
      if (w > 0) mi += w * ratio;
      return w > 0 ? ratio : -Infinity;
    });
    this.mi = Math.max(0, mi);
    this.points = new GridPoints(columns, shares, (share) => share);
  }

  sample(rng: Random, x: Float64Array, y: Float64Array, n: number): void {
    this.points.sample(rng, x, y, n);
  }

  stratified(rng: Random, x: Float64Array, y: Float64Array, m: number): void {
    this.points.stratified(rng, x, y, m);
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
