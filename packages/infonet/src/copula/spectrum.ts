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

function oneDirection(perm: Uint32Array, out: Float32Array, offset: number): void {
  const n = perm.length;
  const log2n = Math.log2(n);
  const counts = new Uint32Array(BUCKETS);
  for (let l = 0; l < LAGS.length; l++) {
    const lag = LAGS[l];
    if (lag >= n) break;
    counts.fill(0);
    for (let k = lag; k < n; k++) {
      const d = Math.abs(perm[k] - perm[k - lag]);
      if (d < EXACT) counts[d]++;
      else {
        const octave = 31 - Math.clz32(d);
        counts[EXACT + ((octave - 6) << SUB_BITS) + ((d >> (octave - SUB_BITS)) & 7)]++;
      }
    }
    const start = offset + l * SPECTRUM_BINS;
    const share = 1 / (n - lag);
    for (let b = 1; b < BUCKETS; b++) {
      if (counts[b] === 0) continue;
      const position = Math.min(Math.max(log2n - LOG2_OF_BUCKET[b], 0), SPECTRUM_BINS - 1.001);
      const bin = Math.floor(position);
      const fraction = position - bin;
      out[start + bin] += counts[b] * share * (1 - fraction);
      out[start + bin + 1] += counts[b] * share * fraction;
    }
  }
}

/** Writes the spectrum of a sample, SPECTRUM_FEATURES numbers at `offset`; lags ≥ n stay zero. */
export function rankIncrementSpectrum(perm: Uint32Array, out: Float32Array, offset = 0): void {
  out.fill(0, offset, offset + SPECTRUM_FEATURES);
  oneDirection(perm, out, offset);
  oneDirection(inverse(perm), out, offset + SPECTRUM_FEATURES / 2);
}
