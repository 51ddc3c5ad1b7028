import { expect, test } from "vitest";
import { inverse } from "../copula/permutation.js";
import { permutation } from "../testing/random.js";
import {
  BUCKETS,
  bucketOf,
  LAGS,
  rankIncrementSpectrum,
  SPECTRUM_BINS,
  SPECTRUM_FEATURES,
} from "./spectrum.js";

/** log₂ of an increment as it is counted: from 64 on by eighths of an octave, each as if in its middle. */
function counted(increment: number): number {
  if (increment < 64) return Math.log2(increment);
  const width = 2 ** (Math.floor(Math.log2(increment)) - 3);
  return Math.log2((Math.floor(increment / width) + 0.5) * width);
}

function byDefinition(perm: Uint32Array): Float64Array {
  const n = perm.length;
  const out = new Float64Array(SPECTRUM_FEATURES);
  for (const [direction, along] of [perm, inverse(perm)].entries()) {
    for (const [l, lag] of LAGS.entries()) {
      const first = (direction * LAGS.length + l) * SPECTRUM_BINS;
      for (let k = lag; k < n; k++) {
        const octaves = Math.log2(n) - counted(Math.abs(along[k] - along[k - lag]));
        const position = Math.min(Math.max(octaves, 0), SPECTRUM_BINS - 1.001);
        const bin = Math.floor(position);
        out[first + bin] += (1 - (position - bin)) / (n - lag);
        out[first + bin + 1] += (position - bin) / (n - lag);
      }
    }
  }
  return out;
}

const rise = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, k) => k);

test.each([
  ["20 points", permutation(1, 20)],
  ["256 points, as many as the longest lag", permutation(2, 256)],
  ["1500 points", permutation(3, 1500)],
  ["a rise of 700", rise(700)],
  ["16,384 points, the most that are counted by tables", permutation(4, 16_384)],
  ["16,385 points", permutation(5, 16_385)],
  ["a rise so long that the last bin ends", rise(40_000)],
])("%s: every bin is that of the definition", (_, perm) => {
  const out = new Float32Array(SPECTRUM_FEATURES + 2).fill(7);
  rankIncrementSpectrum(perm, out, 1);
  const expected = byDefinition(perm);
  expect(Math.max(...expected.map((share, at) => Math.abs(out[1 + at] - share)))).toBeLessThan(2e-6);
  expect([out[0], out[SPECTRUM_FEATURES + 1]]).toEqual([7, 7]);
});

test("buckets: one by one below 64, then eight an octave", () => {
  expect([0, 1, 63, 64, 71, 72, 127, 128, 143, 144, 255, 256].map(bucketOf)).toEqual([
    0, 1, 63, 64, 64, 65, 71, 72, 72, 73, 79, 80,
  ]);
  expect(bucketOf(2 ** 31 - 1)).toBe(BUCKETS - 9);
});
