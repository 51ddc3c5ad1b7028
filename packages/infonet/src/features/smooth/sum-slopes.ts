/** Derivatives of sums over the cells of jittered points by the soft ranks. */

import type { JitteredCells } from "./jittered-cells.js";

/**
 * Run r is a cell: entries from the end of the run before to `ends[r]` say how the ranks of `points` move sum `sums[r]`.
 * As many entries as there are uncertain points in all cells, some twenty a row.
 */
export interface SumSlopes {
  points: Uint32Array;
  byU: Float32Array;
  byV: Float32Array;
  ends: Uint32Array;
  sums: Uint16Array;
}

/** Collects them, shape after shape, in arrays that are used again and again. */
export class SumSlopesCollector {
  #slopes: SumSlopes = arrays(0, 0);
  #size = 0;
  #runs = 0;

  /** Forgets what was collected. */
  clear(): void {
    this.#size = 0;
    this.#runs = 0;
  }

  /**
   * Adds the open cells at hand.
   *
   * @param sumOf the sum of each of them
   * @param byWeight derivatives of the sums by the weights of their uncertain points
   */
  add(cells: JitteredCells, sumOf: Uint16Array, byWeight: Float64Array): void {
    const { starts, openCount, slopesU, slopesV } = cells;
    const count = starts[openCount];
    this.#reserve(this.#size + count, this.#runs + openCount);
    const { points, byU, byV, ends, sums } = this.#slopes;
    const size = this.#size;
    for (let i = 0; i < count; i++) {
      points[size + i] = cells.points[i];
      byU[size + i] = byWeight[i] * slopesU[i];
      byV[size + i] = byWeight[i] * slopesV[i];
    }
    for (let c = 0; c < openCount; c++) {
      ends[this.#runs + c] = size + starts[c + 1];
      sums[this.#runs + c] = sumOf[c];
    }
    this.#size += count;
    this.#runs += openCount;
  }

  /** What was collected, in arrays of its own. */
  take(): SumSlopes {
    return copy(this.#slopes, arrays(this.#size, this.#runs));
  }

  #reserve(size: number, runs: number): void {
    const { points, ends } = this.#slopes;
    if (points.length >= size && ends.length >= runs) return;
    this.#slopes = copy(this.#slopes, arrays(2 * size, 2 * runs));
  }
}

function arrays(size: number, runs: number): SumSlopes {
  return {
    points: new Uint32Array(size),
    byU: new Float32Array(size),
    byV: new Float32Array(size),
    ends: new Uint32Array(runs),
    sums: new Uint16Array(runs),
  };
}

/** Copies as much as there is room for. */
function copy(from: SumSlopes, to: SumSlopes): SumSlopes {
  for (const name of ["points", "byU", "byV", "ends", "sums"] as const) {
    to[name].set(from[name].subarray(0, to[name].length));
  }
  return to;
}

/**
 * Adds to the derivatives by the soft ranks of points.
 *
 * @param bySum derivatives by the sums
 */
export function pullSums(
  { points, byU, byV, ends, sums }: SumSlopes,
  bySum: Float64Array,
  slopesU: Float64Array,
  slopesV: Float64Array,
): void {
  let i = 0;
  for (let run = 0; run < ends.length; run++) {
    const factor = bySum[sums[run]];
    for (; i < ends[run]; i++) {
      slopesU[points[i]] += factor * byU[i];
      slopesV[points[i]] += factor * byV[i];
    }
  }
}
