import { readFile } from "node:fs/promises";
import { Random } from "@infonet/training/evaluate";
import { expect, test } from "vitest";
import { ALTERNATIVES, sampleOf } from "./alternatives.js";
import { noisyParabola } from "./estimators.js";
import { SUITES } from "./index.js";
import { criticalValue, powerOf, ranksOf } from "./power-shapes.js";
import { median } from "./time.js";
import { drawTriple, freshTest } from "./triples.js";

test("every table of docs/benchmarks.md has its suite, in the same order", async () => {
  const page = await readFile(new URL("../../../docs/benchmarks.md", import.meta.url), "utf8");
  const titles = Object.values(SUITES).map(({ title }) => title);
  const shown = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  expect(shown.length).toBeGreaterThan(10);
  expect(shown).toEqual(titles.filter((title) => shown.includes(title)));
});

test("triples follow the recipe", () => {
  let square = 0;
  for (let k = 0; k < 400; k++) {
    const { weights, means, covariances } = drawTriple(new Random(1, k), 3);
    expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(means.flat().every((m) => Math.abs(m) < 5)).toBe(true);
    expect(covariances[0][1][2]).toBe(covariances[0][2][1]);
    square += covariances[0][0][0] / 400;
  }
  // A sum of three squares of U(−3, 3): 3 · 9/3, standard error 0.23.
  expect(Math.abs(square - 9)).toBeLessThan(1);
});

test("a fresh triple is a function of its number, and its truths are apart", () => {
  const { truths, samples } = freshTest(4, 50, 1, 7);
  expect(Math.abs(truths[0] - truths[1])).toBeGreaterThanOrEqual(0.02);
  expect(freshTest(4, 50, 1, 7).samples[1].y).toEqual(samples[1].y);
  expect(freshTest(4, 50, 1, 8).samples[1].y).not.toEqual(samples[1].y);
  expect(freshTest(4, 50, 2, 7).truths).not.toEqual(truths);
});

test("median", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2);
});

test("a critical value leaves the level's share above it, and ranks order", () => {
  const statistics = Array.from({ length: 199 }, (_, k) => k);
  const critical = criticalValue(statistics, 0.05);
  expect(critical).toBe(189);
  expect(powerOf(statistics, critical)).toBeCloseTo(9 / 199, 12);
  expect([...ranksOf(Float64Array.of(0.3, -2, 7))]).toEqual([2, 1, 3]);
});

test("only the linear alternative is a matter of correlation", () => {
  const n = 4000;
  const centred = (values: Float64Array): Float64Array => {
    const mean = values.reduce((sum, v) => sum + v, 0) / n;
    return values.map((v) => v - mean);
  };
  const dot = (p: Float64Array, q: Float64Array): number => p.reduce((sum, v, i) => sum + v * q[i], 0);
  for (const alternative of ALTERNATIVES) {
    const { x, y } = sampleOf(alternative, 0, n, new Random(8, 1));
    const [a, b] = [centred(x), centred(y)];
    const correlation = dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    if (alternative.name === "linear") expect(correlation).toBeGreaterThan(0.99);
    else expect(Math.abs(correlation), alternative.name).toBeLessThan(0.5);
  }
});

test("the noisy parabola's truth: less noise by half is ln 2 more where noise is small", () => {
  const gain = noisyParabola(0.02).truth - noisyParabola(0.04).truth;
  expect(Math.abs(gain - Math.LN2)).toBeLessThan(0.1);
});
