/**
 * Grids of tents: a density that is bilinear between the nodes of a grid, smooth where {@link BoxGrid} has
 * edges. Each marginal density is linear between the nodes, so the log ratio is exact.
 */

import type { Distribution } from "./distribution.js";
import { GridPoints } from "./grid-points.js";
import type { Random } from "./random.js";

/** Position in [0, 2) at which a tent over 0, 1, 2 has the share u of its mass to the left. */
function tentQuantile(u: number): number {
  return u < 0.5 ? Math.sqrt(2 * u) : 2 - Math.sqrt(2 * (1 - u));
}

/** Products of tents: tent (i, j) stands on [i, i+2] × [j, j+2], its top at (i+1, j+1). */
export class BilinearGrid implements Distribution {
  kind: string;
  readonly terms = 4;
  private readonly columns: number;
  private readonly rows: number;
  // Heights at the nodes 0 … columns + 1 and 0 … rows + 1, zero at the outermost.
  private readonly heights: Float64Array;
  private readonly alongX: Float64Array;
  private readonly alongY: Float64Array;
  private readonly points: GridPoints;

  /** @param weights of the tents, row j, column i at j·columns + i; positive */
  constructor(kind: string, columns: number, rows: number, weights: Float64Array) {
    this.kind = kind;
    this.columns = columns;
    this.rows = rows;
    const total = weights.reduce((sum, w) => sum + w, 0);
    const shares = weights.map((w) => w / total);
    this.heights = new Float64Array((columns + 2) * (rows + 2));
    this.alongX = new Float64Array(columns + 2);
    this.alongY = new Float64Array(rows + 2);
    for (let j = 0; j < rows; j++) {
      for (let i = 0; i < columns; i++) {
        const w = shares[j * columns + i];
        this.heights[(j + 1) * (columns + 2) + i + 1] = w;
        this.alongX[i + 1] += w;
        this.alongY[j + 1] += w;
      }
    }
    this.points = new GridPoints(columns, shares, tentQuantile);
  }

  sample(rng: Random, x: Float64Array, y: Float64Array, n: number): void {
    this.points.sample(rng, x, y, n);
  }

  stratified(rng: Random, x: Float64Array, y: Float64Array, m: number): void {
    this.points.stratified(rng, x, y, m);
  }

  logRatio(x: Float64Array, y: Float64Array, m: number, out: Float64Array): void {
    const { heights, alongX, alongY, columns, rows } = this;
    const stride = columns + 2;
    for (let j = 0; j < m; j++) {
      const column = Math.floor(x[j]);
      const row = Math.floor(y[j]);
      if (!(column >= 0 && column <= columns && row >= 0 && row <= rows)) {
        out[j] = -Infinity;
        continue;
      }
      const s = x[j] - column;
      const t = y[j] - row;
      const at = row * stride + column;
      const below = (1 - s) * heights[at] + s * heights[at + 1];
      const above = (1 - s) * heights[at + stride] + s * heights[at + stride + 1];
      const px = (1 - s) * alongX[column] + s * alongX[column + 1];
      const py = (1 - t) * alongY[row] + t * alongY[row + 1];
      out[j] = Math.log(((1 - t) * below + t * above) / (px * py));
    }
  }
}
