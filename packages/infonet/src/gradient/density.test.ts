/** Derivatives through the density of each sample. */

import { expect, test } from "vitest";
import { CopulaDensity, MIXTURE_NUMBERS } from "../density/index.js";
import { mean } from "../numerics/moments.js";
import { logNormalDensity, normalQuantile } from "../numerics/normal.js";
import { order } from "../numerics/order.js";
import { FakeTensor, fakeNetwork, type Tensors } from "../testing/fake-network.js";
import { normalMixture } from "../testing/mixtures.js";
import { draws } from "../testing/random.js";
import { differentiateDensities } from "./density.js";

/** Soft ranks of n rows, more alike the larger the share is. */
function softSample(n: number, seed: number, share: number) {
  const { normal } = draws(seed);
  const x = Float64Array.from({ length: n }, normal);
  const y = x.map((value) => share * value + normal());
  const ranks = (values: Float64Array): Float64Array => {
    const result = new Float64Array(n);
    for (const [rank, row] of order(values).entries()) result[row] = rank + 1 + 0.3 * Math.sin(row);
    return result.map((rank) => Math.min(n, Math.max(1, rank)));
  };
  const [u, v] = [ranks(x), ranks(y)];
  const soft = { u, v, byU: order(u), byV: order(v), smoothing: 1, randomOrder: order(x) };
  return { perm: Uint32Array.from({ length: n }, (_, k) => k), soft };
}

test("the quantile of level ½ of each slot, the mean of its own density at its own points, and slopes matched to these", async () => {
  const rhos = [0, 0.7];
  const change = async (outputs: Tensors) => {
    const data = new Float32Array(4 * MIXTURE_NUMBERS);
    for (const [slot, rho] of rhos.entries()) data.set(normalMixture(rho), slot * MIXTURE_NUMBERS);
    return { ...outputs, mixture: new FakeTensor("float32", data) };
  };
  const { network, log } = await fakeNetwork({ change });
  const samples = [softSample(20, 1, 0), softSample(30, 2, 1)];
  const both = await differentiateDensities(network, samples);
  expect(log.runs.map(({ graph }) => graph)).toEqual(["values-two", "four"]);
  expect(both.map(({ median }) => median)).toEqual([20, 30].map((n) => n + 1 / 8192));
  for (const [slot, { soft }] of samples.entries()) {
    // Normal densities have nothing beside the normal copulas: the slopes are those of the one with the rows' correlation.
    const n = soft.u.length;
    const [s, t] = [soft.u, soft.v].map((ranks) => ranks.map((rank) => normalQuantile((rank - 0.5) / n)));
    const sum = (f: (k: number) => number): number => s.reduce((total, _, k) => total + f(k), 0);
    const [ss, st, tt] = [sum((k) => s[k] * s[k]), sum((k) => s[k] * t[k]), sum((k) => t[k] * t[k])];
    const [unitS, unitT] = [Math.sqrt(ss / n), Math.sqrt(tt / n)];
    const rho = st / Math.sqrt(ss * tt);
    const { gradient, lowerBound } = both[slot];
    const density = CopulaDensity.read(normalMixture(rhos[slot]));
    expect(lowerBound).toBeCloseTo(mean(density.logDensities(s, t)), 6);
    for (let k = 0; k < n; k++) {
      const [a, b] = [s[k] / unitS, t[k] / unitT];
      const byS = (rho * b - rho * rho * a) / ((1 - rho * rho) * unitS);
      const byT = (rho * a - rho * rho * b) / ((1 - rho * rho) * unitT);
      // A rank is one part in n of the axis, a row one part in n of the mean.
      const perRank = (score: number): number => Math.exp(-logNormalDensity(score)) / (n * n);
      expect(Math.abs(gradient.u[k] - byS * perRank(s[k]))).toBeLessThan(2e-3 * perRank(s[k]));
      expect(Math.abs(gradient.v[k] - byT * perRank(t[k]))).toBeLessThan(2e-3 * perRank(t[k]));
    }
  }
});
