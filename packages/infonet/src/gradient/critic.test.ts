/** Derivatives through the critic are those of a number that can be computed otherwise: finite differences of it. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeColumn, rankColumn, rankScale, softRankOfSorted } from "../copula/index.js";
import { InfoNet } from "../infonet.js";
import { tenDistributions } from "../testing/distributions.js";
import { draws } from "../testing/random.js";
import type { Copula } from "../types.js";

let net: InfoNet;
beforeAll(async () => {
  net = await InfoNet.load();
});
afterAll(() => net.dispose());

/** Soft ranks of a column without ties, in the orientation of the user. */
function softRanks(x: Float64Array): Float64Array {
  const { positions, sorted } = rankScale(x, rankColumn(codeColumn(x), 0).ranks);
  return softRankOfSorted(positions, sorted, { regularization: 0.9 }).ranks;
}

/** Mean log density of the rows. */
function meanOf(copula: Copula, x: Float64Array, y: Float64Array): number {
  const n = x.length;
  const [u, v] = [softRanks(x), softRanks(y)];
  let sum = 0;
  for (let k = 0; k < n; k++) sum += copula.logDensity((u[k] - 0.5) / n, (v[k] - 0.5) / n);
  return sum / n;
}

describe("derivatives of the mean log density ratio at moved rows, the ratio held fixed", () => {
  test.each(tenDistributions(400))("$name", async ({ columns, p, q }) => {
    const [x, y] = columns(p, q);
    const { mi, dx, dy } = await net.gradient(x, y, { through: "critic" });
    const estimate = await net.estimate(x, y);
    expect(mi).toBeCloseTo(estimate.mi, 6);
    const { copula } = estimate;
    // At soft ranks it is the pointwise mutual information but for the rounding of ranks.
    const pointwise = estimate.pointwise().reduce((sum, value) => sum + value, 0) / x.length;
    expect(Math.abs(meanOf(copula, x, y) - pointwise)).toBeLessThan(0.03 + 0.03 * pointwise);

    const { normal } = draws(17);
    for (let round = 0; round < 4; round++) {
      // Uphill with noise, scaled so that every column that moves adds about 1.
      const step = (slopes: Float64Array): Float64Array => {
        const width = Math.hypot(...slopes) / Math.sqrt(slopes.length);
        return slopes.map((slope) => (slope / width + 0.3 * normal()) / width / slopes.length);
      };
      const [tx, ty] = [step(dx), round < 2 ? step(dy) : new Float64Array(dy.length)];
      const expected = dx.reduce((sum, slope, i) => sum + slope * tx[i] + dy[i] * ty[i], 0);
      const h = 1e-5;
      const at = (t: number): number =>
        meanOf(
          copula,
          x.map((value, i) => value + t * tx[i]),
          y.map((value, i) => value + t * ty[i]),
        );
      const difference = (at(h) - at(-h)) / (2 * h);
      expect(Math.abs(expected)).toBeGreaterThan(0.5);
      // The mean knows the scales of its marginals from tables, whose second derivatives are rougher than the exact ones.
      expect(Math.abs(difference - expected)).toBeLessThan(0.08 * Math.abs(expected));
    }
  });
});
