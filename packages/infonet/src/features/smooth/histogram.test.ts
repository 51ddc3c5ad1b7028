import { expect, test } from "vitest";
import { order } from "../../numerics/order.js";
import { draws } from "../../testing/random.js";
import { GRID } from "../histogram.js";
import { smoothHistogram } from "./histogram.js";
import { nodeWeights, nodeWeightsSpace } from "./weights.js";

/** The weights of all cells along an axis; what is beyond the border is in the outermost cell. */
function weightsOf(rank: number, n: number): [weights: Float64Array, slopes: Float64Array] {
  const [weights, slopes] = [new Float64Array(GRID), new Float64Array(GRID)];
  const out = nodeWeightsSpace();
  nodeWeights(((rank - 0.5) * GRID) / n - 0.5, out);
  for (let m = 0; m < 3; m++) {
    const cell = Math.min(Math.max(out.first + m, 0), GRID - 1);
    weights[cell] += out.weights[m];
    slopes[cell] += (out.slopes[m] * GRID) / n;
  }
  return [weights, slopes];
}

test.each([3, 12, 150])("counts and derivatives of %i points are sums of products of weights", (n) => {
  const { uniform, normal } = draws(n);
  const [u, v] = [0, 1].map(() => Float64Array.from({ length: n }, () => 1 + (n - 1) * uniform()));
  u[0] = 1;
  v[1] = n;
  const sample = { u, v, byU: order(u), byV: order(v), smoothing: 1, randomOrder: new Uint32Array(n) };
  const out = new Float64Array(GRID * GRID + 2).fill(7);
  const pull = smoothHistogram(sample, out, 1);
  const cotangent = Float64Array.from({ length: GRID * GRID + 3 }, normal);
  const gradient = { u: new Float64Array(n).fill(1), v: new Float64Array(n).fill(2) };
  pull(cotangent, 2, gradient);
  const counts = new Float64Array(GRID * GRID);
  for (let k = 0; k < n; k++) {
    const [[a, da], [b, db]] = [weightsOf(u[k], n), weightsOf(v[k], n)];
    let [byU, byV] = [1, 2];
    for (let j = 0; j < GRID; j++) {
      for (let i = 0; i < GRID; i++) {
        counts[j * GRID + i] += b[j] * a[i];
        byU += b[j] * da[i] * cotangent[2 + j * GRID + i];
        byV += db[j] * a[i] * cotangent[2 + j * GRID + i];
      }
    }
    expect(gradient.u[k]).toBeCloseTo(byU, 9);
    expect(gradient.v[k]).toBeCloseTo(byV, 9);
  }
  expect(Math.max(...counts.map((count, at) => Math.abs(out[1 + at] - count)))).toBeLessThan(1e-9);
  expect([out[0], out[GRID * GRID + 1]]).toEqual([7, 7]);
});
