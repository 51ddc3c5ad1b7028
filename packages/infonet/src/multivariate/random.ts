/** Seeded random numbers of this room. */

import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { allRows } from "./rows.js";

/** A stream of random numbers. */
export interface Stream {
  /** In [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
}

/** The stream of a seed and of numbers that name what it is for: equal names give equal numbers, others independent ones. */
export function stream(seed: number, ...names: readonly number[]): Stream {
  const words = [seed | 0, Math.floor(seed / 2 ** 32) | 0, ...names];
  const state = [1, 2, 3, 4];
  let h = 0x9e3779b9;
  // Rounds of Murmur's finaliser: every bit of the state depends on every bit of the words.
  for (let round = 0; round < 2; round++) {
    for (let k = 0; k < Math.max(words.length, 4); k++) {
      h = (h + (words[k] ?? k) + Math.imul(k + 1, 0x9e3779b9)) | 0;
      h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
      h ^= h >>> 16;
      state[k % 4] ^= h;
    }
  }
  const generator = xoroshiro128plusFromState(state);
  const uniform = (): number => uniformFloat64(generator);
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uniform, normal };
}

/** A random order of 0 … n − 1 (Fisher & Yates). */
export function shuffled(n: number, { uniform }: Stream): Uint32Array {
  const order = allRows(n);
  for (let k = n - 1; k > 0; k--) {
    const other = Math.floor(uniform() * (k + 1));
    [order[k], order[other]] = [order[other], order[k]];
  }
  return order;
}
