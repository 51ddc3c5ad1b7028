import { draws } from "./random.js";

/** Row-major data with its width. */
export interface TestMatrix {
  data: Float64Array;
  width: number;
}

/** A matrix filled row by row. */
export function matrix(
  n: number,
  width: number,
  fill: (row: Float64Array, index: number) => void,
): TestMatrix {
  const data = new Float64Array(n * width);
  for (let i = 0; i < n; i++) fill(data.subarray(i * width, (i + 1) * width), i);
  return { data, width };
}

/** Two standard normal vectors whose first `pairs` coordinates have a correlation each; the others are independent. */
export function normalVectors(
  seed: number,
  n: number,
  width: number,
  pairs: number,
  correlation: number,
): [TestMatrix, TestMatrix] {
  const { normal } = draws(seed);
  const x = matrix(n, width, (row) => {
    for (let k = 0; k < width; k++) row[k] = normal();
  });
  const rest = Math.sqrt(1 - correlation ** 2);
  const y = matrix(n, width, (row, i) => {
    for (let k = 0; k < width; k++) {
      row[k] = k < pairs ? correlation * x.data[i * width + k] + rest * normal() : normal();
    }
  });
  return [x, y];
}

/** The columns of a matrix under a map of the values. */
export function mapped(
  { data, width }: TestMatrix,
  map: (value: number, column: number) => number,
): TestMatrix {
  return { data: data.map((value, k) => map(value, k % width)), width };
}

/** A matrix of some columns. */
export function ofColumns(...columns: ArrayLike<number>[]): TestMatrix {
  return matrix(columns[0].length, columns.length, (row, index) => {
    columns.forEach((column, k) => {
      row[k] = column[index];
    });
  });
}
