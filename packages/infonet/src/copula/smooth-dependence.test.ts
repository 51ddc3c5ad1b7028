import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { applyOrientation } from "./permutation.js";
import { smoothDependence } from "./smooth-dependence.js";

const identity = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, k) => k);

function shuffled(n: number, uniform: () => number): Uint32Array {
  const perm = identity(n);
  for (let k = n - 1; k > 0; k--) {
    const other = Math.floor(uniform() * (k + 1));
    [perm[k], perm[other]] = [perm[other], perm[k]];
  }
  return perm;
}

test("perfect agreement: only waves of the same frequency correlate, each perfectly", () => {
  const n = 3200;
  // n (1 + Σ_i i⁻²): the slowest pair counts twice.
  const expected = n * (1 + Array.from({ length: 8 }, (_, i) => (i + 1) ** -2).reduce((a, b) => a + b));
  expect(smoothDependence(identity(n)) / expected).toBeCloseTo(1, 10);
});

test("the eight orientations of a sample have the same", () => {
  const perm = shuffled(500, draws(1).uniform);
  const statistic = smoothDependence(perm);
  for (let code = 0; code < 8; code++) {
    const turned = applyOrientation(perm, {
      flipU: (code & 1) > 0,
      flipV: (code & 2) > 0,
      swap: (code & 4) > 0,
    });
    // Cells of 500 ranks are not quite symmetric.
    expect(Math.abs(smoothDependence(turned) / statistic - 1)).toBeLessThan(0.05);
  }
});

test("under independence its mean is the sum of the weights, at any n", () => {
  const { uniform } = draws(2);
  const line = Array.from({ length: 8 }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b);
  for (const n of [20, 300]) {
    const repeats = 4000;
    let sum = 0;
    for (let r = 0; r < repeats; r++) sum += smoothDependence(shuffled(n, uniform)) / repeats;
    // n / (n − 1) is the variance of a mean over a permutation; the deviation of the mean is below 0.1.
    expect(Math.abs(sum - ((line * line + 1) * n) / (n - 1)), `n ${n}`).toBeLessThan(0.6);
  }
});
