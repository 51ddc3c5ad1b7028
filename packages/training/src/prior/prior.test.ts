import { describe, expect, test } from "vitest";
import type { Distribution } from "./distribution.js";
import { drawDistribution, KINDS, meanRatio, Random, truthPoints } from "./index.js";

const N = 4096;
const x = new Float64Array(N);
const y = new Float64Array(N);
const out = new Float64Array(N);

/** Share of laws of levels. */
const LEVELS = 0.1;

/** The first distributions of each kind. */
function drawEach(perKind: number, seed: number): Distribution[] {
  const found = new Map<string, Distribution[]>(KINDS.map((kind) => [kind, []]));
  for (let k = 0; [...found.values()].some((list) => list.length < perKind); k++) {
    const distribution = drawDistribution(new Random(seed, k), undefined, LEVELS);
    const list = found.get(distribution.kind) as Distribution[];
    if (list.length < perKind) list.push(distribution);
  }
  return [...found.values()].flat();
}

function meanAndError(values: Float64Array): { mean: number; error: number } {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
  return { mean, error: Math.sqrt(variance / values.length) };
}

describe("the prior", () => {
  test("draws every kind, with finite points and ratios, thousands of times", () => {
    const rng = new Random(1);
    const counts = new Map<string, number>();
    const m = 64;
    for (let k = 0; k < 4000; k++) {
      const distribution = drawDistribution(rng.reset(1, k), undefined, LEVELS);
      counts.set(distribution.kind, (counts.get(distribution.kind) ?? 0) + 1);
      distribution.sample(rng, x, y, m);
      distribution.stratified(rng, x.subarray(m), y.subarray(m), m);
      distribution.logRatio(x, y, 2 * m, out);
      for (let j = 0; j < 2 * m; j++) {
        const finite = Number.isFinite(x[j]) && Number.isFinite(y[j]) && Number.isFinite(out[j]);
        if (!finite) expect.fail(`${distribution.kind} ${k}: (${x[j]}, ${y[j]}) → ${out[j]}`);
      }
    }
    expect([...counts.keys()].sort()).toEqual([...KINDS].sort());
  });

  test("never draws a single segment or box", () => {
    for (let k = 0; k < 3000; k++) {
      const distribution = drawDistribution(new Random(2, k), 0);
      if (/segments|boxes/.test(distribution.kind)) expect(distribution.terms).toBeGreaterThan(1);
    }
  });

  test("has ratios that are copula densities: their mean over one marginal is one at every point", () => {
    const rng = new Random(3);
    for (const distribution of drawEach(4, 3)) {
      distribution.sample(rng, x, y, N);
      for (const at of [5, 77]) {
        const fixed = new Float64Array(N);
        for (const [a, b] of [
          [fixed.fill(x[at]), y],
          [x, fixed],
        ]) {
          if (b === fixed) fixed.fill(y[at]);
          distribution.logRatio(a, b, N, out);
          const { mean, error } = meanAndError(out.map(Math.exp));
          expect(Math.abs(mean - 1), `${distribution.kind}`).toBeLessThan(6 * error + 0.02);
        }
      }
    }
  });

  test("samples what its ratios say: shares of quadrants by importance weights", () => {
    const rng = new Random(4);
    let checked = 0;
    for (const distribution of drawEach(6, 4)) {
      distribution.sample(rng, x, y, N);
      distribution.logRatio(x, y, N, out);
      // Under strong dependence independent pairs hardly ever hit the mass.
      if (meanRatio(out, N) > 1.2) continue;
      checked++;
      const [a, b] = [Float64Array.from(x).sort()[N / 2], Float64Array.from(y).sort()[N / 2]];
      let share = 0;
      for (let i = 0; i < N; i++) if (x[i] < a && y[i] < b) share += 1 / N;
      const weights = new Float64Array(N);
      for (let shift = 1; shift <= 5; shift++) {
        const shifted = Float64Array.from(y, (_, i) => y[(i + shift) % N]);
        distribution.logRatio(x, shifted, N, out);
        for (let i = 0; i < N; i++) if (x[i] < a && shifted[i] < b) weights[i] += Math.exp(out[i]) / 5;
      }
      const { mean, error } = meanAndError(weights);
      expect(Math.abs(mean - share), distribution.kind).toBeLessThan(5 * error + 2.5 / Math.sqrt(N));
    }
    expect(checked).toBeGreaterThan(25);
  });

  test("has stratified points that agree with independent ones and with closed forms, at less variance", () => {
    const rng = new Random(5);
    let stratifiedSquares = 0;
    let independentSquares = 0;
    for (const distribution of drawEach(3, 5)) {
      const m = truthPoints(distribution);
      const repeats = 6;
      const labels = Float64Array.from({ length: repeats }, () => {
        distribution.stratified(rng, x, y, m);
        distribution.logRatio(x, y, m, out);
        return meanRatio(out, m);
      });
      const label = meanAndError(labels);
      distribution.sample(rng, x, y, N);
      distribution.logRatio(x, y, N, out);
      const independent = meanAndError(out);
      const name = `${distribution.kind}: ${label.mean} against ${independent.mean}`;
      expect(Math.abs(label.mean - independent.mean), name).toBeLessThan(5 * independent.error + 0.01);
      if (distribution.mi !== undefined) {
        expect(Math.abs(label.mean - distribution.mi), name).toBeLessThan(6 * label.error + 0.005);
      }
      stratifiedSquares += label.error ** 2 * repeats;
      independentSquares += independent.error ** 2 * (N / m);
    }
    expect(stratifiedSquares).toBeLessThan(independentSquares / 4);
  });

  test("covers weak and strong dependence", () => {
    const rng = new Random(6);
    const labels: number[] = [];
    for (let k = 0; k < 1500; k++) {
      const distribution = drawDistribution(rng.reset(6, k));
      distribution.stratified(rng, x, y, 256);
      distribution.logRatio(x, y, 256, out);
      labels.push(distribution.mi ?? meanRatio(out, 256));
    }
    const share = (low: number, high: number): number =>
      labels.filter((mi) => mi >= low && mi < high).length / labels.length;
    expect(share(0, 0.1)).toBeGreaterThan(0.12);
    expect(share(0.1, 1)).toBeGreaterThan(0.25);
    expect(share(1, 3)).toBeGreaterThan(0.15);
    expect(share(3, 10)).toBeGreaterThan(0.1);
    expect(share(5, 10)).toBeGreaterThan(0.02);
  });
});
