import { describe, expect, test } from "vitest";
import { softRank } from "../../copula/soft-rank.js";
import type { FloatArray, Pullback, SoftSample } from "../../copula/soft-sample.js";
import { order } from "../../numerics/order.js";
import { draws, permutation } from "../../testing/random.js";
import { FEATURE_SIZES, featureArrays, writeFeatures } from "../features.js";
import { GRID } from "../histogram.js";
import { LOCAL_FEATURES, TOKENS } from "../local-information.js";
import { SPECTRUM_BINS } from "../spectrum.js";
import { uniformSum, uniformSumSlope } from "../uniform-information.js";
import { writeSmoothFeatures } from "./features.js";
import { smoothHistogram } from "./histogram.js";
import { smoothLocalInformation } from "./local-information.js";
import { smoothSpectrum } from "./spectrum.js";

type Feature = (sample: SoftSample, out: FloatArray, offset: number) => Pullback;
const FEATURES = [
  ["counts", smoothHistogram],
  ["local", smoothLocalInformation],
  ["spectrum", smoothSpectrum],
] as const satisfies [keyof typeof FEATURE_SIZES, Feature][];

function sampleOf(u: Float64Array, v: Float64Array, smoothing: number): SoftSample {
  return { u, v, byU: order(u), byV: order(v), smoothing, randomOrder: permutation(77, u.length) };
}

/** A sample with whole ranks: v of the rows in the order of u. */
const hardSample = (perm: Uint32Array, smoothing: number): SoftSample =>
  sampleOf(
    Float64Array.from(perm, (_, k) => k + 1),
    Float64Array.from(perm, (v) => v + 1),
    smoothing,
  );

/** Two dependent columns of n soft ranks. */
function softSample(n: number, noise: number, smoothing: number, seed = 1): SoftSample {
  const { normal } = draws(seed);
  const x = Float64Array.from({ length: n }, normal);
  const y = x.map((value) => value + noise * normal());
  const epsilon = { regularization: 1 / n };
  return sampleOf(softRank(x, epsilon), softRank(y, epsilon), smoothing);
}

/** A dependent permutation. */
function dependent(n: number, noise: number): Uint32Array {
  const mixed = Float64Array.from(permutation(5, n), (v, k) => k + noise * v);
  const perm = new Uint32Array(n);
  order(mixed).forEach((row, rank) => {
    perm[row] = rank;
  });
  return perm;
}

const compute = (feature: Feature, sample: SoftSample, size: number): Float64Array => {
  const out = new Float64Array(size);
  feature(sample, out, 0);
  return out;
};

describe("with whole ranks and next to no smoothing the features are those that the network was trained on", () => {
  test.each([
    [60, 1],
    [500, 0.2],
    [2000, 0.02],
    [3000, 1],
  ])("n = %i, noise %f", (n, noise) => {
    const perm = dependent(n, noise);
    const hard = featureArrays(1);
    writeFeatures(perm, hard, 0);
    const sample = hardSample(perm, 1e-6);
    const counts = compute(smoothHistogram, sample, FEATURE_SIZES.counts);
    const moved = counts.reduce((sum, c, k) => sum + Math.abs(c - hard.counts[k]), 0) / 2;
    expect(moved).toBeLessThan(0.02 * n);

    const spectrum = compute(smoothSpectrum, sample, FEATURE_SIZES.spectrum);
    for (const [k, share] of hard.spectrum.entries())
      expect(Math.abs(spectrum[k] - share)).toBeLessThan(0.02);

    // What is said of a token that is jittered differs, but not on average.
    const local = compute(smoothLocalInformation, sample, FEATURE_SIZES.local);
    for (let s = 0; s < LOCAL_FEATURES; s++) {
      let [smooth, exact, points] = [0, 0, 0];
      for (let t = 0; t < TOKENS; t++) {
        const weight = tokenCount(counts, t);
        smooth += weight * local[t * LOCAL_FEATURES + s];
        exact += weight * hard.local[t * LOCAL_FEATURES + s];
        points += weight;
      }
      expect(Math.abs(smooth - exact) / points, `shape ${s}`).toBeLessThan(0.06);
    }
  });
});

