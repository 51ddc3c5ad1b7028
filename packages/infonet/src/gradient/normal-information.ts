/**
 * The information of normal variables of several columns, and what of it is left to pairs. In the scores of normal copulas
 * I(X; Y | Z) = ½ ln (det R_xz · det R_yz / det R_z · det R_xyz), where R are correlation matrices; the derivative of ½ ln det R by the
 * scores of a row is 1/n times the row times R⁻¹.
 */

import { cholesky, logDeterminant, solveLower, solveUpper } from "../numerics/cholesky.js";
import { leadingSingular, multiply, transpose } from "../numerics/linear.js";
import { correlation } from "../numerics/moments.js";
import type { Stream } from "../numerics/random.js";

/** Added to the diagonal of correlation matrices: columns that others determine have large derivatives, not endless ones. */
const RIDGE = 1e-6;

/** Columns by their scores, which have mean 0 and variance 1: of X, then Y, then Z. */
export interface ScoreColumns {
  columns: readonly Float64Array[];
  /** Columns of X, of Y. */
  dx: number;
  dy: number;
}

/** What normal variables share. */
export interface NormalInformation {
  /** Nats. */
  mi: number;
  /** n times the derivatives by the scores of X and of Y, column by column. */
  fields: Float64Array[];
  /** Pairs of combinations of the columns, weights a column: X's and Z's; Y's and Z's. They are independent of each other, and of Z. */
  pairs: { x: Float64Array; y: Float64Array }[];
}

/** Correlation matrix of columns. */
function correlationsOf(columns: readonly Float64Array[]): Float64Array {
  const size = columns.length;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    matrix[i * size + i] = 1;
    for (let j = 0; j < i; j++) {
      matrix[i * size + j] = correlation(columns[i], columns[j]);
      matrix[j * size + i] = matrix[i * size + j];
    }
  }
  return matrix;
}

/** The part of a matrix that is of some columns, with the ridge. */
function part(matrix: Float64Array, size: number, rows: readonly number[], columns = rows): Float64Array {
  const result = new Float64Array(rows.length * columns.length);
  for (const [i, row] of rows.entries()) {
    for (const [j, column] of columns.entries()) {
      const value = matrix[row * size + column];
      result[i * columns.length + j] = row === column ? value + RIDGE : value;
    }
  }
  return result;
}

/** A⁻¹ B, where A is size × size, symmetric and positive definite. */
function solved(a: Float64Array, size: number, b: Float64Array, width: number): Float64Array {
  const lower = cholesky(a, size, RIDGE * RIDGE);
  const result = b.slice();
  solveLower(lower, size, result, width);
  solveUpper(lower, size, result, width);
  return result;
}

/**
 * What X and Y share given Z if all are normal, its derivatives, and the canonical pairs of what Z leaves of X and of Y.
 *
 * @param most pairs
 */
export function normalInformation(
  { columns, dx, dy }: ScoreColumns,
  most: number,
  random: Stream,
): NormalInformation {
  const size = columns.length;
  const matrix = correlationsOf(columns);
  const [x, y, z] = [
    [0, dx],
    [dx, dx + dy],
    [dx + dy, size],
  ].map(([from, to]) => Array.from({ length: to - from }, (_, k) => from + k));
  const terms = [
    { of: [...x, ...z], sign: 1 },
    { of: [...y, ...z], sign: 1 },
    { of: z, sign: -1 },
    { of: [...x, ...y, ...z], sign: -1 },
  ].filter(({ of }) => of.length > 0);
  let mi = 0;
  const weights = new Float64Array(size * size);
  for (const { of, sign } of terms) {
    const own = part(matrix, size, of);
    const unit = Float64Array.from({ length: of.length ** 2 }, (_, k) => (k % (of.length + 1) === 0 ? 1 : 0));
    const inverse = solved(own, of.length, unit, of.length);
    mi += (sign / 2) * logDeterminant(own, of.length);
    for (const [i, row] of of.entries()) {
      for (const [j, column] of of.entries())
        weights[row * size + column] += sign * inverse[i * of.length + j];
    }
  }
  const fields = [...x, ...y].map((row) => combined(columns, weights.subarray(row * size, (row + 1) * size)));
  return { mi: Math.max(0, mi), fields, pairs: canonicalPairs(matrix, size, [x, y, z], most, random) };
}

/** Σ weight · column. */
export function combined(columns: readonly Float64Array[], weights: ArrayLike<number>): Float64Array {
  const result = new Float64Array(columns[0].length);
  for (const [k, column] of columns.entries()) {
    if (weights[k] === 0) continue;
    for (let row = 0; row < result.length; row++) result[row] += weights[k] * column[row];
  }
  return result;
}

/** Canonical pairs (Hotelling 1936) of what is left of X and of Y when what Z tells of them linearly is taken off. */
function canonicalPairs(
  matrix: Float64Array,
  size: number,
  [x, y, z]: readonly number[][],
  most: number,
  random: Stream,
): NormalInformation["pairs"] {
  const [dx, dy, dz] = [x.length, y.length, z.length];
  const count = Math.min(dx, dy, most);
  if (count === 0) return [];
  const given = part(matrix, size, z);
  /** Weights of Z that tell most of some columns, dz × width. */
  const told = (of: readonly number[]) => solved(given, dz, part(matrix, size, z, of), of.length);
  const [ofX, ofY] = [x, y].map(told);
  const left = (a: readonly number[], b: readonly number[], weights: Float64Array): Float64Array => {
    const whole = part(matrix, size, a, b);
    const taken = multiply(part(matrix, size, a, z), weights, a.length, dz, b.length);
    return whole.map((value, k) => value - taken[k]);
  };
  const [lowerX, lowerY] = [cholesky(left(x, x, ofX), dx, RIDGE), cholesky(left(y, y, ofY), dy, RIDGE)];
  const cross = left(x, y, ofY);
  solveLower(lowerX, dx, cross, dy);
  const turned = transpose(cross, dx, dy);
  solveLower(lowerY, dy, turned, dx);
  const found = leadingSingular(transpose(turned, dy, dx), dx, dy, count, random.uniform);
  solveUpper(lowerX, dx, found.left, count);
  solveUpper(lowerY, dy, found.right, count);
  const weightsOf = (own: readonly number[], weights: Float64Array, by: Float64Array, k: number) => {
    const result = new Float64Array(size);
    for (const [i, column] of own.entries()) {
      const weight = weights[i * count + k];
      result[column] = weight;
      for (const [j, other] of z.entries()) result[other] -= weight * by[j * own.length + i];
    }
    return result;
  };
  return Array.from({ length: count }, (_, k) => k)
    .filter((k) => isThere(found.left, count, k) && isThere(found.right, count, k))
    .map((k) => ({ x: weightsOf(x, found.left, ofX, k), y: weightsOf(y, found.right, ofY, k) }));
}

/** Share of a combination's variance that the ridge may be: beyond it, copies of a column are told apart by their rounding. */
const MOST_RIDGE = 0.1;

/** Whether a combination of variance 1, with the ridge, has a variance of its own; weights are a column of a matrix of that width. */
function isThere(weights: Float64Array, width: number, k: number): boolean {
  let squares = 0;
  for (let at = k; at < weights.length; at += width) squares += weights[at] ** 2;
  // The ridge is in the matrix, and once more in its decomposition.
  return squares > 0 && 2 * RIDGE * squares < MOST_RIDGE;
}
