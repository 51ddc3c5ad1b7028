/** Random subsamples of very long samples, where one sample is all that can be used. */

import { chosenPlaces } from "../numerics/random.js";

/**
 * A random subsample of `size` points of a sample, ranked anew. The choice depends on nothing but the sample:
 * taken from the canonical orientation, it is the same however the user's square is turned. O(n).
 *
 * @param perm permutation of n points
 * @param size at most n
 */
export function thin(perm: Uint32Array, size: number): Uint32Array {
  const n = perm.length;
  if (size >= n) return perm;
  // The place among the chosen points by u, for each chosen rank of v.
  const places = new Uint32Array(n);
  let place = 0;
  for (const k of chosenPlaces(n, size)) places[perm[k]] = ++place;
  const result = new Uint32Array(size);
  let rank = 0;
  for (let v = 0; v < n; v++) if (places[v] > 0) result[places[v] - 1] = rank++;
  return result;
}
