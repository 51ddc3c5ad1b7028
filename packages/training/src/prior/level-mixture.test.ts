import { describe, expect, test } from "vitest";
import { LevelMixture, levelMixture } from "./level-mixture.js";
import { Random } from "./random.js";

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Log ratios at points. */
function ratios(law: LevelMixture, x: Float64Array, y: Float64Array): Float64Array {
  const out = new Float64Array(x.length);
  law.logRatio(x, y, x.length, out);
  return out;
}

test("two levels a little apart have the information of a textbook's integral", () => {
  const parts = [
    { level: 0, weight: 3, mean: -1, deviation: 1 },
    { level: 1, weight: 1, mean: 1, deviation: 0.5 },
  ];
  const law = new LevelMixture("test", 2, parts, false);
  const normal = (y: number, m: number, s: number): number =>
    Math.exp(-0.5 * ((y - m) / s) ** 2) / (s * Math.sqrt(2 * Math.PI));
  let truth = 0;
  const h = 1e-3;
  for (let y = -8; y < 8; y += h) {
    const [a, b] = [normal(y, -1, 1), normal(y, 1, 0.5)];
    const both = 0.75 * a + 0.25 * b;
    if (a > 0) truth += h * 0.75 * a * Math.log(a / both);
    if (b > 0) truth += h * 0.25 * b * Math.log(b / both);
  }
  const m = 8000;
  const [x, y] = [new Float64Array(m), new Float64Array(m)];
  law.stratified(new Random(1), x, y, m);
  expect(Math.abs(mean(ratios(law, x, y)) - truth)).toBeLessThan(2e-3);
});

describe("laws of the prior", () => {
  const rng = new Random(2);
  const laws = Array.from({ length: 40 }, () => levelMixture(rng, "levels"));

  test("have two to 256 levels, few and many, some of them independent", () => {
    const levels = laws.map((law) => law.levels);
    expect(Math.min(...levels)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...levels)).toBeLessThanOrEqual(256);
    expect(levels.some((count) => count < 6)).toBe(true);
    expect(levels.some((count) => count > 80)).toBe(true);
    expect(laws.some(({ mi }) => mi === 0)).toBe(true);
  });

  test("have log ratios whose mean over the levels is a ratio of one at every number", () => {
    const m = 60_000;
    const [x, y] = [new Float64Array(m), new Float64Array(m)];
    for (const law of laws.slice(0, 12)) {
      law.sample(rng, x, y, m);
      const shares = new Float64Array(law.levels);
      for (const level of x) shares[level] += 1 / m;
      for (const value of [-0.7, 0.2, 1.1]) {
        const levels = Float64Array.from(shares.keys());
        const own = ratios(
          law,
          levels,
          levels.map(() => value),
        );
        const total = own.reduce((sum, ratio, level) => sum + shares[level] * Math.exp(ratio), 0);
        // The shares are those of a sample.
        expect(Math.abs(total - 1)).toBeLessThan(0.1);
      }
    }
  });

  test("have stratified points that agree with independent ones", () => {
    const m = 20_000;
    const [x, y] = [new Float64Array(m), new Float64Array(m)];
    for (const law of laws.slice(0, 12)) {
      law.stratified(rng, x, y, 4000);
      const even = mean(ratios(law, x.subarray(0, 4000), y.subarray(0, 4000)));
      law.sample(rng, x, y, m);
      const values = ratios(law, x, y);
      const drawn = mean(values);
      const error = Math.sqrt(values.reduce((sum, value) => sum + (value - drawn) ** 2, 0)) / m;
      expect(Math.abs(even - drawn)).toBeLessThan(4.5 * error + 5e-3);
      if (law.mi === 0) for (const value of values) expect(Math.abs(value)).toBeLessThan(1e-6);
    }
  });
});
