/**
 * Argsort by radix: six passes of eleven bits over the 64 bits of a double.
 * Linear in n, stable, and free of comparator calls; a pass whose digit is the same everywhere is skipped.
 */

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const PASSES = 6;

/** What a sort needs beside its result. */
interface Scratch {
  /** The values, and the words of their keys in the same memory. */
  values: Float64Array;
  words: Uint32Array;
  indices: Uint32Array<ArrayBuffer>;
}

function scratchOf(n: number): Scratch {
  const values = new Float64Array(n);
  return { values, words: new Uint32Array(values.buffer), indices: new Uint32Array(n) };
}

// Columns are sorted again and again, so the space is kept, but not that of columns which are rarely so long.
const counts = new Uint32Array(PASSES * BUCKETS);
const LONGEST_KEPT = 1 << 16;
let kept = scratchOf(0);

function scratchFor(n: number): Scratch {
  if (n > LONGEST_KEPT) return scratchOf(n);
  if (kept.indices.length < n) kept = scratchOf(Math.min(2 * n, LONGEST_KEPT));
  return kept;
}

/**
 * Maps doubles to unsigned 64-bit keys in the same order: a positive number gets its sign bit set, a
 * negative one has all bits flipped. `-0` and `0` are made equal first.
 */
function writeKeys(x: Float64Array, { values, words }: Scratch): void {
  for (let i = 0; i < x.length; i++) values[i] = x[i] + 0;
  for (let i = 0; i < 2 * x.length; i += 2) {
    const negative = words[i + 1] >>> 31;
    if (negative) {
      words[i] = ~words[i];
      words[i + 1] = ~words[i + 1];
    } else {
      words[i + 1] |= 0x80000000;
    }
  }
}

/** Digit `pass` of the key whose low and high words are given. */
function digit(low: number, high: number, pass: number): number {
  switch (pass) {
    case 0:
      return low & 2047;
    case 1:
      return (low >>> 11) & 2047;
    case 2:
      return (low >>> 22) | ((high & 1) << 10);
    case 3:
      return (high >>> 1) & 2047;
    case 4:
      return (high >>> 12) & 2047;
    default:
      return high >>> 23;
  }
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
  const scratch = scratchFor(n);
  const { words: keys } = scratch;
  writeKeys(x, scratch);
  counts.fill(0);
  for (let i = 0; i < n; i++) {
    const low = keys[2 * i];
    const high = keys[2 * i + 1];
    for (let pass = 0; pass < PASSES; pass++) counts[pass * BUCKETS + digit(low, high, pass)]++;
  }
  const result = new Uint32Array(n);
  let [from, to] = [result, scratch.indices];
  for (let i = 0; i < n; i++) from[i] = i;
  for (let pass = 0; pass < PASSES; pass++) {
    const first = n > 0 ? digit(keys[0], keys[1], pass) : 0;
    const starts = counts.subarray(pass * BUCKETS, (pass + 1) * BUCKETS);
    if (starts[first] === n) continue;
    let start = 0;
    for (let b = 0; b < BUCKETS; b++) {
      const count = starts[b];
      starts[b] = start;
      start += count;
    }
    for (let k = 0; k < n; k++) {
      const i = from[k];
      to[starts[digit(keys[2 * i], keys[2 * i + 1], pass)]++] = i;
    }
    [from, to] = [to, from];
  }
  if (from !== result) for (let k = 0; k < n; k++) result[k] = from[k];
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
