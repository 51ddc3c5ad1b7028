/**
 * Statistics of the dependence of two variables of several columns, of their normal scores, under permutations of the rows: the sum of
 * squared covariances (linear kernels; Escoufier's RV, 1973), the Hilbert–Schmidt criterion of Gaussian kernels (Gretton et al. 2008), and
 * the smooth dependence statistic of two pairs of projections that each see one side alone, the sums of the columns and the first principal
 * components. Each is transformed to be nearly normal.
 */

import { inverse, rankPermutation } from "../copula/index.js";
import type { Task } from "../engine/task.js";
import { smoothDependence } from "../evidence/index.js";
import { mirror, multiply, orthonormalize, project } from "../numerics/linear.js";
import { mean } from "../numerics/moments.js";
import { order } from "../numerics/order.js";
import { shuffled, stream } from "../numerics/random.js";
import { allRows } from "../numerics/rows.js";

/** Tests begun so far. */
let tests = 0;

/** A number that no other test of this thread has. */
export function nextTest(): number {
  return tests++;
}

/** Some permutations of one test. */
interface Permuted {
  /** The same for all of them, and for no others of the same thread. */
  number: number;
  x: readonly Float64Array[];
  y: readonly Float64Array[];
  seed: number;
  /** 0 is the order that the rows have. */
  permutations: readonly number[];
}

/** The kernels of the last test: its other permutations need them too. They are let go when memory is short. */
let last: { number: number; statistics: WeakRef<(rows: Uint32Array) => number[]> } | undefined;

/** The statistics of some permutations. */
export const PERMUTED: Task<Permuted, number[][]> = {
  name: "permuted",
  run({ number, x, y, seed, permutations }) {
    const n = x[0].length;
    const kept = last?.number === number ? last.statistics.deref() : undefined;
    const statistics = kept ?? prepared(x, y);
    last = { number, statistics: new WeakRef(statistics) };
    return permutations.map((permutation) =>
      statistics(permutation === 0 ? allRows(n) : shuffled(n, stream(seed, 71, permutation - 1))),
    );
  },
};

/** The statistics of X and of Y with its rows in another order, as a function of that order. */
function prepared(x: readonly Float64Array[], y: readonly Float64Array[]): (rows: Uint32Array) => number[] {
  const n = x[0].length;
  const [lx, ly] = [linearKernel(x), linearKernel(y)];
  const kernels = [
    [lx, ly],
    [gaussianKernel(lx, n), gaussianKernel(ly, n)],
  ];
  const projections = [
    [sumOf(x), sumOf(y)],
    [principal(lx, n), principal(ly, n)],
  ].map((pair) => pair.map((values) => inverse(order(values))));
  return (rows) => [
    ...kernels.map(([kx, ky]) => Math.cbrt(aligned(kx, ky, rows, n))),
    ...projections.map(([rx, ry]) => {
      const permuted = new Uint32Array(n);
      for (let k = 0; k < n; k++) permuted[k] = ry[rows[k]];
      return Math.cbrt(smoothDependence(rankPermutation(rx, permuted)));
    }),
  ];
}

/** Inner products of the rows. The columns have mean zero, so the kernel is centred. */
function linearKernel(columns: readonly Float64Array[]): Float64Array {
  const n = columns[0].length;
  const kernel = new Float64Array(n * n);
  for (const column of columns) {
    for (let i = 0; i < n; i++) {
      const value = column[i];
      for (let j = 0; j <= i; j++) kernel[i * n + j] += value * column[j];
    }
  }
  mirror(kernel, n);
  return kernel;
}

/** exp(−distance² / median distance²), centred. */
function gaussianKernel(linear: Float64Array, n: number): Float64Array {
  const squares = new Float64Array(n * n);
  const some: number[] = [];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const square = linear[i * n + i] + linear[j * n + j] - 2 * linear[i * n + j];
      squares[i * n + j] = square;
      if (j < i && (i + j) % Math.ceil(n / 100) === 0) some.push(square);
    }
  }
  some.sort((a, b) => a - b);
  const scale = -1 / Math.max(some[some.length >> 1], 1e-12);
  const kernel = squares.map((square) => Math.exp(scale * square));
  const means = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) means[i] += kernel[i * n + j] / n;
  const whole = mean(means);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) kernel[i * n + j] += whole - means[i] - means[j];
  }
  return kernel;
}

/** Σ kx_ij · ky_{rows i, rows j}; not below zero but for rounding. */
function aligned(kx: Float64Array, ky: Float64Array, rows: Uint32Array, n: number): number {
  let [off, diagonal] = [0, 0];
  for (let i = 0; i < n; i++) {
    const at = rows[i] * n;
    for (let j = 0; j < i; j++) off += kx[i * n + j] * ky[at + rows[j]];
    diagonal += kx[i * n + i] * ky[at + rows[i]];
  }
  return 2 * off + diagonal;
}

function sumOf(columns: readonly Float64Array[]): Float64Array {
  return project(columns, new Float64Array(columns.length).fill(1));
}

const ROUNDS = 12;

/** Scores of the rows on the first principal component: the leading eigenvector of the linear kernel. */
function principal(kernel: Float64Array, n: number): Float64Array {
  const { normal } = stream(0, 81);
  let vector = Float64Array.from({ length: n }, normal);
  for (let round = 0; round < ROUNDS; round++) {
    vector = multiply(kernel, vector, n, n, 1) as Float64Array<ArrayBuffer>;
    orthonormalize(vector, n, 1);
  }
  return vector;
}
