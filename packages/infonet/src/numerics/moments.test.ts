import { expect, test } from "vitest";
import {
  centred,
  correlation,
  correlations,
  dotProducts,
  inDeviations,
  mean,
  meanWithError,
  squaresAbout,
  standardDeviation,
  standardized,
} from "./moments.js";

test("mean, squares and standard error by hand", () => {
  expect(mean([1, 2, 6])).toBe(3);
  expect(mean(Float64Array.of(-4))).toBe(-4);
  expect(mean([])).toBe(Number.NaN);
  expect(squaresAbout([1, 2, 6], 3)).toBe(14);
  // √(14 / 2 / 3)
  expect(meanWithError([1, 2, 6])).toEqual({ mean: 3, standardError: Math.sqrt(7 / 3) });
  expect(meanWithError([1, 2, 3, 4])).toEqual({ mean: 2.5, standardError: Math.sqrt(5 / 3 / 4) });
  expect(meanWithError([5])).toEqual({ mean: 5, standardError: Number.NaN });
  expect(centred(Float64Array.of(1, 2, 6))).toEqual(Float64Array.of(-2, -1, 3));
});

test("standardised over all rows, over some, and where these are constant", () => {
  const column = Float64Array.of(1, 3, 1, 3, 11);
  expect(standardized(column.subarray(0, 4))).toEqual(Float64Array.of(-1, 1, -1, 1));
  expect(standardized(column, Uint32Array.of(0, 1, 2, 3))).toEqual(Float64Array.of(-1, 1, -1, 1, 9));
  expect(standardized(column, Uint32Array.of(0, 2))).toEqual(new Float64Array(5));
});

test("a column in its deviations, at the edges of the doubles too", () => {
  expect(standardDeviation(Float64Array.of(1, 3, 1, 3), 0)).toBe(1);
  expect(standardDeviation(Float64Array.of(1, 3), 1)).toBe(Math.SQRT2);
  for (const unit of [1, 2 ** 1021, 2 ** -1073]) {
    expect(inDeviations(Float64Array.of(2, 6, 2, 6).map((v) => v * unit))).toEqual(
      Float64Array.of(1, 3, 1, 3),
    );
  }
});

test("correlation: by hand, and 0 for a constant", () => {
  expect(correlation([1, 2, 3, 4], [2, 1, 4, 3])).toBeCloseTo(0.6, 15);
  expect(correlation([1, 2, 3, 4], [8, 6, 4, 2])).toBe(-1);
  expect(correlation([1, 2, 3, 4], [7, 7, 7, 7])).toBe(0);
});

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

test("products of columns with one are the sums that each would have by itself", () => {
  for (const size of [1, 3, 4, 9]) {
    const columns = Array.from({ length: size }, (_, k) => Float64Array.from([1, 2, 3], (v) => v / (k + 3)));
    const one = Float64Array.of(0.1, -7, 1e9);
    const sums = new Float64Array(size);
    dotProducts(columns, one, sums);
    expect([...sums]).toEqual(columns.map((a) => 0 + a[0] * one[0] + a[1] * one[1] + a[2] * one[2]));
  }
});
