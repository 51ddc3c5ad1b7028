import { expect, test } from "vitest";
import { permutation } from "../testing/random.js";
import { FEATURE_SIZES, featureArrays, writeFeatures } from "./features.js";
import { copulaHistogram, deposit, GRID } from "./histogram.js";
import { LEVELS, LOCAL_FEATURES, localInformation, SHAPES, TOKENS } from "./local-information.js";
import { FINE } from "./rank-cells.js";
import { LAGS, rankIncrementSpectrum, SPECTRUM_BINS, SPECTRUM_FEATURES } from "./spectrum.js";

const identity = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, k) => k);

test("the histogram holds every sample once, and every row and column of it nearly n/64", () => {
  for (const n of [8, 100, 64 * 7, 5000]) {
    const counts = new Float32Array(GRID * GRID);
    copulaHistogram(permutation(n, n), counts);
    const total = counts.reduce((sum, c) => sum + c, 0);
    expect(total).toBeCloseTo(n, 2);
    for (let i = 0; i < GRID; i++) {
      let column = 0;
      for (let j = 0; j < GRID; j++) column += counts[j * GRID + i];
      expect(Math.abs(column - n / GRID), `n ${n}, column ${i}`).toBeLessThan(1);
    }
  }
});

test("a point in the middle of a cell is in that cell alone", () => {
  const table = new Float32Array(GRID * GRID);
  deposit(table, 0, 10.5 / GRID, 20.5 / GRID, 1);
  expect(table[20 * GRID + 10]).toBeCloseTo(1, 12);
});

test("local information is near zero for independent samples at any n, and large for a diagonal", () => {
  const features = new Float32Array(TOKENS * LOCAL_FEATURES);
  const mean = (column: number): number => {
    let sum = 0;
    for (let t = 0; t < TOKENS; t++) sum += features[t * LOCAL_FEATURES + column] / TOKENS;
    return sum;
  };
  for (const n of [2000, 20_000, 200_000]) {
    localInformation(permutation(n, n), features);
    for (let column = 0; column < LOCAL_FEATURES; column++) {
      expect(Math.abs(mean(column)), `n ${n}, shape ${column}`).toBeLessThan(n < 10_000 ? 0.1 : 0.05);
    }
  }
  localInformation(identity(20_000), features);
  // The finest shape of a token on the diagonal: 32 of 1024 cells are occupied.
  const onDiagonal = features[0];
  expect(onDiagonal).toBeGreaterThan(2.5);
  // Off the diagonal a token has no points.
  expect(features.slice(LOCAL_FEATURES, 2 * LOCAL_FEATURES).every((f) => f === 0)).toBe(true);
});

/** Σ c ln c over the points' cells. */
function sumCLogC(cells: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts.values()].reduce((sum, c) => sum + c * Math.log(c), 0);
}

test("local information of a token differs from its definition by what uniform points would show", () => {
  const n = 700;
  const perm = permutation(3, n);
  const features = new Float32Array(TOKENS * LOCAL_FEATURES);
  localInformation(perm, features);
  const fine = (rank: number): number => Math.floor(((rank + 0.5) * FINE) / n);
  const points = Array.from(perm, (v, u) => [fine(u), fine(v)] as const);
  const levels = Array.from({ length: LEVELS }, (_, level) => level);
  const shapes = [
    ...SHAPES,
    ...levels.map((level) => [level, LEVELS] as const),
    ...levels.map((level) => [LEVELS, level] as const),
  ];
  // The same number of points and of cells has the same expectation, whatever the token and the shape.
  const expectations = new Map<string, number>();
  let compared = 0;
  for (let t = 0; t < TOKENS; t++) {
    const own = points.filter(([u, v]) => (v >> LEVELS) * 8 + (u >> LEVELS) === t);
    shapes.forEach(([a, b], s) => {
      const feature = features[t * LOCAL_FEATURES + s];
      const plugIn = sumCLogC(own.map(([u, v]) => `${u >> a} ${v >> b}`)) / own.length;
      const key = `${own.length} ${a + b}`;
      const known = expectations.get(key);
      if (known === undefined) expectations.set(key, feature - plugIn);
      else {
        compared++;
        expect(feature - plugIn, `token ${t}, shape ${a} ${b}`).toBeCloseTo(known, 5);
      }
    });
  }
  expect(compared).toBeGreaterThan(900);
});

test.each([20, 300, 3000, 17_000])("the spectrum of %i points is that of its definition", (n) => {
  const perm = permutation(n, n);
  const spectrum = new Float32Array(SPECTRUM_FEATURES);
  rankIncrementSpectrum(perm, spectrum);
  const ranks = [perm, perm.map((_, v) => perm.indexOf(v))];
  for (const [direction, along] of (n > 5000 ? ranks.slice(0, 1) : ranks).entries()) {
    LAGS.forEach((lag, l) => {
      let mean = 0;
      for (let k = lag; k < n; k++) mean += Math.log2(n / Math.abs(along[k] - along[k - lag])) / (n - lag);
      // Bins are linear between whole numbers, so that the mean of the spectrum is that of what was binned.
      const start = (direction * LAGS.length + l) * SPECTRUM_BINS;
      const bins = spectrum.subarray(start, start + SPECTRUM_BINS);
      const binned = bins.reduce((sum, share, bin) => sum + bin * share, 0);
      // Long increments are taken for the middle of an eighth of an octave.
      if (lag < n) expect(Math.abs(binned - mean), `lag ${lag}`).toBeLessThan(0.03);
      else expect(binned).toBe(0);
    });
  }
});

test("the spectrum of a perfect rise lies where lag/n lies, in both directions", () => {
  const n = 4096;
  const spectrum = new Float32Array(SPECTRUM_FEATURES);
  rankIncrementSpectrum(identity(n), spectrum);
  LAGS.forEach((lag, l) => {
    for (const direction of [0, 1]) {
      const bin = Math.log2(n / lag);
      const at = (direction * LAGS.length + l) * SPECTRUM_BINS + bin;
      // From 64 on, increments are counted by eighths of an octave, each as if in its middle.
      expect(spectrum[at], `lag ${lag}`).toBeGreaterThan(lag < 64 ? 0.99999 : 0.9);
    }
  });
});

test("each lag's share adds up to one, and lags as long as the sample stay empty", () => {
  const spectrum = new Float32Array(SPECTRUM_FEATURES);
  rankIncrementSpectrum(permutation(5, 100), spectrum);
  LAGS.forEach((lag, l) => {
    const bins = spectrum.subarray(l * SPECTRUM_BINS, (l + 1) * SPECTRUM_BINS);
    expect(bins.reduce((sum, b) => sum + b, 0)).toBeCloseTo(lag < 100 ? 1 : 0, 5);
  });
});

test("slots do not touch each other", () => {
  const [a, b] = [permutation(1, 500), permutation(2, 700)];
  const pair = featureArrays(2);
  pair.counts.fill(7);
  writeFeatures(b, pair, 1);
  writeFeatures(a, pair, 0);
  const alone = featureArrays(1);
  writeFeatures(b, alone, 0);
  for (const name of ["counts", "local", "spectrum", "n"] as const) {
    expect(pair[name].slice(FEATURE_SIZES[name])).toEqual(alone[name]);
  }
});
