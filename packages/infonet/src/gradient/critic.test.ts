/** Derivatives through the critic: those of the law, and in their directions those of the density that the estimate has. */

import { describe, expect, test } from "vitest";
import { tenDistributions } from "../testing/distributions.js";
import { draws } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

describe("the value is that of estimate, and the derivatives lead up its density", () => {
  test.each(tenDistributions(400))("$name", async ({ columns, p, q }) => {
    const [x, y] = columns(p, q);
    const { mi, lowerBound, dx, dy } = await net.gradient(x, y);
    const estimate = await net.estimate(x, y);
    expect(mi).toBeCloseTo(estimate.mi, 6);
    // At soft ranks it is the mean log density at ranks but for their rounding.
    expect(Math.abs((lowerBound as number) - estimate.lowerBound)).toBeLessThan(0.03 + 0.03 * mi);
    // A step of the size of a rank or so; the density is held fixed.
    const before = estimate.copula;
    const places = (values: Float64Array, sorted: Float64Array) =>
      values.map((value) => {
        const above = sorted.findIndex((other) => other >= value);
        if (above <= 0) return (above < 0 ? sorted.length - 0.5 : 0.5) / sorted.length;
        const share = (value - sorted[above - 1]) / (sorted[above] - sorted[above - 1]);
        return (above - 0.5 + share) / sorted.length;
      });
    const meanAt = (a: Float64Array, b: Float64Array): number => {
      const [u, v] = [places(a, x.slice().sort()), places(b, y.slice().sort())];
      return before.logDensities(u, v).reduce((sum, value) => sum + value, 0) / a.length;
    };
    const step = (values: Float64Array, slopes: Float64Array): Float64Array => {
      const size = Math.hypot(...slopes) / Math.sqrt(slopes.length);
      const sorted = values.slice().sort();
      const gap = (sorted[300] - sorted[100]) / 200;
      return values.map((value, i) => value + (2 * gap * slopes[i]) / (size + Math.abs(slopes[i])));
    };
    expect(meanAt(step(x, dx), step(y, dy))).toBeGreaterThan(meanAt(x, y));
  });
});

/** Derivatives by a parameter over samples, in units of the truth. */
async function sizes(
  n: number,
  truth: number,
  draw: (normal: () => number, uniform: () => number) => { pair: [number, number]; slope: [number, number] },
): Promise<{ mean: number; scatter: number }> {
  const pairs: [Float64Array, Float64Array][] = [];
  const slopes: [number, number][][] = [];
  for (let seed = 1; seed <= 12; seed++) {
    const { normal, uniform } = draws(seed);
    const rows = Array.from({ length: n }, () => draw(normal, uniform));
    const column = (side: 0 | 1) => Float64Array.from(rows, ({ pair }) => pair[side]);
    pairs.push([column(0), column(1)]);
    slopes.push(rows.map(({ slope }) => slope));
  }
  const found = (await net.gradientMany(pairs)).map((gradient, k) => {
    const { dx, dy } = gradient as { dx: Float64Array; dy: Float64Array };
    return slopes[k].reduce((sum, [a, b], i) => sum + dx[i] * a + dy[i] * b, 0) / truth;
  });
  const mean = found.reduce((sum, value) => sum + value, 0) / found.length;
  const square = found.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, scatter: Math.sqrt(square / (found.length - 1)) };
}

describe("derivatives by the correlation of normal columns: ρ / (1 − ρ²)", () => {
  test.each([
    [0.3, 1000, 0.15, 0.2],
    [0.6, 1000, 0.08, 0.1],
    [0.9, 1000, 0.06, 0.06],
    [0.99, 2000, 0.06, 0.05],
    [0.999, 2000, 0.1, 0.06],
  ])("ρ = %f, %i rows", async (rho, n, off, wide) => {
    const rest = Math.sqrt(1 - rho * rho);
    const { mean, scatter } = await sizes(n, rho / (1 - rho * rho), (normal) => {
      const [a, b] = [normal(), normal()];
      return { pair: [a, rho * a + rest * b], slope: [0, a - (rho / rest) * b] };
    });
    expect(Math.abs(mean - 1)).toBeLessThan(off);
    expect(scatter).toBeLessThan(wide * 1.3);
  });
});

test("below what the estimate can tell, the gradient still leads the right way", async () => {
  // At ρ = 0.05 of 1000 rows the estimate is 0 as often as not; the sample's own correlation has a standard error of 0.03.
  const { mean, scatter } = await sizes(1000, 0.05 / (1 - 0.05 ** 2), (normal) => {
    const [a, b] = [normal(), normal()];
    return { pair: [a, 0.05 * a + Math.sqrt(1 - 0.05 ** 2) * b], slope: [0, a - 0.05 * b] };
  });
  expect(Math.abs(mean - 1)).toBeLessThan(0.5);
  expect(scatter).toBeLessThan(1);
});
