/** Permutations for tests, and what is known of them. */

import { permutation } from "./random.js";

/** The sample of n points that rise with noise. */
export function noisyRise(seed: number, n: number): Uint32Array {
  const noisy = Float64Array.from(permutation(seed, n), (v, k) => k + 0.8 * v);
  const order = Uint32Array.from(noisy.keys()).sort((a, b) => noisy[a] - noisy[b]);
  const perm = new Uint32Array(n);
  order.forEach((row, rank) => {
    perm[row] = rank;
  });
  return perm;
}

/** Spearman's correlation of a sample. */
export function spearman(perm: Uint32Array): number {
  const n = perm.length;
  return 1 - (6 * perm.reduce((sum, v, k) => sum + (v - k) ** 2, 0)) / (n * (n * n - 1));
}
