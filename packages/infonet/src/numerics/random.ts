/** The one source of random numbers: no other file of the library makes any. */

import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";
import { allRows } from "./rows.js";

/** A stream of random numbers. */
export interface Stream {
  /** In [0, 1). */
  uniform(): number;
  /** Standard normal. */
  normal(): number;
  /** Whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
}

/** The stream of a seed and of numbers that name what it is for: equal names give equal numbers, others independent ones. */
export function stream(seed: number, ...names: readonly number[]): Stream {
  return streamOf(...halves(seed), ...names);
}

/** The stream of 32-bit words. */
export function streamOf(...words: readonly number[]): Stream {
  return drawing(xoroshiro128plusFromState(mixed(words)));
}

/** The stream of a seed alone: noise and batches of the classical estimators. */
export function seededStream(seed: number): Stream {
  const generator = xoroshiro128plusFromState([-1, ~seed, ...halves(seed)]);
  // The first numbers of seeds that differ in few bits are alike.
  for (let i = 0; i < 32; i++) generator.next();
  return drawing(generator);
}

/** A stream for what must be the same whatever the user's seed is. */
export function fixedStream(number: number): Stream {
  return drawing(xoroshiro128plus(number));
}

/** The low and the high 32 bits of a seed. */
export function halves(seed: number): [low: number, high: number] {
  return [seed | 0, Math.floor(seed / 2 ** 32) | 0];
}

/** A word every bit of which depends on every bit of the given one: Murmur's finaliser. */
export function mixedWord(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A state every bit of which depends on every bit of the words. */
function mixed(words: readonly number[]): number[] {
  const state = [1, 2, 3, 4];
  let h = 0x9e3779b9;
  for (let round = 0; round < 2; round++) {
    for (let k = 0; k < Math.max(words.length, 4); k++) {
      h = mixedWord(h + (words[k] ?? k) + Math.imul(k + 1, 0x9e3779b9));
      state[k % 4] ^= h;
    }
  }
  return state;
}

function drawing(generator: RandomGenerator): Stream {
  const uniform = (): number => uniformFloat64(generator);
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    // Two normal numbers of two uniform ones (Box & Muller).
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uniform, normal, whole: (least, most) => uniformInt(generator, least, most) };
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

/**
 * The places of a random choice of `size` of n, ascending: always the same for these sizes. O(n).
 *
 * @param size at most n
 */
export function chosenPlaces(n: number, size: number): Uint32Array {
  const { uniform } = fixedStream(1);
  const chosen = new Uint32Array(size);
  let count = 0;
  // Selection sampling: Knuth 3.4.2 S.
  for (let k = 0; k < n && count < size; k++) {
    if (uniform() * (n - k) < size - count) chosen[count++] = k;
  }
  return chosen;
}

/** Folds of equal size, at random: the number of the fold of each row, 0 … folds − 1. */
export function foldsOf(n: number, seed: number, folds: number): Uint8Array {
  const fold = new Uint8Array(n);
  shuffled(n, stream(seed, 31, folds)).forEach((row, k) => {
    fold[row] = k % folds;
  });
  return fold;
}
