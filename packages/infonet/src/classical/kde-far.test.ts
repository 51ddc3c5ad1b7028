import { expect, test } from "vitest";
import { matrix } from "./golden/samples.js";
import { kde } from "./kde.js";

/** ln Σ e^term. */
function logSum(terms: readonly number[]): number {
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}

/** The estimate without each row's own kernel, in logarithms throughout; bandwidths are one. */
function byLogarithms(x: readonly Float64Array[], y: readonly Float64Array[]): number {
  const rows = [...x[0].keys()];
  const terms = (columns: readonly Float64Array[], row: number): number[] =>
    rows
      .filter((other) => other !== row)
      .map((other) => -columns.reduce((sum, column) => sum + (column[other] - column[row]) ** 2, 0) / 2);
  const ratios = rows.map(
    (row) => logSum(terms([...x, ...y], row)) - logSum(terms(x, row)) - logSum(terms(y, row)),
  );
  return ratios.reduce((sum, ratio) => sum + ratio, 0) / rows.length + Math.log(rows.length - 1);
}

test("rows whose kernels at all others are too small for a double count as they should", () => {
  const x = Float64Array.of(0, 0.2, 0.9, 50, -47, 0.5, 50.5);
  const y = Float64Array.of(0.1, 0.7, -0.4, 40, 0.3, 60, -39);
  const z = Float64Array.of(0.5, 0.1, 0.3, 0.2, -70, 0.6, 12);
  const options = { leaveOneOut: true, bandwidth: 1 };
  expect(kde(x, y, options)).toBeCloseTo(byLogarithms([x], [y]), 9);
  expect(kde(matrix(x, z), y, options)).toBeCloseTo(byLogarithms([x, z], [y]), 9);
  expect(kde(y, matrix(z, x), options)).toBeCloseTo(byLogarithms([y], [z, x]), 9);
});

test("silverman's rule differs from Scott's where there are three columns", () => {
  const [x, y, z] = [7, 5, 3].map((step) => Float64Array.from({ length: 40 }, (_, row) => (row * step) % 11));
  const wide = matrix(x, z);
  const deviation = (column: Float64Array): number => {
    const mean = column.reduce((sum, value) => sum + value, 0) / 40;
    return Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 39);
  };
  const widths = (count: number) => [x, z, y].map((column) => deviation(column) * count ** (-1 / 7));
  expect(kde(wide, y, { bandwidth: "scott" })).toBeCloseTo(kde(wide, y, { bandwidth: widths(40) }), 12);
  expect(kde(wide, y, { bandwidth: "silverman" })).toBeCloseTo(kde(wide, y, { bandwidth: widths(50) }), 12);
  expect(() => kde(x, wide, { method: "grid" })).toThrow(/"exact" for variables of several columns/);
});
