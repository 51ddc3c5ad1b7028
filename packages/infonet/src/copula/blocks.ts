/** Very long samples in blocks: beyond what the network was trained with, it is asked about one block of the rows after another. */

import { fixedStream, shuffled } from "../numerics/random.js";

/**
 * The block of every place of a sample, at random; their sizes differ by one at most. Always the same for these numbers. O(n).
 *
 * @param n places
 */
export function blockLabels(n: number, blocks: number): Uint32Array {
  return shuffled(n, fixedStream(1)).map((k) => k % blocks);
}

/**
 * The blocks of a sample, each ranked anew. Which point is in which depends on nothing but the sample: taken from the canonical
 * orientation, it is the same however the user's square is turned. O(n).
 *
 * @param perm permutation of n points
 * @param most points of a block; a sample that has no more is its own only block
 */
export function blocksOf(perm: Uint32Array, most: number): Uint32Array[] {
  const n = perm.length;
  if (n <= most) return [perm];
  const blocks = Math.ceil(n / most);
  const labels = blockLabels(n, blocks);
  const sizes = new Uint32Array(blocks);
  for (const label of labels) sizes[label]++;
  const result = Array.from(sizes, (size) => new Uint32Array(size));
  // The place of every point within its block, by u, at its rank of v.
  const next = new Uint32Array(blocks);
  const placeAt = new Uint32Array(n);
  const labelAt = new Uint32Array(n);
  for (let k = 0; k < n; k++) {
    const label = labels[k];
    labelAt[perm[k]] = label;
    placeAt[perm[k]] = next[label]++;
  }
  next.fill(0);
  for (let v = 0; v < n; v++) {
    const label = labelAt[v];
    result[label][placeAt[v]] = next[label]++;
  }
  return result;
}
