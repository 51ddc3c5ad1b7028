/**
 * The rank-increment spectrum: order the sample by u and look at |v(k + L) − v(k)| for lags L, then the
 * same with the roles exchanged. Under strong dependence neighbours in u are neighbours in v down to
 * scales far below a histogram cell; this is what resolves information beyond log GRID.
 */

import { inverse } from "../copula/permutation.js";

/** Lags at which ranks are compared. */
export const LAGS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Bins of log₂(n/|increment|) for each lag and direction: 0, 1, … 15, linear between. */
export const SPECTRUM_BINS = 16;

/** Numbers in one spectrum: directions × lags × bins. */
export const SPECTRUM_FEATURES = 2 * LAGS.length * SPECTRUM_BINS;

/** Increments below this are counted one by one, larger ones in eighths of an octave (linear within it). */
export const EXACT = 64;
/** Eighths, as a power of two. */
export const SUB_BITS = 3;
/** Buckets of all increments below 2³². */
export const BUCKETS = EXACT + (32 - 6) * (1 << SUB_BITS);

const LOG2_OF_BUCKET = Float64Array.from({ length: BUCKETS }, (_, bucket) => {
  if (bucket < EXACT) return Math.log2(Math.max(bucket, 1));
  const octave = 6 + ((bucket - EXACT) >> SUB_BITS);
  const sub = (bucket - EXACT) & ((1 << SUB_BITS) - 1);
  return octave + Math.log2(1 + (sub + 0.5) / (1 << SUB_BITS));
});

/** The bucket of a whole increment. */
export function bucketOf(increment: number): number {
  if (increment < EXACT) return increment;
  const octave = 31 - Math.clz32(increment);
  return EXACT + ((octave - 6) << SUB_BITS) + ((increment >> (octave - SUB_BITS)) & 7);
}

/** What depends on the sample size alone. */
interface Bins {
  /** Buckets up to that of the largest increment. */
  buckets: number;
  /** The lower of the two bins that a bucket falls into, and the share of the upper one. */
  lower: Uint8Array;
  share: Float64Array;
}

let bins: Bins = { buckets: 0, lower: new Uint8Array(0), share: new Float64Array(0) };
let preparedSize = 0;

function binsOf(n: number): Bins {
  if (n === preparedSize) return bins;
  const buckets = bucketOf(n - 1) + 1;
  const lower = new Uint8Array(buckets);
  const share = new Float64Array(buckets);
  const log2n = Math.log2(n);
  for (let b = 0; b < buckets; b++) {
    const position = Math.min(Math.max(log2n - LOG2_OF_BUCKET[b], 0), SPECTRUM_BINS - 1.001);
    lower[b] = Math.floor(position);
    share[b] = position - lower[b];
  }
  preparedSize = n;
  bins = { buckets, lower, share };
  return bins;
}

/** Counts of the buckets, lag after lag. No increment is 0, and nobody reads how often bucket 0 was counted. */
const counts = new Int32Array(LAGS.length * BUCKETS);

function countLongIncrements(perm: Int32Array): void {
  for (let l = 0; l < LAGS.length; l++) {
    for (let k = LAGS[l]; k < perm.length; k++) {
      counts[l * BUCKETS + bucketOf(Math.abs(perm[k] - perm[k - LAGS[l]]))]++;
    }
  }
}

/** Samples of up to this size are counted by way of tables. */
const TABLED = 1 << 14;
const LEAD = LAGS[LAGS.length - 1];
/** Ranks behind a lead of numbers that stand for no rank: all points have points before them at all lags. */
const led = new Int32Array(LEAD + TABLED).fill(-TABLED, 0, LEAD);
/** Bucket of an increment at TABLED more than it; an increment from the lead is beyond 2 · TABLED. */
const BUCKET_OF = Uint8Array.from({ length: 3 * TABLED }, (_, at) =>
  at < 2 * TABLED ? bucketOf(Math.abs(at - TABLED)) : 0,
);

/**
 * All lags of a point together, one line for each of {@link LAGS}. Lag by lag it takes three times as long: increments
 * of one lag often fall into the bucket of the one before, and an addition has to wait for the last one to the same
 * place.
 */
function countIncrements(perm: Int32Array): void {
  led.set(perm, LEAD);
  const end = LEAD + perm.length;
  for (let k = LEAD; k < end; k++) {
    const rank = TABLED + led[k];
    counts[BUCKET_OF[rank - led[k - 1]]]++;
    counts[BUCKETS + BUCKET_OF[rank - led[k - 2]]]++;
    counts[2 * BUCKETS + BUCKET_OF[rank - led[k - 4]]]++;
    counts[3 * BUCKETS + BUCKET_OF[rank - led[k - 8]]]++;
    counts[4 * BUCKETS + BUCKET_OF[rank - led[k - 16]]]++;
    counts[5 * BUCKETS + BUCKET_OF[rank - led[k - 32]]]++;
    counts[6 * BUCKETS + BUCKET_OF[rank - led[k - 64]]]++;
    counts[7 * BUCKETS + BUCKET_OF[rank - led[k - 128]]]++;
    counts[8 * BUCKETS + BUCKET_OF[rank - led[k - 256]]]++;
  }
}

function oneDirection(ranks: Uint32Array, out: Float32Array, offset: number): void {
  const n = ranks.length;
  // Differences of signed integers stay integers in the machine, those of unsigned ones become doubles.
  const perm = new Int32Array(ranks.buffer, ranks.byteOffset, n);
  counts.fill(0);
  if (n > TABLED) countLongIncrements(perm);
  else countIncrements(perm);
  for (let l = 0; l < LAGS.length && LAGS[l] < n; l++) binLag(l, n, out, offset + l * SPECTRUM_BINS);
}

/** Turns the counts of a lag into shares of the bins. */
function binLag(l: number, n: number, out: Float32Array, offset: number): void {
  const { buckets, lower, share } = binsOf(n);
  const first = l * BUCKETS;
  const weight = 1 / (n - LAGS[l]);
  // Neighbouring buckets fall into the same two bins, whose sums are not written before the bins change.
  let bin = 0;
  let low = 0;
  let high = 0;
  for (let b = 1; b < buckets; b++) {
    const count = counts[first + b];
    if (count === 0) continue;
    if (lower[b] !== bin) {
      out[offset + bin] = low;
      out[offset + bin + 1] = high;
      bin = lower[b];
      low = out[offset + bin];
      high = out[offset + bin + 1];
    }
    low = Math.fround(low + count * weight * (1 - share[b]));
    high = Math.fround(high + count * weight * share[b]);
  }
  out[offset + bin] = low;
  out[offset + bin + 1] = high;
}

/** Writes the spectrum of a sample, SPECTRUM_FEATURES numbers at `offset`; lags ≥ n stay zero. */
export function rankIncrementSpectrum(perm: Uint32Array, out: Float32Array, offset = 0): void {
  out.fill(0, offset, offset + SPECTRUM_FEATURES);
  oneDirection(perm, out, offset);
  oneDirection(inverse(perm), out, offset + SPECTRUM_FEATURES / 2);
}
