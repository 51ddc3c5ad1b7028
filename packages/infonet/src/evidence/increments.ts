/**
 * Increments of ranks: where y follows x, however it winds, rows that are neighbours in x are near each other in y.
 */

import { inverse } from "../copula/index.js";

/** Distances of neighbours that are looked at together. */
const NEIGHBOURS = 3;

/** How much nearer neighbours are to each other than rows without order, in both directions: the larger one counts. */
export interface Increments {
  /** Next neighbours: the coefficient ξ of Chatterjee (2021). */
  xi: number;
  /** The next three neighbours (Lin & Han 2023), which sees slower bends with more power. */
  neighbours: number;
}

/**
 * The increments of a sample, as signed squares of sums that are about normal under independence, so that their tails are about
 * exponential. O(n).
 *
 * @param perm permutation of the ranks, in any orientation
 */
export function increments(perm: Uint32Array): Increments {
  const sums = [perm, inverse(perm)].map(sumsOf);
  const largest = (at: number): number => Math.max(sums[0][at], sums[1][at]);
  const signedSquare = (value: number): number => value * Math.abs(value);
  return { xi: signedSquare(largest(0)), neighbours: signedSquare(largest(1)) };
}

/** Σ over rows of the expected distance less the seen one, for the next neighbour and for the next few; about n^{3/2} large. */
function sumsOf(ranks: Uint32Array): [next: number, few: number] {
  const n = ranks.length;
  // Differences of signed integers stay integers in the machine, those of unsigned ones become doubles.
  const perm = new Int32Array(ranks.buffer, ranks.byteOffset, n);
  const scale = 1 / n ** 1.5;
  let [next, few] = [0, 0];
  for (let lag = 1; lag <= NEIGHBOURS && lag < n; lag++) {
    let distance = 0;
    for (let k = lag; k < n; k++) distance += Math.abs(perm[k] - perm[k - lag]);
    const nearer = scale * (((n - lag) * (n + 1)) / 3 - distance);
    if (lag === 1) next = nearer;
    few += nearer;
  }
  return [next, few];
}
