/** Derivatives through the density, against finite differences of its mean, and against those of the law. */

import { expect, test } from "vitest";
import { CopulaDensity, MIXTURE_NUMBERS } from "../density/index.js";
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

test("the quantile of level ½ of each slot, and the slopes of its own density at its own points", async () => {
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
  // Under independence nothing pulls.
  for (const value of [...both[0].gradient.u, ...both[0].gradient.v])
    expect(Math.abs(value)).toBeLessThan(1e-9);

  const { u, v } = samples[1].soft;
  const n = u.length;
  const density = CopulaDensity.read(normalMixture(0.7));
  const at = (moved: Float64Array, others: Float64Array): number => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += density.logDensity((moved[k] - 0.5) / n, (others[k] - 0.5) / n) / n;
    return sum;
  };
  for (let row = 0; row < n; row++) {
    const h = 1e-4;
    const shifted = (values: Float64Array, by: number) =>
      values.map((value, k) => value + (k === row ? by : 0));
    const byU = (at(shifted(u, h), v) - at(shifted(u, -h), v)) / (2 * h);
    const byV = (at(u, shifted(v, h)) - at(u, shifted(v, -h))) / (2 * h);
    expect(Math.abs(both[1].gradient.u[row] - byU)).toBeLessThan(1e-5 + 2e-3 * Math.abs(byU));
    expect(Math.abs(both[1].gradient.v[row] - byV)).toBeLessThan(1e-5 + 2e-3 * Math.abs(byV));
  }
});
