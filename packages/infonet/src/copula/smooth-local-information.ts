/**
 * Local information, smooth in the points: what `localInformation` says on average when every point is shaken a
 * little, each on its own. Counts become random, and Σ c ln c becomes its expectation. Uniform points stay uniform when
 * they are shaken, so what is expected of them is the same.
 */

import { FINE, LEVELS, LOCAL_FEATURES, SHAPES, TOKEN_GRID, TOKENS } from "./local-information.js";
import { expectedCLogC } from "./random-count.js";
import { ShakenCells, type Shape, shake } from "./shaken-cells.js";
import type { FloatArray, Pullback, SoftSample } from "./soft-sample.js";
import { uniformSum, uniformSumSlope } from "./uniform-information.js";

/** All cell shapes in the order of the features: strips are as long as the token across their axis. */
const CELL_SHAPES: readonly Shape[] = [
  ...SHAPES.map(([a, b]) => [a, b] as const),
  ...Array.from({ length: LEVELS }, (_, level) => [level, LEVELS] as const),
  ...Array.from({ length: LEVELS }, (_, level) => [LEVELS, level] as const),
];
/** Cells of a shape in a token. */
const CELLS_OF = CELL_SHAPES.map(([a, b]) => 1 << (2 * LEVELS - a - b));
const TOKEN_SHAPE: Shape = [LEVELS, LEVELS];

/** Part of the smoothing that points are shaken over. */
const SHARE = 0.6;
/** Widest interval that points are shaken over, in fine cells; one cell at least. */
const WIDEST = 8;

/**
 * Derivatives of the sums by the soft ranks: entry i says how the rank of point `points[i]` moves sum `sums[i]`. As many
 * as there are uncertain points in all shapes, some twenty a row.
 */
interface Slopes {
  points: Uint32Array;
  sums: Uint16Array;
  byU: Float32Array;
  byV: Float32Array;
}

// Scratch space, reused: the cells at hand, derivatives by their weights, the entries so far.
const cells = new ShakenCells();
let byWeight = new Float64Array(0);
let entries: Slopes = {
  points: new Uint32Array(0),
  sums: new Uint16Array(0),
  byU: new Float32Array(0),
  byV: new Float32Array(0),
};
let size = 0;

/** Room for the entries of the cells at hand. */
function reserve(): void {
  const uncertain = cells.starts[cells.count];
  if (byWeight.length < uncertain) byWeight = new Float64Array(2 * uncertain);
  if (entries.points.length >= size + uncertain) return;
  const capacity = 2 * (size + uncertain);
  const larger: Slopes = {
    points: new Uint32Array(capacity),
    sums: new Uint16Array(capacity),
    byU: new Float32Array(capacity),
    byV: new Float32Array(capacity),
  };
  larger.points.set(entries.points);
  larger.sums.set(entries.sums);
  larger.byU.set(entries.byU);
  larger.byV.set(entries.byV);
  entries = larger;
}

/** Adds the uncertain points of a cell, given the derivatives of the sum by their weights. */
function addSlopes(cell: number, sum: number): void {
  const { starts, points, slopesU, slopesV } = cells;
  for (let i = starts[cell]; i < starts[cell + 1]; i++, size++) {
    entries.points[size] = points[i];
    entries.sums[size] = sum;
    entries.byU[size] = byWeight[i] * slopesU[i];
    entries.byV[size] = byWeight[i] * slopesV[i];
  }
}

/** The token that a cell of a shape lies in. */
function tokenOf(cell: number, [a, b]: Shape): number {
  const row = Math.floor(cell / cells.wide);
  return ((row << b) >> LEVELS) * TOKEN_GRID + (((cell - row * cells.wide) << a) >> LEVELS);
}

/**
 * Local information of soft pseudo-observations (rank − ½)/n. Overwrites TOKENS × LOCAL_FEATURES numbers at `offset`,
 * in the order of `localInformation`.
 */
export function smoothLocalInformation(sample: SoftSample, out: FloatArray, offset: number): Pullback {
  const width = Math.min(WIDEST, Math.max(1, (SHARE * sample.smoothing * FINE) / sample.u.length));
  const [u, v] = [shake(sample.u, width), shake(sample.v, width)];
  size = 0;
  // Points a token, then Σ c ln c a token and shape.
  const sums = new Float64Array(TOKENS + TOKENS * LOCAL_FEATURES);
  cells.fill(u, v, TOKEN_SHAPE);
  reserve();
  byWeight.fill(1, 0, cells.starts[TOKENS]);
  for (let t = 0; t < TOKENS; t++) {
    sums[t] = cells.sure[t];
    for (let i = cells.starts[t]; i < cells.starts[t + 1]; i++) sums[t] += cells.weights[i];
    addSlopes(t, t);
  }
  for (const [s, shape] of CELL_SHAPES.entries()) {
    cells.fill(u, v, shape);
    reserve();
    const { sure, starts, weights, count } = cells;
    for (let c = 0; c < count; c++) {
      const uncertain = starts[c + 1] - starts[c];
      // A single point says nothing.
      if (sure[c] + uncertain < 2) continue;
      const sum = TOKENS + tokenOf(c, shape) * LOCAL_FEATURES + s;
      sums[sum] += expectedCLogC(sure[c], weights, starts[c], uncertain, byWeight);
      addSlopes(c, sum);
    }
  }
  for (let t = 0; t < TOKENS; t++) {
    for (let s = 0; s < LOCAL_FEATURES; s++) {
      const k = t * LOCAL_FEATURES + s;
      out[offset + k] = sums[t] > 0 ? sums[TOKENS + k] / sums[t] - uniformSum(sums[t] / CELLS_OF[s]) : 0;
    }
  }

  const points = entries.points.slice(0, size);
  const moved = entries.sums.slice(0, size);
  const byU = entries.byU.slice(0, size);
  const byV = entries.byV.slice(0, size);
  return (cotangent, at, gradient) => {
    const bySum = new Float64Array(sums.length);
    for (let t = 0; t < TOKENS; t++) {
      if (sums[t] === 0) continue;
      for (let s = 0; s < LOCAL_FEATURES; s++) {
        const k = t * LOCAL_FEATURES + s;
        const expected = uniformSumSlope(sums[t] / CELLS_OF[s]) / CELLS_OF[s];
        bySum[t] -= cotangent[at + k] * (sums[TOKENS + k] / sums[t] ** 2 + expected);
        bySum[TOKENS + k] = cotangent[at + k] / sums[t];
      }
    }
    for (let i = 0; i < points.length; i++) {
      const factor = bySum[moved[i]];
      gradient.u[points[i]] += factor * byU[i];
      gradient.v[points[i]] += factor * byV[i];
    }
  };
}
