/**
 * Argsort by radix: three passes of eleven bits over the high words of the doubles, then insertion where these are equal. Linear
 * in n, stable, and free of comparator calls; a pass whose digit is the same everywhere is skipped. Where many numbers differ in
 * their low words alone, these have passes of their own before.
 */

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const PASSES = 3;
/** The words of a double, in the order of their weight. */
const LOW = 0;
const HIGH = 1;
/** Steps of insertion a number, above which the low words are sorted by radix too. */
const MOST_STEPS = 8;

const counts = new Uint32Array(PASSES * BUCKETS);

/**
 * Maps doubles to unsigned 64-bit keys in the same order: a positive number gets its sign bit set, a
 * negative one has all bits flipped. `-0` and `0` are made equal first.
 *
 * @returns two words a key, length 2n
 */
function keysOf(x: Float64Array): Uint32Array {
  const values = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) values[i] = x[i] + 0;
  const words = new Uint32Array(values.buffer);
  for (let i = 0; i < words.length; i += 2) {
    const negative = words[i + 1] >>> 31;
    if (negative) {
      words[i] = ~words[i];
      words[i + 1] = ~words[i + 1];
    } else {
      words[i + 1] |= 0x80000000;
    }
  }
  return words;
}

const digitOf = (word: number, pass: number): number => (word >>> (pass * DIGIT_BITS)) & (BUCKETS - 1);

/**
 * Sorts indices by one word of their keys, stably.
 *
 * @returns the indices, in one of the two arrays given; the other one is spare
 */
function sortByWord(keys: Uint32Array, word: number, [from, to]: Lists): Lists {
  const n = from.length;
  counts.fill(0);
  for (let i = 0; i < n; i++) {
    for (let pass = 0; pass < PASSES; pass++) counts[pass * BUCKETS + digitOf(keys[2 * i + word], pass)]++;
  }
  for (let pass = 0; pass < PASSES; pass++) {
    const starts = counts.subarray(pass * BUCKETS, (pass + 1) * BUCKETS);
    if (starts[digitOf(keys[word], pass)] === n) continue;
    let start = 0;
    for (let b = 0; b < BUCKETS; b++) {
      const count = starts[b];
      starts[b] = start;
      start += count;
    }
    for (let k = 0; k < n; k++) to[starts[digitOf(keys[2 * from[k] + word], pass)]++] = from[k];
    [from, to] = [to, from];
  }
  return [from, to];
}

type Lists = [Uint32Array, Uint32Array];

/** Puts indices whose high words are in order into that of the low ones too; false where it takes too many steps. */
function settle(keys: Uint32Array, sorted: Uint32Array): boolean {
  let left = MOST_STEPS * sorted.length;
  for (let k = 1; k < sorted.length; k++) {
    const i = sorted[k];
    let at = k;
    for (; at > 0; at--) {
      const j = sorted[at - 1];
      if (keys[2 * j + HIGH] < keys[2 * i + HIGH] || keys[2 * j + LOW] <= keys[2 * i + LOW]) break;
      sorted[at] = j;
    }
    sorted[at] = i;
    left -= k - at;
    if (left < 0) return false;
  }
  return true;
}

/**
 * Indices that sort `x` in ascending order; equal values keep their order. O(n).
 *
 * @param x finite numbers, length n. (The words of a double are read in little-endian order, as on every
 *   platform that runs Node or a browser.)
 * @returns indices, length n.
 */
export function order(x: Float64Array): Uint32Array {
  const n = x.length;
  const keys = keysOf(x);
  const result = new Uint32Array(n);
  for (let i = 0; i < n; i++) result[i] = i;
  let lists = sortByWord(keys, HIGH, [result, new Uint32Array(n)]);
  // Equal numbers stand in their order still, so that what is found so far is a beginning as good as any.
  if (!settle(keys, lists[0])) lists = sortByWord(keys, HIGH, sortByWord(keys, LOW, lists));
  if (lists[0] !== result) result.set(lists[0]);
  return result;
}

/** The first of ascending numbers that is above another; their number if none is. */
export function firstAbove(ascending: ArrayLike<number>, number: number): number {
  return firstOf(ascending.length, (place) => ascending[place] > number);
}

/** The first of ascending numbers that is not below another; their number if none is. */
export function firstFrom(ascending: ArrayLike<number>, number: number): number {
  return firstOf(ascending.length, (place) => ascending[place] >= number);
}

/** The first place from which on something holds; the number of places if it holds nowhere. */
function firstOf(places: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, places];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
