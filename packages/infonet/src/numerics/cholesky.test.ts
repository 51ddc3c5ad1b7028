import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { cholesky, logDeterminant, solveLower, solveUpper } from "./cholesky.js";
import { multiply, transpose } from "./linear.js";

const random = (seed: number, size: number): Float64Array => {
  const { normal } = draws(seed);
  return Float64Array.from({ length: size }, normal);
};

test("the Cholesky factor solves A x = b", () => {
  const size = 6;
  const tall = random(1, 20 * size);
  const a = multiply(transpose(tall, 20, size), tall, size, 20, size);
  const lower = cholesky(a, size, 1e-12);
  const x = random(2, size * 2);
  const b = multiply(a, x, size, size, 2);
  solveLower(lower, size, b, 2);
  solveUpper(lower, size, b, 2);
  expect(b).toHaveLength(x.length);
  for (const [k, value] of x.entries()) expect(b[k]).toBeCloseTo(value, 9);
});

test("a singular matrix has a factor, lifted by the ridge", () => {
  const lower = cholesky(Float64Array.of(1, 1, 1, 1), 2, 1e-6);
  expect(lower[2]).toBeCloseTo(1, 6);
  // √(1 + ε − 1 / (1 + ε))
  expect(lower[3]).toBeCloseTo(Math.sqrt(2e-6), 8);
});

test("three correlations that differ, by the rule of Sarrus", () => {
  const [r, s, t] = [0.5, -0.3, 0.2];
  const matrix = Float64Array.of(1, r, s, r, 1, t, s, t, 1);
  expect(logDeterminant(matrix, 3)).toBeCloseTo(Math.log(1 + 2 * r * s * t - r * r - s * s - t * t), 13);
  expect(logDeterminant(Float64Array.of(1), 1)).toBe(0);
});

test("a column that others determine has the determinant 0, the first one or the last", () => {
  expect(logDeterminant(Float64Array.of(1, 1, 1, 1), 2)).toBe(-Infinity);
  expect(logDeterminant(Float64Array.of(1, -1, 0.5, -1, 1, -0.5, 0.5, -0.5, 1), 3)).toBe(-Infinity);
});
