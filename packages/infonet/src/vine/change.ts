/**
 * Functions of a condition along which the copula of a pair may change: what the condition predicts of products of the
 * two variables. Where the copula does not change, no product can be predicted.
 */

import type { Task } from "../engine/task.js";
import { centred, dotProducts, mean, squaresAbout } from "../numerics/moments.js";
import { type Prediction, predictions } from "../prediction/prediction.js";

/** A pair given a condition. */
interface Pair {
  /** Normal scores of the variables at the rows that the vine is fitted to. */
  u: Float64Array;
  v: Float64Array;
  /** Normal scores of the columns of the condition at these rows, then at those held out. */
  condition: readonly Float64Array[];
  seed: number;
  /** Whether to look closely only where slow functions of the condition tell something of a product. */
  screened: boolean;
}

/** Scores beyond this deviation count as this far out: products are ruled by few rows else. */
const FARTHEST = 3;
/** Columns of a condition up to which each of them is tried by itself, and with every other. */
const FEW = 3;
/** Share of a product's variance that a slow function must tell: of the order of the information that one copula loses. */
const LEAST_TOLD = 0.05;
/** Probability that chance makes one of the correlations looked at as large, about. */
const SCREEN = 0.02;

/** Where the copula may change: along one function, or in the cells of two. */
export type Along = readonly [Float64Array] | readonly [Float64Array, Float64Array];

/** What is worth a look, at the rows fitted and then at those held out; the most promising first. */
export const CHANGE: Task<Pair, Along[]> = {
  name: "change",
  run({ u, v, condition, seed, screened }) {
    const targets = hermiteProducts(u, v);
    if (screened && !mayChange(targets, condition)) return [];
    let best: Prediction | undefined;
    for (const found of predictions(targets, condition, seed)) {
      if (found !== undefined && found.explained > (best?.explained ?? 0)) best = found;
    }
    const found: Along[] = best === undefined ? [] : [[best.values]];
    if (condition.length > FEW) return found;
    for (const [k, column] of condition.entries()) {
      found.push([column], ...condition.slice(k + 1).map((other): Along => [column, other]));
    }
    return found;
  },
};

/** Products of Hermite polynomials of two variables, less their means: of the variables, of their sizes. */
function hermiteProducts(u: Float64Array, v: Float64Array): Float64Array[] {
  const products = Array.from({ length: 4 }, () => new Float64Array(u.length));
  for (let row = 0; row < u.length; row++) {
    const a = Math.max(-FARTHEST, Math.min(FARTHEST, u[row]));
    const b = Math.max(-FARTHEST, Math.min(FARTHEST, v[row]));
    products[0][row] = a * b;
    products[1][row] = (a * a - 1) * b;
    products[2][row] = a * (b * b - 1);
    products[3][row] = (a * a - 1) * (b * b - 1);
  }
  return products.map(centred);
}

/** Whether slow functions of the condition, its columns and their products, tell anything of the products. */
function mayChange(targets: readonly Float64Array[], columns: readonly Float64Array[]): boolean {
  const n = targets[0].length;
  const pairs = columns.flatMap((column, k) => {
    const others = columns.length <= FEW + 1 ? columns.slice(k) : [column];
    return others.map((other) => [column, other] as const);
  });
  const looks = targets.length * (columns.length + pairs.length);
  const least = Math.max((2 * Math.log(looks / SCREEN)) / n, LEAST_TOLD);
  const squares = targets.map((target) => squaresAbout(target, 0));
  const sums = new Float64Array(targets.length);
  const tells = (f: Float64Array): boolean => {
    dotProducts(targets, f, sums);
    const own = squaresAbout(f, mean(f));
    return squares.some((square, k) => sums[k] ** 2 > least * own * square);
  };
  if (columns.some((column) => tells(column.subarray(0, n)))) return true;
  const product = new Float64Array(n);
  return pairs.some(([a, b]) => {
    for (let row = 0; row < n; row++) product[row] = a[row] * b[row];
    return tells(product);
  });
}
