import { expect, test } from "vitest";
import type { SoftSample } from "../../copula/soft-sample.js";
import { order } from "../../numerics/order.js";
import { expectDerivatives } from "../../testing/derivatives.js";
import { jitteredCells } from "../../testing/jittered.js";
import { draws, permutation } from "../../testing/random.js";
import { LEVELS, LOCAL_FEATURES, SHAPES, TOKEN_GRID, TOKENS } from "../local-information.js";
import { FINE } from "../rank-cells.js";
import { uniformSum } from "../uniform-information.js";
import { smoothLocalInformation } from "./local-information.js";

const levels = Array.from({ length: LEVELS }, (_, level) => level);
const ALL_SHAPES = [
  ...SHAPES,
  ...levels.map((level) => [level, LEVELS] as const),
  ...levels.map((level) => [LEVELS, level] as const),
];

/** E[c ln c] of the number of those who come, one after the other. */
function expectedCLogC(comes: readonly number[]): number {
  let distribution = [1];
  for (const p of comes) {
    distribution = [...distribution, 0].map((mass, c) => mass * (1 - p) + (distribution[c - 1] ?? 0) * p);
  }
  return distribution.reduce((sum, mass, c) => sum + (c > 1 ? mass * c * Math.log(c) : 0), 0);
}

/** Every point in every cell that it may be in. */
function byDefinition({ u, v, smoothing }: SoftSample): Float64Array {
  const n = u.length;
  const width = Math.min(8, Math.max(1, (0.6 * smoothing * FINE) / n));
  const cellsOf = ([a, b]: readonly [number, number]): Map<number, number[]> => {
    const cells = new Map<number, number[]>();
    for (let k = 0; k < n; k++) {
      const columns = jitteredCells(u[k], n, width, a);
      for (const [row, below] of jitteredCells(v[k], n, width, b)) {
        for (const [column, left] of columns) {
          const cell = row * (FINE >> a) + column;
          const comes = cells.get(cell);
          if (comes) comes.push(left * below);
          else cells.set(cell, [left * below]);
        }
      }
    }
    return cells;
  };
  const points = new Float64Array(TOKENS);
  for (const [token, comes] of cellsOf([LEVELS, LEVELS])) points[token] = comes.reduce((a, b) => a + b);
  const out = new Float64Array(TOKENS * LOCAL_FEATURES);
  for (const [s, [a, b]] of ALL_SHAPES.entries()) {
    const wide = FINE >> a;
    for (const [cell, comes] of cellsOf([a, b])) {
      const token =
        Math.floor((Math.floor(cell / wide) << b) / 32) * TOKEN_GRID + Math.floor(((cell % wide) << a) / 32);
      out[token * LOCAL_FEATURES + s] += expectedCLogC(comes) / points[token];
    }
    for (const [token, count] of points.entries()) {
      if (count > 0) out[token * LOCAL_FEATURES + s] -= uniformSum(count / 2 ** (2 * LEVELS - a - b));
    }
  }
  return out;
}

function sampleOf(n: number, smoothing: number): SoftSample {
  const { uniform } = draws(n);
  const u = Float64Array.from(permutation(1, n), (rank) => 1 + rank + 0.5 * (uniform() - 0.5));
  // Half of the rows lie on a line, so that some cells hold many.
  const v = u.map((rank, k) => (k % 2 === 0 ? rank : 1 + (n - 1) * uniform()));
  return { u, v, byU: order(u), byV: order(v), smoothing, randomOrder: permutation(3, n) };
}

const size = TOKENS * LOCAL_FEATURES;

test.each([
  [12, 0.1],
  [60, 0.8],
  [30, 100],
  [300, 0.1],
  [200, 4],
])("of %i points jittered over %f ranks the cells hold what is expected", (n, smoothing) => {
  const sample = sampleOf(n, smoothing);
  const out = new Float64Array(size + 2).fill(7);
  smoothLocalInformation(sample, out, 1);
  const expected = byDefinition(sample);
  expect(Math.max(...expected.map((value, at) => Math.abs(out[1 + at] - value)))).toBeLessThan(1e-9);
  expect([out[0], out[size + 1]]).toEqual([7, 7]);
});

test.each([
  [12, 0.1],
  [60, 0.8],
])("its derivatives are those of what is expected, %i points jittered over %f ranks", (n, smoothing) => {
  const options = { size, rows: [0, 1], step: 1e-5, tolerance: 1e-4 };
  expectDerivatives(sampleOf(n, smoothing), smoothLocalInformation, byDefinition, options);
});