/** Points of a token, by the histogram. */
function tokenCount(counts: Float64Array, token: number): number {
  const width = GRID / 8;
  let sum = 0;
  for (let j = 0; j < width; j++) {
    for (let i = 0; i < width; i++) {
      sum += counts[(Math.floor(token / 8) * width + j) * GRID + (token % 8) * width + i];
    }
  }
  return sum;
}

describe.each([
  [40, 1, 0.5],
  [150, 0.3, 5],
  [150, 0.01, 5],
  [700, 1, 9],
  [700, 0.05, 1],
])("n = %i, noise %f, smoothing %f", (n, noise, smoothing) => {
  test.each(FEATURES)("derivatives of %s agree with finite differences", (name, feature) => {
    const sample = softSample(n, noise, smoothing);
    const size = FEATURE_SIZES[name];
    const { normal, uniform } = draws(9);
    const cotangent = Float64Array.from({ length: size }, normal);
    const gradient = { u: new Float64Array(n), v: new Float64Array(n) };
    feature(sample, new Float64Array(size), 0)(cotangent, 0, gradient);
    const value = (u: Float64Array, v: Float64Array): number =>
      compute(feature, { ...sample, u, v, byU: order(u), byV: order(v) }, size).reduce(
        (sum, x, k) => sum + x * cotangent[k],
        0,
      );
    for (let round = 0; round < 6; round++) {
      const [du, dv] = [sample.u.map(() => normal()), sample.v.map(() => (round < 3 ? normal() : 0))];
      // Some directions move one row alone.
      if (round === 5) {
        const row = Math.floor(n * uniform());
        du.fill(0);
        du[row] = 1;
      }
      const expected = du.reduce((sum, d, i) => sum + d * gradient.u[i] + dv[i] * gradient.v[i], 0);
      const h = 1e-6;
      const at = (step: number): number =>
        value(
          sample.u.map((r, i) => r + step * du[i]),
          sample.v.map((r, i) => r + step * dv[i]),
        );
      const difference = (at(h) - at(-h)) / (2 * h);
      expect(Math.abs(difference - expected)).toBeLessThan(1e-5 * (Math.abs(expected) + 0.3));
    }
  });
});

test.each(FEATURES)(
  "%s and its derivative have no jumps where a point crosses edges and others",
  (name, feature) => {
    const n = 100;
    const sample = softSample(n, 0.2, 2);
    const size = FEATURE_SIZES[name];
    const { normal } = draws(10);
    const cotangent = Float64Array.from({ length: size }, normal);
    const row = sample.byU[40];
    const start = sample.u[row];
    const at = (rank: number): { value: number; slope: number } => {
      const u = sample.u.slice();
      u[row] = rank;
      const gradient = { u: new Float64Array(n), v: new Float64Array(n) };
      const out = new Float64Array(size);
      feature({ ...sample, u, byU: order(u) }, out, 0)(cotangent, 0, gradient);
      return { value: out.reduce((sum, x, k) => sum + x * cotangent[k], 0), slope: gradient.u[row] };
    };
    // Over four ranks, ten fine cells. Halving the step halves the largest change from one step to the next.
    const paths = [300, 600].map((steps) =>
      Array.from({ length: steps + 1 }, (_, k) => at(start + (4 * k) / steps)),
    );
    for (const of of ["value", "slope"] as const) {
      const [coarse, fine] = paths.map((path) =>
        Math.max(...path.slice(1).map((here, k) => Math.abs(here[of] - path[k][of]))),
      );
      expect(fine, of).toBeGreaterThan(0);
      expect(fine / coarse, of).toBeLessThan(0.65);
    }
  },
);

test("the histogram holds every row once; sample and mirror image have mirrored features", () => {
  const n = 300;
  const sample = softSample(n, 0.5, 3);
  const turned = { ...sample, u: sample.v, v: sample.u, byU: sample.byV, byV: sample.byU };
  const counts = compute(smoothHistogram, sample, FEATURE_SIZES.counts);
  expect(counts.reduce((sum, c) => sum + c, 0)).toBeCloseTo(n, 8);
  expect(Math.min(...counts)).toBe(0);
  const countsTurned = compute(smoothHistogram, turned, FEATURE_SIZES.counts);
  for (let j = 0; j < GRID; j++) {
    for (let i = 0; i < GRID; i++) expect(countsTurned[i * GRID + j]).toBeCloseTo(counts[j * GRID + i], 10);
  }
  const spectrum = compute(smoothSpectrum, sample, FEATURE_SIZES.spectrum);
  const half = FEATURE_SIZES.spectrum / 2;
  const spectrumTurned = compute(smoothSpectrum, turned, FEATURE_SIZES.spectrum);
  for (let k = 0; k < half; k++) expect(spectrumTurned[half + k]).toBeCloseTo(spectrum[k], 10);
  for (let lag = 0; lag < half; lag += SPECTRUM_BINS) {
    const total = spectrum.slice(lag, lag + SPECTRUM_BINS).reduce((sum, share) => sum + share, 0);
    expect(total).toBeCloseTo(lag / SPECTRUM_BINS < 9 && 2 ** (lag / SPECTRUM_BINS) < n ? 1 : 0, 5);
  }
});

