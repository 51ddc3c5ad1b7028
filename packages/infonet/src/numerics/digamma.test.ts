import { expect, test } from "vitest";
import { digamma, digammaSum } from "./digamma.js";

/** ψ(n) of whole numbers: −γ and the harmonic numbers. */
const GAMMA = 0.5772156649015329;

test("whole numbers have their harmonic number, and halves theirs", () => {
  let harmonic = 0;
  let odd = 0;
  for (let n = 1; n <= 60; n++) {
    expect(Math.abs(digamma(n) - harmonic + GAMMA), `ψ(${n})`).toBeLessThan(3e-15);
    harmonic += 1 / n;
    odd += 2 / (2 * n - 1);
    const half = digamma(n + 0.5);
    expect(Math.abs(half - odd + GAMMA + 2 * Math.LN2), `ψ(${n} + ½)`).toBeLessThan(3e-15);
  }
});

test("empty tallies sum to nothing, and what stands at the end is counted", () => {
  expect(digammaSum(new Uint32Array(0), 0)).toBe(0);
  expect(digammaSum(Uint32Array.of(3), 1)).toBeCloseTo(-3 * GAMMA, 14);
  expect(digammaSum(Uint32Array.of(0, 0, 2), 0)).toBeCloseTo(2 * (1 - GAMMA), 14);
  expect(digammaSum(Uint32Array.of(0, 0, 2), 1)).toBeCloseTo(2 * (1.5 - GAMMA), 14);
});
