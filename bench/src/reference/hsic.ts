/**
 * Hilbert–Schmidt independence criterion (Gretton et al. 2008) with Gaussian kernels whose width is the median
 * distance. A reference implementation, O(n²) in time and memory.
 */
import type { Rows } from "./distance-correlation.js";

/** The biased criterion, tr(K H L H)/n². */
export function hsic(x: Rows, y: Rows): number {
  const n = x.data.length / x.width;
  const [kx, ky] = [gaussianKernel(x), gaussianKernel(y)];
  let sum = 0;
  for (let k = 0; k < n * n; k++) sum += kx[k] * ky[k];
  return sum / (n * n);
}

/** The Gaussian kernel of all pairs of rows, centred, n × n. */
export function gaussianKernel(rows: Rows): Float64Array {
  const squares = squaredDistances(rows);
  const sorted = squares.filter((square) => square > 0).sort();
  const median = sorted[sorted.length >> 1] ?? 1;
  return centred(squares.map((square) => Math.exp((-0.5 * square) / median)));
}

/** Minus the distances of all pairs of rows, centred: the kernel whose criterion is the distance covariance. */
export function distanceKernel(rows: Rows): Float64Array {
  return centred(squaredDistances(rows).map((square) => -Math.sqrt(square)));
}

function squaredDistances({ data, width }: Rows): Float64Array {
  const n = data.length / width;
  const squares = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      let square = 0;
      for (let k = 0; k < width; k++) square += (data[i * width + k] - data[j * width + k]) ** 2;
      squares[i * n + j] = square;
      squares[j * n + i] = square;
    }
  }
  return squares;
}

function centred(kernel: Float64Array): Float64Array {
  const n = Math.sqrt(kernel.length);
  const means = Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += kernel[i * n + j];
    return sum / n;
  });
  const grand = means.reduce((sum, v) => sum + v, 0) / n;
  return kernel.map((value, at) => value + grand - means[Math.floor(at / n)] - means[at % n]);
}

/** A criterion among those of random orders of the rows. */
export interface PermutationTest {
  /**
   * How far it lies above them, in their standard deviations. Bare criteria depend on the distributions of X and of Y
   * alone, and cannot be compared between samples.
   */
  score: number;
  /** (1 + orders at least as extreme) / (1 + orders). */
  pValue: number;
}

/** Compares the criterion of two centred kernels with those of random orders of the rows. */
export function permutationTest(
  kx: Float64Array,
  ky: Float64Array,
  permutations: number,
  uniform: () => number,
): PermutationTest {
  const n = Math.sqrt(kx.length);
  const order = Uint32Array.from({ length: n }, (_, k) => k);
  const criterion = (): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      const at = order[i] * n;
      for (let j = 0; j < i; j++) sum += 2 * kx[i * n + j] * ky[at + order[j]];
      sum += kx[i * n + i] * ky[at + order[i]];
    }
    return sum;
  };
  const actual = criterion();
  const others = Array.from({ length: permutations }, () => {
    for (let k = n - 1; k > 0; k--) {
      const other = Math.floor(uniform() * (k + 1));
      [order[k], order[other]] = [order[other], order[k]];
    }
    return criterion();
  });
  const mean = others.reduce((sum, v) => sum + v, 0) / permutations;
  const deviation = Math.sqrt(others.reduce((sum, v) => sum + (v - mean) ** 2, 0) / permutations);
  return {
    score: deviation > 0 ? (actual - mean) / deviation : 0,
    pValue: (1 + others.filter((value) => value >= actual).length) / (1 + permutations),
  };
}