test.each([0.1, 3, 40, 1e6])("every lag has pairs in both directions, over %f ranks", (smoothing) => {
  for (const n of [8, 12, 100, 3000]) {
    const spectrum = compute(smoothSpectrum, softSample(n, 0.5, smoothing), FEATURE_SIZES.spectrum);
    for (let first = 0; first < spectrum.length; first += SPECTRUM_BINS) {
      const lag = 2 ** ((first / SPECTRUM_BINS) % 9);
      const total = spectrum.slice(first, first + SPECTRUM_BINS).reduce((sum, share) => sum + share, 0);
      expect(total, `n = ${n}, lag ${lag}`).toBeCloseTo(lag < n ? 1 : 0, 5);
    }
  }
});

test("independent points have no local information, however much they are jittered", () => {
  for (const smoothing of [0.1, 10, 40]) {
    const { uniform } = draws(12);
    const u = Float64Array.from({ length: 4000 }, uniform);
    const v = u.map(uniform);
    const epsilon = { regularization: 1e-9 };
    const sample = sampleOf(softRank(u, epsilon), softRank(v, epsilon), smoothing);
    const local = compute(smoothLocalInformation, sample, FEATURE_SIZES.local);
    for (let s = 0; s < LOCAL_FEATURES; s++) {
      let mean = 0;
      for (let t = 0; t < TOKENS; t++) mean += local[t * LOCAL_FEATURES + s] / TOKENS;
      expect(Math.abs(mean), `smoothing ${smoothing}, shape ${s}`).toBeLessThan(0.06);
    }
  }
});

test("what uniform points have is E[c ln c]/λ of Poisson's distribution, and smooth", () => {
  for (const lambda of [1e-5, 3e-4, 0.01, 0.3, 1, 3.3, 20, 127.9, 128.1, 900]) {
    let [term, expected] = [Math.exp(-Math.min(lambda, 700)), 0];
    for (let c = 1; c < lambda + 15 * Math.sqrt(lambda) + 30; c++) {
      term *= lambda / c;
      expected += term * c * Math.log(c);
    }
    const exact = lambda < 700 ? expected / lambda : Math.log(lambda) + 0.5 / lambda;
    expect(Math.abs(uniformSum(lambda) - exact)).toBeLessThan(1e-4 * Math.min(1, lambda) + 1e-6 * exact);
    const h = 1e-5 * lambda;
    const slope = (uniformSum(lambda + h) - uniformSum(lambda - h)) / (2 * h);
    expect(uniformSumSlope(lambda) / slope).toBeCloseTo(1, 5);
  }
});

test("a slot holds the three features and n, and is differentiated by all of them", () => {
  const n = 50;
  const sample = softSample(n, 0.3, 3);
  const out = featureArrays(2);
  const pull = writeSmoothFeatures(sample, out, 1);
  expect([...out.n]).toEqual([0, n]);
  const { normal } = draws(13);
  const cotangent = featureArrays(2);
  const expected = { u: new Float64Array(n), v: new Float64Array(n) };
  for (const [name, feature] of FEATURES) {
    const size = FEATURE_SIZES[name];
    const alone = new Float32Array(size);
    const back = feature(sample, alone, 0);
    expect(out[name].slice(size)).toEqual(alone);
    expect(out[name].slice(0, size).every((value) => value === 0)).toBe(true);
    cotangent[name].forEach((_, k) => {
      cotangent[name][k] = normal();
    });
    back(cotangent[name].slice(size), 0, expected);
  }
  expect(pull(cotangent)).toEqual(expected);
});
