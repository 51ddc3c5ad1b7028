import { expect, test } from "vitest";
import { applyOrientation, inverse } from "../copula/index.js";
import { draws, permutation } from "../testing/random.js";
import { increments } from "./increments.js";

const rise = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, k) => k);

test("perfect agreement: every next neighbour is one rank away", () => {
  const n = 50;
  const nearer = (lag: number): number => ((n - lag) * ((n + 1) / 3 - lag)) / n ** 1.5;
  const { xi, neighbours } = increments(rise(n));
  expect(xi).toBeCloseTo(nearer(1) ** 2, 9);
  expect(neighbours).toBeCloseTo((nearer(1) + nearer(2) + nearer(3)) ** 2, 9);
});

test("it is Chatterjee's ξ up to a factor: 1 − 3 Σ |r(k + 1) − r(k)| / (n² − 1)", () => {
  const n = 31;
  for (const seed of [1, 2, 3]) {
    const perm = permutation(seed, n);
    const coefficient = (p: Uint32Array): number => {
      let sum = 0;
      for (let k = 1; k < n; k++) sum += Math.abs(p[k] - p[k - 1]);
      return 1 - (3 * sum) / (n * n - 1);
    };
    const larger = Math.max(coefficient(perm), coefficient(inverse(perm)));
    const statistic = (larger * (n * n - 1)) / 3 / n ** 1.5;
    expect(increments(perm).xi).toBeCloseTo(statistic * Math.abs(statistic), 12);
  }
});

test("flips and the exchange of the axes change nothing", () => {
  const perm = permutation(5, 200);
  const { xi, neighbours } = increments(perm);
  for (let code = 1; code < 8; code++) {
    const turned = applyOrientation(perm, {
      flipU: (code & 1) > 0,
      flipV: (code & 2) > 0,
      swap: (code & 4) > 0,
    });
    const other = increments(turned);
    expect(other.xi).toBeCloseTo(xi, 9);
    expect(other.neighbours).toBeCloseTo(neighbours, 9);
  }
});

test("under independence the larger of two directions, each with the variance 2/45 of ξ", () => {
  const { uniform } = draws(6);
  const n = 400;
  const values = Array.from({ length: 3000 }, () => {
    const { xi } = increments(permutation(Math.floor(1e9 * uniform()), n));
    return Math.sign(xi) * Math.sqrt(Math.abs(xi));
  });
  // The larger of two independent normal numbers has the mean √(1/π).
  const mean = values.reduce((a, b) => a + b) / values.length;
  expect(mean / Math.sqrt(2 / 45)).toBeGreaterThan(Math.sqrt(1 / Math.PI) - 0.1);
  expect(mean / Math.sqrt(2 / 45)).toBeLessThan(Math.sqrt(1 / Math.PI) + 0.1);
});

test("a wave that winds many times is seen where slow waves see nothing", () => {
  const { uniform } = draws(7);
  const n = 400;
  const x = Float64Array.from({ length: n }, uniform).sort();
  const y = x.map((value) => Math.sin(60 * value) + 0.2 * uniform());
  const order = [...y.keys()].sort((a, b) => y[a] - y[b]);
  const perm = new Uint32Array(n);
  order.forEach((row, rank) => {
    perm[row] = rank;
  });
  // Independent samples exceed 1 once in a million times.
  expect(increments(perm).xi).toBeGreaterThan(5);
});
