import { describe, expect, test } from "vitest";
import { draws } from "../../testing/random.js";
import { expectedCLogC } from "./random-count.js";

const cLogC = (c: number): number => (c > 0 ? c * Math.log(c) : 0);

/** By the distribution of the count, one after the other. */
function byConvolution(sure: number, p: ArrayLike<number>): number {
  let distribution = [1];
  for (const q of Array.from(p)) {
    distribution = [...distribution, 0].map((mass, c) => mass * (1 - q) + (distribution[c - 1] ?? 0) * q);
  }
  return distribution.reduce((sum, mass, c) => sum + mass * cLogC(sure + c), 0);
}

const probabilities = (seed: number, count: number, most = 1): Float64Array => {
  const { uniform } = draws(seed);
  return Float64Array.from({ length: count }, () => most * uniform());
};

test("who comes for certain is counted", () => {
  for (const [sure, count] of [
    [0, 0],
    [1, 0],
    [7, 0],
    [3, 2],
    [0, 6],
    [2, 40],
    [5000, 3],
  ]) {
    expect(expectedCLogC(sure, new Float64Array(count).fill(1), 0, count)).toBeCloseTo(
      cLogC(sure + count),
      9,
    );
    expect(expectedCLogC(sure, new Float64Array(count), 0, count)).toBeCloseTo(cLogC(sure), 9);
  }
});

describe.each([
  ["few", 0, 4, 1],
  ["few beside others", 30, 6, 1],
  ["few beside very many", 1000, 5, 1],
  ["some", 2, 7, 1],
  ["many", 1, 100, 1],
  ["very many", 0, 400, 1],
  ["very many, of whom hardly any comes", 0, 300, 0.01],
])("%s", (_, sure, count, most) => {
  const p = probabilities(count, count, most);

  test("the value is that of the distribution", () => {
    expect(Math.abs(expectedCLogC(sure, p, 0, count) - byConvolution(sure, p))).toBeLessThan(2e-5);
  });

  test("the derivatives are those of finite differences, at the places asked for", () => {
    const shifted = new Float64Array(count + 3);
    shifted.set(p, 2);
    const slopes = new Float64Array(count + 3);
    const value = expectedCLogC(sure, shifted, 2, count, slopes);
    expect(value).toBe(expectedCLogC(sure, p, 0, count));
    const h = 1e-5;
    for (let i = 0; i < count; i++) {
      const at = (step: number): number =>
        expectedCLogC(
          sure,
          p.map((q, k) => (k === i ? q + step : q)),
          0,
          count,
        );
      const expected = (at(h) - at(-h)) / (2 * h);
      expect(Math.abs(slopes[2 + i] - expected)).toBeLessThan(1e-6 * Math.max(1, Math.abs(expected)));
    }
    expect(slopes[0] + slopes[1] + slopes[count + 2]).toBe(0);
  });
});

describe("very many, of whom few more than sixteen come", () => {
  const count = 300;
  const p = probabilities(3, count, 0.14);
  const mean = p.reduce((sum, q) => sum + q, 0);

  test("the value is that of the expansion about the mean", () => {
    expect(mean).toBeGreaterThan(16);
    const variance = p.reduce((sum, q) => sum + q * (1 - q), 0);
    const third = p.reduce((sum, q) => sum + q * (1 - q) * (1 - 2 * q), 0);
    const expected =
      cLogC(mean) + variance / (2 * mean) - third / (6 * mean ** 2) + variance ** 2 / (4 * mean ** 3);
    expect(expectedCLogC(0, p, 0, count)).toBeCloseTo(expected, 10);
    expect(Math.abs(expected - byConvolution(0, p))).toBeLessThan(0.01);
  });

  test("the derivatives are those of the expansion", () => {
    const slopes = new Float64Array(count);
    expectedCLogC(0, p, 0, count, slopes);
    const h = 1e-5;
    for (const i of [0, 150, 299]) {
      const at = (step: number): number =>
        expectedCLogC(
          0,
          p.map((q, k) => (k === i ? q + step : q)),
          0,
          count,
        );
      expect(slopes[i]).toBeCloseTo((at(h) - at(-h)) / (2 * h), 7);
    }
  });
});
