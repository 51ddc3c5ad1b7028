import { expect, test } from "vitest";
import { drawDistribution, meanRatio, Random } from "../prior/index.js";
import { centralLabel, sampleInformation } from "./central-label.js";

test("the mean over a sample is that of the log ratio at its points, however many", () => {
  const rng = new Random(4, 0);
  const distribution = drawDistribution(rng, 0);
  for (const n of [1, 100, 5000]) {
    const [x, y, ratios] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
    distribution.sample(rng, x, y, n);
    distribution.logRatio(x, y, n, ratios);
    const mean = ratios.reduce((a, b) => a + b, 0) / n;
    expect(sampleInformation(distribution, x, y)).toBeCloseTo(mean, 10);
  }
});

test("a sample that takes too long has the truth for a label", () => {
  const distribution = drawDistribution(new Random(4, 0), 0);
  const n = Math.ceil(250_000 / distribution.terms) + 1;
  const sampled = sampleInformation(distribution, new Float64Array(n), new Float64Array(n));
  expect(sampled).toBeNaN();
  expect(centralLabel(0.3, sampled, n)).toBe(0.3);
});

test("the label goes from the truth to the sample's mean as information grows", () => {
  expect(centralLabel(0, 0.1, 100)).toBe(0);
  expect(centralLabel(0.3, 0.2, 500)).toBeCloseTo(0.25, 12);
  expect(centralLabel(0.3, 0.2, 1e9)).toBeCloseTo(0.2, 6);
  let last = 0.3;
  for (const n of [10, 100, 1000, 10_000]) {
    const label = centralLabel(0.3, 0.2, n);
    expect(label).toBeLessThan(last);
    expect(label).toBeGreaterThan(0.2);
    last = label;
  }
  expect(centralLabel(0.001, -0.01, 1e6)).toBe(0);
});

test("over samples the sample's mean is the truth on average", () => {
  const rng = new Random(9, 1);
  const distribution = drawDistribution(rng, 0);
  const means: number[] = [];
  const [x, y] = [new Float64Array(500), new Float64Array(500)];
  for (let k = 0; k < 400; k++) {
    distribution.sample(rng, x, y, 500);
    means.push(sampleInformation(distribution, x, y));
  }
  const [fx, fy, ratios] = [new Float64Array(2048), new Float64Array(2048), new Float64Array(2048)];
  distribution.stratified(rng, fx, fy, 2048);
  distribution.logRatio(fx, fy, 2048, ratios);
  const truth = meanRatio(ratios, 2048);
  const mean = means.reduce((a, b) => a + b, 0) / means.length;
  const deviation = Math.sqrt(means.reduce((sum, v) => sum + (v - mean) ** 2, 0) / means.length);
  expect(Math.abs(mean - truth)).toBeLessThan((5 * deviation) / Math.sqrt(means.length) + 0.01);
});
