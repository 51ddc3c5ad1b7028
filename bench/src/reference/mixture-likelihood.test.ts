import { type Mixture2, mutualInformation, Random, type Sample } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { expectation, fitMixture } from "./mixture-likelihood.js";

const two: Mixture2 = {
  weights: [0.3, 0.7],
  means: [
    [-3, 0],
    [3, 1],
  ],
  covariances: [
    [1, 0.5, 2],
    [0.5, -0.3, 0.8],
  ],
};

function draw({ weights, means, covariances }: Mixture2, n: number, seed: number): Sample {
  const rng = new Random(seed, 0);
  const points = Array.from({ length: n }, () => {
    const k = rng.uniform() < weights[0] ? 0 : weights.length - 1;
    const [xx, xy, yy] = covariances[k];
    const a = rng.normal();
    const slope = xy / Math.sqrt(xx);
    return [
      means[k][0] + Math.sqrt(xx) * a,
      means[k][1] + slope * a + Math.sqrt(yy - slope * slope) * rng.normal(),
    ];
  });
  return { x: Float64Array.from(points, ([x]) => x), y: Float64Array.from(points, ([, y]) => y) };
}

test("one component has the sample's own covariance, wherever it starts", () => {
  const sample = draw({ weights: [1], means: [[1, 2]], covariances: [[2, 1, 3]] }, 200, 1);
  const fit = fitMixture({ weights: [1], means: [[0, 0]], covariances: [[1, 0, 1]] }, sample);
  const mean = (v: Float64Array): number => v.reduce((a, b) => a + b) / v.length;
  const [mx, my] = [mean(sample.x), mean(sample.y)];
  const product = mean(sample.x.map((x, i) => (x - mx) * (sample.y[i] - my)));
  expect(fit.means[0][0]).toBeCloseTo(mx, 12);
  expect(fit.covariances[0][1]).toBeCloseTo(product, 10);
});

test("every fit is more likely than its start, and finds the truth in a long sample", () => {
  const sample = draw(two, 20_000, 2);
  const off: Mixture2 = { ...two, weights: [0.5, 0.5], covariances: two.covariances.map(() => [2, 0, 2]) };
  const fit = fitMixture(off, sample);
  expect(expectation(fit, sample).logLikelihood).toBeGreaterThan(expectation(two, sample).logLikelihood);
  expect(expectation(two, sample).logLikelihood).toBeGreaterThan(expectation(off, sample).logLikelihood);
  expect(fit.weights[0]).toBeCloseTo(0.3, 1.5);
  expect(Math.abs(mutualInformation(fit, 1024) - mutualInformation(two, 1024))).toBeLessThan(0.02);
});

test("a component without points, and one on a line, do no harm", () => {
  const sample = draw(two, 100, 3);
  const lonely: Mixture2 = {
    weights: [...two.weights.map((w) => w * 0.99), 0.01],
    means: [...two.means, [50, 50]],
    covariances: [...two.covariances, [1, 0, 1]],
  };
  expect(mutualInformation(fitMixture(lonely, sample), 256)).toBeGreaterThan(0);
  const line: Sample = { x: sample.x, y: sample.x };
  const fit = fitMixture({ weights: [1], means: [[0, 0]], covariances: [[1, 0, 1]] }, line);
  expect(mutualInformation(fit, 256)).toBeGreaterThan(5);
});
