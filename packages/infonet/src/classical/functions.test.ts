import fc from "fast-check";
import { expect, test } from "vitest";
import { logDeterminant } from "../numerics/cholesky.js";
import { digamma, digammaSum } from "../numerics/digamma.js";
import { correlations, standardDeviation } from "../numerics/moments.js";
import { normalQuantile } from "../numerics/normal.js";
import { GOLDEN } from "./golden/values.js";
import { normalScores } from "./normal-scores.js";

test("digamma: recurrence, reflection at a half, golden values", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1e6, noNaN: true }), (x) => {
      const step = digamma(x + 1) - digamma(x);
      expect(Math.abs(step - 1 / x)).toBeLessThan(1e-14 * (20 + 1 / x));
    }),
  );
  expect(digamma(0.5)).toBeCloseTo(digamma(1) - 2 * Math.LN2, 14);
  const golden = GOLDEN["digamma at 0.5, 1, 2.5, 7, 30.5, 1000"];
  for (const [i, x] of [0.5, 1, 2.5, 7, 30.5, 1000].entries()) expect(digamma(x)).toBeCloseTo(golden[i], 13);
});

test("a sum over a tally is the sum over the counts", () => {
  const tally = Uint32Array.of(0, 2, 0, 1, 5);
  expect(digammaSum(tally, 0)).toBeCloseTo(2 * digamma(1) + digamma(3) + 5 * digamma(4), 13);
  expect(digammaSum(tally, 1)).toBeCloseTo(2 * digamma(2) + digamma(4) + 5 * digamma(5), 13);
  const far = new Uint32Array(100_001);
  far[100_000] = 1;
  expect(digammaSum(far, 0)).toBeCloseTo(digamma(100_000), 11);
});

test("normal quantile: symmetry and golden values", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 20 - 1 }), (i) => {
      // Multiples of 2⁻²⁰, whose complements are exact.
      expect(normalQuantile(1 - i / 2 ** 20)).toBe(-normalQuantile(i / 2 ** 20) + 0);
    }),
  );
  const golden = GOLDEN["normal quantile at 1e-12, 0.001, 0.07, 0.3, 0.5, 0.99"];
  for (const [i, p] of [1e-12, 0.001, 0.07, 0.3, 0.5, 0.99].entries()) {
    expect(normalQuantile(p)).toBeCloseTo(golden[i], 13);
  }
});

test("normal scores: tied values share the score of their mean rank", () => {
  const scores = normalScores(Float64Array.of(5, 1, 5, 9));
  expect([...scores]).toEqual([0.5, 0.2, 0.5, 0.8].map(normalQuantile));
});

test("log-determinant: closed form of equal correlations, and singular matrices", () => {
  for (const [size, r] of [
    [2, 0.5],
    [4, 0.3],
    [5, -0.2],
  ]) {
    const matrix = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : r));
    const expected = Math.log((1 - r) ** (size - 1) * (1 + (size - 1) * r));
    expect(logDeterminant(matrix, size)).toBeCloseTo(expected, 12);
  }
  const a = Float64Array.of(1, 4, 2, 8, 5);
  const b = Float64Array.of(3, 1, 4, 1, 5);
  const sum = a.map((value, row) => value - 2 * b[row]);
  expect(logDeterminant(correlations([a, b, sum]), 3)).toBe(-Infinity);
});

test("standard deviation: closed form, any magnitude", () => {
  for (const scale of [1, 1e-200, 1e200]) {
    const column = Float64Array.of(1, 2, 3, 4).map((value) => scale * value);
    expect(standardDeviation(column, 0) / scale).toBeCloseTo(Math.sqrt(1.25), 12);
    expect(standardDeviation(column, 1) / scale).toBeCloseTo(Math.sqrt(5 / 3), 12);
  }
});
