/**
 * Local information, smooth in the points: what `localInformation` says on average when every point is jittered a
 * little, each on its own. Counts become random, and Σ c ln c becomes its expectation. Uniform points stay uniform when
 * they are jittered, so what is expected of them is the same.
 */

import type { FloatArray, Pullback, SoftSample } from "../../copula/soft-sample.js";
import { LEVELS, LOCAL_FEATURES, SHAPES, type Shape, TOKEN_GRID, TOKENS } from "../local-information.js";
import { FINE } from "../rank-cells.js";
import { uniformSum, uniformSumSlope } from "../uniform-information.js";
import { type JitteredAxis, JitteredCells, jitter, togetherByLevels } from "./jittered-cells.js";
import { expectedCLogC } from "./random-count.js";
import { pullSums, type SumSlopes, SumSlopesCollector } from "./sum-slopes.js";

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

/** Part of the smoothing that points are jittered over. */
const SHARE = 0.6;
/** Widest interval that points are jittered over, in fine cells; one cell at least. */
const WIDEST = 8;

// Scratch space, reused: the cells at hand, the sums of the open ones, and derivatives by the weights of their points.
const cells = new JitteredCells();
const sumOfOpen = new Uint16Array(FINE * FINE);
let byWeight = new Float64Array(0);
const collector = new SumSlopesCollector();

/** Sorts the points into the cells of a shape that have `least` of them. */
function fill(u: JitteredAxis, v: JitteredAxis, shape: Shape, least: number): void {
  cells.fill(u, v, shape, least);
  const uncertain = cells.starts[cells.openCount];
  if (byWeight.length < uncertain) byWeight = new Float64Array(2 * uncertain);
}

/** The sum that a cell of a shape counts in. */
function sumOf(cell: number, s: number, a: number, b: number): number {
  const across = FINE_BITS - a;
  const row = cell >> across;
  const column = cell & ((1 << across) - 1);
  const token = ((row << b) >> LEVELS) * TOKEN_GRID + ((column << a) >> LEVELS);
  return TOKENS + token * LOCAL_FEATURES + s;
}

/** Sums up the points of the tokens. */
function addTokens(u: JitteredAxis, v: JitteredAxis, sums: Float64Array): void {
  fill(u, v, TOKEN_SHAPE, 1);
  const { starts, weights, open, openCount } = cells;
  for (let t = 0; t < TOKENS; t++) sums[t] = cells.sure(t);
  for (let c = 0; c < openCount; c++) {
    const t = open[c];
    for (let i = starts[c]; i < starts[c + 1]; i++) sums[t] += weights[i];
    sumOfOpen[c] = t;
  }
  byWeight.fill(1, 0, starts[openCount]);
  collector.add(cells, sumOfOpen, byWeight);
}

/** Sums up c ln c of the cells of shape s. */
function addShape(u: JitteredAxis, v: JitteredAxis, s: number, sums: Float64Array): void {
  const [a, b] = CELL_SHAPES[s];
  // A single point says nothing.
  fill(u, v, CELL_SHAPES[s], 2);
  const { starts, weights, open, openCount, certain, certainCount } = cells;
  for (let c = 0; c < certainCount; c++) {
    const cell = certain[c];
    if (!cells.isOpen(cell)) sums[sumOf(cell, s, a, b)] += expectedCLogC(cells.sure(cell), weights, 0, 0);
  }
  for (let c = 0; c < openCount; c++) {
    const sum = sumOf(open[c], s, a, b);
    const count = starts[c + 1] - starts[c];
    sums[sum] += expectedCLogC(cells.sure(open[c]), weights, starts[c], count, byWeight);
    sumOfOpen[c] = sum;
  }
  collector.add(cells, sumOfOpen, byWeight);
}

/**
 * Local information of soft pseudo-observations (rank − ½)/n. Overwrites TOKENS × LOCAL_FEATURES numbers at `offset`,
 * in the order of `localInformation`.
 */
export function smoothLocalInformation(sample: SoftSample, out: FloatArray, offset: number): Pullback {
  const width = Math.min(WIDEST, Math.max(1, (SHARE * sample.smoothing * FINE) / sample.u.length));
  const rows = togetherByLevels(sample.u, sample.v, width);
  const [u, v] = [jitter(sample.u, width, rows), jitter(sample.v, width, rows)];
  collector.clear();
  // Points a token, then Σ c ln c a token and shape.
  const sums = new Float64Array(TOKENS + TOKENS * LOCAL_FEATURES);
  addTokens(u, v, sums);
  for (let s = 0; s < LOCAL_FEATURES; s++) addShape(u, v, s, sums);
  for (let t = 0; t < TOKENS; t++) {
    for (let s = 0; s < LOCAL_FEATURES; s++) {
      const k = t * LOCAL_FEATURES + s;
      out[offset + k] = sums[t] > 0 ? sums[TOKENS + k] / sums[t] - uniformSum(sums[t] / CELLS_OF[s]) : 0;
    }
  }

  const state = { rows, sums, slopes: collector.take() };
  return (cotangent, at, gradient) => pullInformation(state, cotangent, at, gradient);
}

/** Adds to the derivatives by the soft ranks, from those by the features. */
function pullInformation(
  { rows, sums, slopes }: { rows: Uint32Array; sums: Float64Array; slopes: SumSlopes },
  ...[cotangent, at, gradient]: Parameters<Pullback>
): void {
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
  const [slopesU, slopesV] = [new Float64Array(rows.length), new Float64Array(rows.length)];
  pullSums(slopes, bySum, slopesU, slopesV);
  for (let k = 0; k < rows.length; k++) {
    gradient.u[rows[k]] += slopesU[k];
    gradient.v[rows[k]] += slopesV[k];
  }
}
