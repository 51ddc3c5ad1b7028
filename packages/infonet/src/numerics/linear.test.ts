import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { leadingSingular, multiply, orthonormalize, project, symmetricEigen, transpose } from "./linear.js";

const random = (seed: number, size: number): Float64Array => {
  const { normal } = draws(seed);
  return Float64Array.from({ length: size }, normal);
};
const close = (a: ArrayLike<number>, b: ArrayLike<number>, digits: number): void => {
  expect(a.length).toBe(b.length);
  for (let k = 0; k < a.length; k++) expect(a[k]).toBeCloseTo(b[k], digits);
};
const gram = (a: Float64Array, rows: number, columns: number): Float64Array =>
  multiply(transpose(a, rows, columns), a, columns, rows, columns);

test("eigenvalues and eigenvectors rebuild the matrix", () => {
  const size = 12;
  const a = gram(random(3, 30 * size), 30, size);
  const { values, vectors } = symmetricEigen(a, size);
  for (let k = 1; k < size; k++) expect(values[k]).toBeLessThanOrEqual(values[k - 1]);
  const scaled = vectors.map((v, at) => v * values[at % size]);
  close(multiply(scaled, transpose(vectors, size, size), size, size, size), a, 8);
  const identity = Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
  close(gram(vectors, size, size), identity, 10);
});

test("leading singular triplets are those of the eigenvalues of MᵀM", () => {
  const [rows, columns, count] = [9, 7, 3];
  const m = random(4, rows * columns).map((v, at) => v / (1 + (at % columns)) ** 2);
  const { uniform } = draws(5);
  const { values, left, right } = leadingSingular(m, rows, columns, count, uniform);
  const exact = symmetricEigen(gram(m, rows, columns), columns).values;
  for (let c = 0; c < count; c++) expect(values[c]).toBeCloseTo(Math.sqrt(exact[c]), 8);
  const image = multiply(m, right, rows, columns, count);
  for (let c = 0; c < count; c++) {
    for (let i = 0; i < rows; i++) {
      expect(image[i * count + c]).toBeCloseTo(values[c] * left[i * count + c], 5);
    }
  }
});

test("orthonormalised columns are orthonormal, dependent ones vanish", () => {
  const a = random(6, 10 * 3);
  for (let i = 0; i < 10; i++) a[i * 3 + 2] = a[i * 3] - 2 * a[i * 3 + 1];
  orthonormalize(a, 10, 3);
  const g = gram(a, 10, 3);
  expect(g[0]).toBeCloseTo(1, 12);
  expect(g[1]).toBeCloseTo(0, 12);
  expect(g[4]).toBeCloseTo(1, 12);
});

test("a projection is a sum of columns with weights", () => {
  expect(
    project([Float64Array.of(1, 2), Float64Array.of(10, 20), Float64Array.of(5, 5)], [3, -1, 0]),
  ).toEqual(Float64Array.of(-7, -14));
});
