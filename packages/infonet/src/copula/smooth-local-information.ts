/**
 * Local information, smooth in the points: what `localInformation` says on average when every point is shaken a
 * little, each on its own. Counts become random, and Σ c ln c becomes its expectation. Uniform points stay uniform when
 * they are shaken, so what is expected of them is the same.
 */

import { LEVELS, LOCAL_FEATURES, SHAPES, type Shape, TOKEN_GRID, TOKENS } from "./local-information.js";
import { expectedCLogC } from "./random-count.js";
import { FINE } from "./rank-cells.js";
import { ShakenCells, shake } from "./shaken-cells.js";
import type { FloatArray, Pullback, SoftSample } from "./soft-sample.js";
import { uniformSum, uniformSumSlope } from "./uniform-information.js";

/** All cell shapes in the order of the features: strips are as long as the token across their axis. */
const CELL_SHAPES: readonly Shape[] = [
  ...SHAPES,
  ...Array.from({ length: LEVELS }, (_, level) => [level, LEVELS] as const),
  ...Array.from({ length: LEVELS }, (_, level) => [LEVELS, level] as const),
];
/** Cells of a shape in a token. */
const CELLS_OF = CELL_SHAPES.map(([a, b]) => 1 << (2 * LEVELS - a - b));
const TOKEN_SHAPE: Shape = [LEVELS, LEVELS];
const FINE_BITS = Math.log2(FINE);

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
  const uncertain = cells.starts[cells.openCount];
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

/** Adds the uncertain points of the cells at hand, given the derivatives of the sums by their weights. */
function addSlopes(): void {
  const { starts, openCount, points, slopesU, slopesV } = cells;
  const { points: rows, byU, byV } = entries;
  const count = starts[openCount];
  for (let i = 0, at = size; i < count; i++, at++) {
    rows[at] = points[i];
    byU[at] = byWeight[i] * slopesU[i];
    byV[at] = byWeight[i] * slopesV[i];
  }
  size += count;
}

/** Enters which sum the uncertain points of an open cell belong to. */
function assign(index: number, sum: number): void {
  for (let i = cells.starts[index]; i < cells.starts[index + 1]; i++) entries.sums[size + i] = sum;
}

/** The token that a cell of a shape lies in. */
function tokenOf(cell: number, [a, b]: Shape): number {
  const across = FINE_BITS - a;
  const row = cell >> across;
  const column = cell & ((1 << across) - 1);
  return ((row << b) >> LEVELS) * TOKEN_GRID + ((column << a) >> LEVELS);
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
  cells.fill(u, v, TOKEN_SHAPE, 1);
  reserve();
  byWeight.fill(1, 0, cells.starts[cells.openCount]);
  for (let t = 0; t < TOKENS; t++) sums[t] = cells.sure[t];
  for (let c = 0; c < cells.openCount; c++) {
    const t = cells.open[c];
    for (let i = cells.starts[c]; i < cells.starts[c + 1]; i++) sums[t] += cells.weights[i];
    assign(c, t);
  }
  addSlopes();
  for (const [s, shape] of CELL_SHAPES.entries()) {
    // A single point says nothing.
    cells.fill(u, v, shape, 2);
    reserve();
    const { sure, starts, weights, open, certain } = cells;
    const sumOf = (cell: number): number => TOKENS + tokenOf(cell, shape) * LOCAL_FEATURES + s;
    for (let c = 0; c < cells.certainCount; c++) {
      const cell = certain[c];
      if (!cells.isOpen(cell)) sums[sumOf(cell)] += expectedCLogC(sure[cell], weights, 0, 0);
    }
    for (let c = 0; c < cells.openCount; c++) {
      const cell = open[c];
      const sum = sumOf(cell);
      const count = starts[c + 1] - starts[c];
      sums[sum] += expectedCLogC(sure[cell], weights, starts[c], count, byWeight);
      assign(c, sum);
    }
    addSlopes();
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
