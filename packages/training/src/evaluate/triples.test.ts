import { expect, test } from "vitest";
import { logRatio, mutualInformation } from "./mixture.js";
import { orderTest, pairOf, scoreOrder, type Triple } from "./triples.js";

const gaussian: Triple = {
  components: 1,
  weights: [1],
  means: [[1, -2, 3]],
  covariances: [
    [
      [4, 1.2, -3],
      [1.2, 1, -0.5],
      [-3, -0.5, 9],
    ],
  ],
  miXY: 0,
  miXZ: 0,
};
const exact = (rho: number): number => -0.5 * Math.log(1 - rho * rho);

test("the truth of a single Gaussian is −½ ln(1 − ρ²)", () => {
  expect(mutualInformation(pairOf(gaussian, 0, 1), 4096)).toBeCloseTo(exact(0.6), 9);
  expect(mutualInformation(pairOf(gaussian, 0, 2), 4096)).toBeCloseTo(exact(-0.5), 9);
});

test("two distant equal components that move together carry ln 2", () => {
  const far = {
    weights: [0.5, 0.5],
    means: [[0, 0] as const, [100, 100] as const],
    covariances: [[1, 0, 1] as const, [1, 0, 1] as const],
  };
  expect(mutualInformation(far, 1024)).toBeCloseTo(Math.LN2, 6);
  expect(logRatio(far)(0.3, -0.2)).toBeCloseTo(Math.LN2, 9);
});

test("a sample has the covariances of its triple, and its floor is near the truth", () => {
  const { samples, truths, floor } = orderTest(gaussian, 20_000, 7, 0);
  const { x, y } = samples[0];
  const mean = (v: Float64Array): number => v.reduce((a, b) => a + b, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  const covariance = mean(x.map((a, i) => (a - mx) * (y[i] - my)));
  expect(mx).toBeCloseTo(1, 1);
  expect(covariance).toBeGreaterThan(1.1);
  expect(covariance).toBeLessThan(1.3);
  expect(Math.abs(floor[0] - truths[0])).toBeLessThan(0.02);
  expect(orderTest(gaussian, 50, 7, 0).samples[1].y).toEqual(orderTest(gaussian, 50, 7, 0).samples[1].y);
  expect(orderTest(gaussian, 50, 8, 0).samples[1].y).not.toEqual(orderTest(gaussian, 50, 7, 0).samples[1].y);
});

test("order accuracy is counted by number of components, a tie counts for neither", () => {
  const tests = [
    { components: 1, truths: [0.5, 0.2] as [number, number] },
    { components: 1, truths: [0.1, 0.2] as [number, number] },
    { components: 2, truths: [0.3, 0.1] as [number, number] },
  ];
  const score = scoreOrder(tests, [
    [0.4, 0.3],
    [0.3, 0.2],
    [0.3, 0.1],
  ]);
  expect([...score.accuracy]).toEqual([
    [1, 0.5],
    [2, 1],
  ]);
  expect(score.meanAccuracy).toBe(0.75);
  expect(score.mae).toBeCloseTo((0.1 + 0.1 + 0.2 + 0) / 6, 12);
});
