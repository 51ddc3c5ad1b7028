/**
 * The rank-increment spectrum: order the sample by u and look at |v(k + L) − v(k)| for lags L, then the
 * same with the roles exchanged. Under strong dependence neighbours in u are neighbours in v down to
 * scales far below a histogram cell; this is what resolves information beyond log GRID.
 */

import { inverse } from "./permutation.js";

/** Lags at which ranks are compared. */
export const LAGS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Bins of log₂(n/|increment|) for each lag and direction: 0, 1, … 15, linear between. */
export const SPECTRUM_BINS = 16;

/** Numbers in one spectrum: directions × lags × bins. */
export const SPECTRUM_FEATURES = 2 * LAGS.length * SPECTRUM_BINS;

// Increments below EXACT are counted one by one, larger ones in eighths of an octave (linear within it).
const EXACT = 64;
const SUB_BITS = 3;
const BUCKETS = EXACT + (32 - 6) * (1 << SUB_BITS);

const LOG2_OF_BUCKET = Float64Array.from({ length: BUCKETS }, (_, bucket) => {
  if (bucket < EXACT) return Math.log2(Math.max(bucket, 1));
  const octave = 6 + ((bucket - EXACT) >> SUB_BITS);
  const sub = (bucket - EXACT) & ((1 << SUB_BITS) - 1);
  return octave + Math.log2(1 + (sub + 0.5) / (1 << SUB_BITS));
});

// Buckets of the increments that occur in all but the longest samples.
const TABLED = 1 << 14;
const BUCKET_OF = Uint16Array.from({ length: TABLED }, (_, d) => computedBucket(d));

function computedBucket(increment: number): number {
  if (increment < EXACT) return increment;
  const octave = 31 - Math.clz32(increment);
  return EXACT + ((octave - 6) << SUB_BITS) + ((increment >> (octave - SUB_BITS)) & 7);
}

// Where the buckets fall for samples of one size: the lower of two bins, and the share of the upper one.
const lowerBin = new Uint8Array(BUCKETS);
const upperShare = new Float64Array(BUCKETS);
let preparedSize = 0;

function prepareBins(n: number): void {
  if (n === preparedSize) return;
  preparedSize = n;
  const log2n = Math.log2(n);
  for (let b = 0; b < BUCKETS; b++) {
    const position = Math.min(Math.max(log2n - LOG2_OF_BUCKET[b], 0), SPECTRUM_BINS - 1.001);
    lowerBin[b] = Math.floor(position);
    upperShare[b] = position - lowerBin[b];
  }
}

const counts = new Int32Array(BUCKETS);
// Every other increment is counted here: under strong dependence neighbours fall into the same bucket, and
// an addition would wait for the one before.
const others = new Int32Array(BUCKETS);

function countIncrements(perm: Int32Array, lag: number): void {
  const n = perm.length;
  counts.fill(0);
  if (n > TABLED) {
    for (let k = lag; k < n; k++) counts[computedBucket(Math.abs(perm[k] - perm[k - lag]))]++;
    return;
  }
  others.fill(0);
  let k = lag;
  for (; k + 1 < n; k += 2) {
    counts[BUCKET_OF[Math.abs(perm[k] - perm[k - lag])]]++;
    others[BUCKET_OF[Math.abs(perm[k + 1] - perm[k + 1 - lag])]]++;
  }
  if (k < n) counts[BUCKET_OF[Math.abs(perm[k] - perm[k - lag])]]++;
  for (let b = 0; b < BUCKETS; b++) counts[b] += others[b];
}

function oneDirection(ranks: Uint32Array, out: Float32Array, offset: number): void {
  const n = ranks.length;
  // Differences of signed integers stay integers in the machine, those of unsigned ones become doubles.
  const perm = new Int32Array(ranks.buffer, ranks.byteOffset, n);
  prepareBins(n);
  for (let l = 0; l < LAGS.length; l++) {
    const lag = LAGS[l];
    if (lag >= n) break;
    countIncrements(perm, lag);
    const start = offset + l * SPECTRUM_BINS;
    const share = 1 / (n - lag);
    for (let b = 1; b < BUCKETS; b++) {
      if (counts[b] === 0) continue;
      const bin = start + lowerBin[b];
      const fraction = upperShare[b];
      out[bin] += counts[b] * share * (1 - fraction);
      out[bin + 1] += counts[b] * share * fraction;
    }
  }
}

/** Writes the spectrum of a sample, SPECTRUM_FEATURES numbers at `offset`; lags ≥ n stay zero. */
export function rankIncrementSpectrum(perm: Uint32Array, out: Float32Array, offset = 0): void {
  out.fill(0, offset, offset + SPECTRUM_FEATURES);
  oneDirection(perm, out, offset);
  oneDirection(inverse(perm), out, offset + SPECTRUM_FEATURES / 2);
}
