/** Derivatives through the critic are those of a number that can be computed otherwise: finite differences of it. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeColumn, rankColumn, rankScale, softRankOfSorted } from "../copula/index.js";
import { smoothHistogram } from "../features/index.js";
import { InfoNet } from "../infonet.js";
import { tenDistributions } from "../testing/distributions.js";
import { draws } from "../testing/random.js";

let net: InfoNet;
beforeAll(async () => {
  net = await InfoNet.load();
});
afterAll(() => net.dispose());

const CELLS = 64 * 64;

/** Soft ranks of a column without ties, in the orientation of the user. */
function softRanks(x: Float64Array): { ranks: Float64Array; sorted: Uint32Array } {
  const { positions, sorted } = rankScale(x, rankColumn(codeColumn(x), 0).ranks);
  return softRankOfSorted(positions, sorted, { regularization: 0.9 });
}

/** Mean over the rows of a table on the copula square, read between its nodes as the histogram is filled. */
function meanOf(table: ArrayLike<number>, x: Float64Array, y: Float64Array): number {
  const [u, v] = [softRanks(x), softRanks(y)];
  const sample = {
    u: u.ranks,
    v: v.ranks,
    byU: u.sorted,
    byV: v.sorted,
    smoothing: 1,
    randomOrder: u.sorted,
  };
  const counts = new Float64Array(CELLS);
  smoothHistogram(sample, counts, 0);
  return counts.reduce((sum, count, k) => sum + count * table[k], 0) / x.length;
}

describe("derivatives of the mean log density ratio at moved rows, the ratio held fixed", () => {
  test.each(tenDistributions(400))("$name", async ({ columns, p, q }) => {
    const [x, y] = columns(p, q);
    const { mi, dx, dy } = await net.gradient(x, y, { through: "critic" });
    const estimate = await net.estimate(x, y);
    expect(mi).toBeCloseTo(estimate.mi, 6);
    const table = estimate.critic.values;
    // The table read at soft ranks is the pointwise mutual information but for the rounding of corners and ranks.
    const pointwise = estimate.pointwise().reduce((sum, value) => sum + value, 0) / x.length;
    expect(Math.abs(meanOf(table, x, y) - pointwise)).toBeLessThan(0.03 + 0.03 * pointwise);

    const { normal } = draws(17);
    for (let round = 0; round < 4; round++) {
      // Uphill with noise, scaled so that every column that moves adds about 1.
      const step = (slopes: Float64Array): Float64Array => {
        const width = Math.hypot(...slopes) / Math.sqrt(slopes.length);
        return slopes.map((slope) => (slope / width + 0.3 * normal()) / width / slopes.length);
      };
      const [tx, ty] = [step(dx), round < 2 ? step(dy) : new Float64Array(dy.length)];
      const expected = dx.reduce((sum, slope, i) => sum + slope * tx[i] + dy[i] * ty[i], 0);
      const h = 1e-7;
      const at = (t: number): number =>
        meanOf(
          table,
          x.map((value, i) => value + t * tx[i]),
          y.map((value, i) => value + t * ty[i]),
        );
      const difference = (at(h) - at(-h)) / (2 * h);
      expect(Math.abs(expected)).toBeGreaterThan(0.5);
      expect(Math.abs(difference - expected)).toBeLessThan(1e-5 * Math.abs(expected));
    }
  });
});
