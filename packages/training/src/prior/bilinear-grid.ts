/**
 * Grids of tents: a density that is bilinear between the nodes of a grid, smooth where {@link BoxGrid} has
 * edges. Each marginal density is linear between the nodes, so the log ratio is exact.
 */

import { CellGrid } from "./cell-grid.js";
import type { Distribution } from "./distribution.js";

/** Products of tents: tent (i, j) stands on [i, i+2] × [j, j+2], its top at (i+1, j+1). */
export class BilinearGrid extends CellGrid implements Distribution {
  readonly terms = 4;
  // Heights at the nodes 0 … columns + 1 and 0 … rows + 1, zero at the outermost.
  private readonly heights: Float64Array;
  private readonly heightsX: Float64Array;
  private readonly heightsY: Float64Array;

  /** @param weights of the tents, row j, column i at j·columns + i; positive */
  constructor(kind: string, columns: number, rows: number, weights: Float64Array) {
    super(kind, columns, rows, weights);
    this.heights = new Float64Array((columns + 2) * (rows + 2));
    for (let j = 0; j < rows; j++) {
      const row = this.weights.subarray(j * columns, (j + 1) * columns);
      this.heights.set(row, (j + 1) * (columns + 2) + 1);
    }
    this.heightsX = Float64Array.of(0, ...this.alongX, 0);
    this.heightsY = Float64Array.of(0, ...this.alongY, 0);
  }

  protected within(share: number): number {
    return share < 0.5 ? Math.sqrt(2 * share) : 2 - Math.sqrt(2 * (1 - share));
  }

  logRatio(x: Float64Array, y: Float64Array, m: number, out: Float64Array): void {
    const { heights, heightsX, heightsY, columns, rows } = this;
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
      const px = (1 - s) * heightsX[column] + s * heightsX[column + 1];
      const py = (1 - t) * heightsY[row] + t * heightsY[row + 1];
      out[j] = Math.log(((1 - t) * below + t * above) / (px * py));
    }
  }
}
