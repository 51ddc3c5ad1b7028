import { expect, test } from "vitest";
import { correlations, logDeterminant } from "./cholesky.js";

test("correlations by hand, wherever the columns lie and however large they are", () => {
  const [a, b, c] = [
    [1, 2, 3, 4],
    [2, 1, 4, 3],
    [4, 3, 2, 1],
  ];
  const expected = [1, 0.6, -1, 0.6, 1, -0.6, -1, -0.6, 1];
  for (const [shift, scale] of [
    [0, 1],
    [1000, 1],
    [-50, 3],
  ]) {
    const columns = [a, b, c].map((column, k) =>
      Float64Array.from(column, (v) => shift + scale * (k + 1) * v),
    );
    const matrix = correlations(columns);
    for (const [at, correlation] of expected.entries()) expect(matrix[at]).toBeCloseTo(correlation, 12);
  }
});

test("three correlations that differ, by the rule of Sarrus", () => {
  const [r, s, t] = [0.5, -0.3, 0.2];
  const matrix = Float64Array.of(1, r, s, r, 1, t, s, t, 1);
  expect(logDeterminant(matrix, 3)).toBeCloseTo(Math.log(1 + 2 * r * s * t - r * r - s * s - t * t), 13);
  expect(logDeterminant(Float64Array.of(1), 1)).toBe(0);
});
