import { expect, test } from "vitest";
import { applyOrientation, inverse, rankPermutation } from "../copula/permutation.js";
import { order } from "../numerics/order.js";
import { draws } from "../testing/random.js";
import { smoothDependence } from "./smooth-dependence.js";
import { waveEvidence } from "./wave-evidence.js";
import { squaredWaves, WAVES } from "./waves.js";

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
  const squares = squaredWaves(identity(n));
  for (let j = 0; j < WAVES; j++) {
    for (let i = 0; i < WAVES; i++) {
      expect(squares[j * WAVES + i] / n, `waves ${i + 1} and ${j + 1}`).toBeCloseTo(i === j ? 1 : 0, 10);
    }
  }
});

test("perfect agreement in the weighted sum: n (1 + Σ i⁻²), the slowest pair counts twice", () => {
  const n = 3200;
  const expected = n * (1 + Array.from({ length: WAVES }, (_, i) => (i + 1) ** -2).reduce((a, b) => a + b));
  expect(smoothDependence(identity(n)) / expected).toBeCloseTo(1, 10);
});

test("perfect agreement as evidence: four by four waves lead, and each of their four gives n/3", () => {
  const n = 3200;
  const expected = (4 * n) / 3 - 8 * Math.log(3) + Math.log(0.12);
  expect(waveEvidence(identity(n)) / expected).toBeCloseTo(1, 10);
});

/** Permutation of the ranks of random points. */
function sampleOf(n: number, draw: () => readonly [number, number]): Uint32Array {
  const points = Array.from({ length: n }, draw);
  const [x, y] = [0, 1].map((axis) => inverse(order(Float64Array.from(points, (point) => point[axis]))));
  return rankPermutation(x, y);
}

test("the eight orientations of a sample have the same", () => {
  const { normal } = draws(1);
  const sample = sampleOf(500, () => {
    const x = normal();
    return [x, 0.3 * x + 0.3 * x * x + normal()];
  });
  for (let code = 1; code < 8; code++) {
    const turned = applyOrientation(sample, {
      flipU: (code & 1) > 0,
      flipV: (code & 2) > 0,
      swap: (code & 4) > 0,
    });
    // Cells of 500 ranks are not quite symmetric.
    for (const statistic of [smoothDependence, waveEvidence]) {
      expect(Math.abs(statistic(turned) / statistic(sample) - 1)).toBeLessThan(0.05);
    }
  }
});

test("under independence the mean of the weighted sum is that of the weights, at any n", () => {
  const { uniform } = draws(2);
  const line = Array.from({ length: WAVES }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b);
  for (const n of [20, 300]) {
    const repeats = 4000;
    let sum = 0;
    for (let r = 0; r < repeats; r++) sum += smoothDependence(shuffled(n, uniform)) / repeats;
    // n / (n − 1) is the variance of a mean over a permutation; the deviation of the mean is below 0.1.
    expect(Math.abs(sum - ((line * line + 1) * n) / (n - 1)), `n ${n}`).toBeLessThan(0.6);
  }
});

test("under independence a likelihood ratio of 1/p is seen less often than p", () => {
  const { uniform } = draws(3);
  // Its mean is 1, so this is Markov's inequality.
  for (const n of [50, 400]) {
    const repeats = 4000;
    const evidence = Array.from({ length: repeats }, () => waveEvidence(shuffled(n, uniform)));
    for (const p of [0.5, 0.1, 0.01]) {
      const above = evidence.filter((value) => value > -Math.log(p)).length / repeats;
      expect(above, `n ${n}, p ${p}`).toBeLessThan(p);
    }
    expect(evidence.filter((value) => value < 0).length / repeats).toBeGreaterThan(0.7);
  }
});

test("plain shapes are evidence, each where its samples are few", () => {
  const { uniform, normal } = draws(4);
  const n = 200;
  const shapes: Record<string, () => [number, number]> = {
    line: () => {
      const x = normal();
      return [x, x + 2 * normal()];
    },
    bow: () => {
      const x = 2 * uniform() - 1;
      return [x, x * x + 0.4 * normal()];
    },
    circle: () => {
      const angle = 2 * Math.PI * uniform();
      return [Math.cos(angle) + 0.25 * normal(), Math.sin(angle) + 0.25 * normal()];
    },
    checkerboard: () => {
      const column = Math.floor(4 * uniform());
      const row = 2 * Math.floor(2 * uniform()) + (column % 2);
      return [column + uniform(), row + uniform()];
    },
  };
  for (const [name, draw] of Object.entries(shapes)) {
    expect(waveEvidence(sampleOf(n, draw)), name).toBeGreaterThan(5);
  }
});
