import { expect, test } from "vitest";
import type { SoftSample } from "../../copula/soft-sample.js";
import { order } from "../../numerics/order.js";
import { expectDerivatives } from "../../testing/derivatives.js";
import { draws, permutation } from "../../testing/random.js";
import { LAGS, SPECTRUM_BINS, SPECTRUM_FEATURES } from "../spectrum.js";
import { smoothSpectrum } from "./spectrum.js";
import { smoothStep } from "./weights.js";

/** The differences that are told apart: 0, 1, 2 … 64, then eight an octave. */
const NODES = Array.from({ length: 200 }, (_, node) => {
  if (node < 64) return node;
  const [octave, sub] = [Math.floor((node - 64) / 8), (node - 64) % 8];
  return 64 * 2 ** octave * (1 + sub / 8);
});

/** How many rows look for partners at a lag: so many that a row has about one pair, more where the reach is short. */
function anchorsOf(n: number, lag: number, reach: number): number {
  const partners = Math.min(n - 1, reach > lag ? 2 * (lag + reach) : 2 * reach);
  const pairs = lag < 16 ? 1 : 0.6;
  const wanted = Math.max(1000, n * (pairs + (2 - pairs) / reach ** 2));
  return Math.min(n, Math.ceil(Math.max(32, wanted / partners)));
}

/** All pairs of rows, one by one. */
function byDefinition({ u, v, smoothing, randomOrder }: SoftSample): Float64Array {
  const n = u.length;
  const out = new Float64Array(SPECTRUM_FEATURES).fill(1e-8);
  for (const [direction, [ranks, others]] of [
    [u, v],
    [v, u],
  ].entries()) {
    for (const [l, lag] of LAGS.entries()) {
      if (lag >= n) continue;
      const reach = Math.max(1, smoothing / Math.cbrt(lag));
      const anchors = anchorsOf(n, lag, reach);
      const bins = new Float64Array(SPECTRUM_BINS + 1);
      let total = 0;
      for (let k = 0; k < n; k++) {
        if (randomOrder[k] >= anchors) continue;
        for (let j = 0; j < n; j++) {
          // Where the reach is no longer than the lag, partners are above.
          if (j === k || (reach <= lag && ranks[j] < ranks[k])) continue;
          const gap = Math.abs(ranks[j] - ranks[k]);
          // Also of what reaches below 0, folded back.
          const near = (distance: number): number => 1 - smoothStep(Math.abs(distance) / reach);
          if (gap >= lag + reach) continue;
          const weight = near(gap - lag) + near(gap + lag);
          if (weight === 0) continue;
          const difference = Math.abs(others[j] - others[k]);
          let node = Math.min(Math.floor(difference), 63);
          while (NODES[node + 1] <= difference) node++;
          const share = smoothStep((difference - NODES[node]) / (NODES[node + 1] - NODES[node]));
          for (const [at, part] of [
            [node, 1 - share],
            [node + 1, share],
          ]) {
            const octaves = Math.log2(n / Math.max(1, NODES[at]));
            const position = Math.min(Math.max(octaves, 0), SPECTRUM_BINS - 1.001);
            const bin = Math.floor(position);
            bins[bin] += weight * part * (1 - (position - bin));
            bins[bin + 1] += weight * part * (position - bin);
          }
          total += weight;
        }
      }
      const first = (direction * LAGS.length + l) * SPECTRUM_BINS;
      for (let b = 0; b < SPECTRUM_BINS; b++) if (total > 0) out[first + b] += bins[b] / total;
    }
  }
  return out;
}

function sampleOf(n: number, smoothing: number, whole: boolean): SoftSample {
  const { uniform } = draws(n);
  const soft = (seed: number): Float64Array =>
    Float64Array.from(permutation(seed, n), (rank) => 1 + rank + (whole ? 0 : 0.9 * (uniform() - 0.5)));
  const [u, v] = [soft(1), soft(2)];
  return { u, v, byU: order(u), byV: order(v), smoothing, randomOrder: permutation(3, n) };
}

test.each([
  [8, 0.1, true],
  [8, 3, false],
  [30, 0.1, false],
  [30, 8, false],
  [30, 100, false],
  [120, 5, false],
  [260, 0.1, true],
  [150, 40, false],
  [1700, 5, false],
])("the spectrum of %i points, smoothed over %f ranks, is that of all their pairs", (n, smoothing, whole) => {
  const sample = sampleOf(n, smoothing, whole);
  const out = new Float64Array(SPECTRUM_FEATURES + 2).fill(7);
  smoothSpectrum(sample, out, 1);
  const expected = byDefinition(sample);
  expect(Math.max(...expected.map((share, at) => Math.abs(out[1 + at] - share)))).toBeLessThan(1e-9);
  expect([out[0], out[SPECTRUM_FEATURES + 1]]).toEqual([7, 7]);
});

test.each([
  [8, 3],
  [30, 8],
  [40, 0.5],
])("its derivatives are those of all pairs, %i points smoothed over %f ranks", (n, smoothing) => {
  const options = { size: SPECTRUM_FEATURES, rows: [0, 1, n - 1], step: 1e-6, tolerance: 1e-5 };
  expectDerivatives(sampleOf(n, smoothing, false), smoothSpectrum, byDefinition, options);
});
