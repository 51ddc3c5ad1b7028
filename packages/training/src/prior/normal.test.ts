import { describe, expect, test } from "vitest";
import { expNegative } from "./exp.js";
import { normalDensity, normalInterval, normalQuantile, normalTail, normalTailExact } from "./normal.js";

const relative = (value: number, truth: number): number => Math.abs(value / truth - 1);

/** ∫ φ from low to high by Simpson's rule. */
function integral(low: number, high: number, steps = 2000): number {
  const h = (high - low) / steps;
  let sum = normalDensity(low) + normalDensity(high);
  for (let k = 1; k < steps; k++) sum += normalDensity(low + k * h) * (k % 2 === 1 ? 4 : 2);
  return (sum * h) / 3;
}

describe("the normal distribution", () => {
  test("has the tails of the published tables", () => {
    const table: ReadonlyArray<readonly [z: number, tail: number]> = [
      [0, 0.5],
      [1, 0.15865525393145707],
      [1.959963984540054, 0.025],
      [2.5758293035489004, 0.005],
      [3, 0.0013498980316300933],
      [6, 9.865876450376946e-10],
      [10, 7.619853024160525e-24],
    ];
    for (const [z, tail] of table) {
      expect(relative(normalTailExact(z), tail)).toBeLessThan(1e-12);
      expect(relative(normalTail(z), tail)).toBeLessThan(1e-6);
      expect(normalTail(-z)).toBeCloseTo(1 - tail, 9);
    }
    for (let z = 0.0037; z < 12; z += 0.0713) {
      expect(relative(normalTail(z), normalTailExact(z))).toBeLessThan(1e-6);
    }
  });

  test("gives intervals with a small relative error: wide, narrow, in either tail", () => {
    for (const low of [-9, -4.2, -1, -0.003, 0, 0.7, 3, 8]) {
      for (const width of [1e-7, 1e-3, 0.019, 0.021, 0.3, 2, 20]) {
        const high = low + width;
        const truth =
          low < -1 && width === 20 ? 1 - normalTailExact(-low) : integral(low, Math.min(high, low + 5));
        const rest = width === 20 && low >= -1 ? normalTailExact(low + 5) : 0;
        expect(relative(normalInterval(low, high), truth + rest)).toBeLessThan(2e-6);
      }
    }
  });

  test("has a quantile that inverts the tail, out to 2^-60", () => {
    for (let p = 0.5; p > 2 ** -59; p *= 0.83) {
      const z = normalQuantile(p);
      expect(relative(normalTailExact(-z), p)).toBeLessThan(2e-5);
      expect(normalQuantile(1 - p) + normalQuantile(1 - (1 - p))).toBeCloseTo(0, 9);
    }
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 8);
    expect(Number.isFinite(normalQuantile(0))).toBe(true);
    expect(Number.isFinite(normalQuantile(1))).toBe(true);
  });

  test("has a quantile that rises", () => {
    let last = Number.NEGATIVE_INFINITY;
    for (let u = 1e-6; u < 1; u += 1.7e-5) {
      const z = normalQuantile(u);
      expect(z).toBeGreaterThan(last);
      last = z;
    }
  });
});

describe("expNegative", () => {
  test("has a relative error below 1e-8 for all arguments", () => {
    for (let t = 0; t > -60; t -= 0.00317) expect(relative(expNegative(t), Math.exp(t))).toBeLessThan(1e-8);
    expect(expNegative(0)).toBe(1);
    expect(expNegative(-1e6)).toBe(0);
    expect(expNegative(-Infinity)).toBe(0);
  });
});
