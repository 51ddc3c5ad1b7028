/**
 * Functions of a condition along which the copula of a pair may change: what the condition predicts of products of the
 * two variables. Where the copula does not change, no product can be predicted.
 */

import type { Task } from "../engine/task.js";
import { centred, correlation } from "../numerics/moments.js";
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
/** Products of Hermite polynomials: of the variables, of their sizes. */
const PRODUCTS: readonly ((u: number, v: number) => number)[] = [
  (u, v) => u * v,
  (u, v) => (u * u - 1) * v,
  (u, v) => u * (v * v - 1),
  (u, v) => (u * u - 1) * (v * v - 1),
];
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
    const near = (value: number): number => Math.max(-FARTHEST, Math.min(FARTHEST, value));
    const targets = PRODUCTS.map((product) =>
      centred(u.map((value, row) => product(near(value), near(v[row])))),
    );
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

/** Whether slow functions of the condition tell anything of the products. */
function mayChange(targets: readonly Float64Array[], columns: readonly Float64Array[]): boolean {
  const n = targets[0].length;
  const functions = columns.flatMap((column, k) => {
    const own = column.subarray(0, n);
    const others = columns.length <= FEW + 1 ? columns.slice(k + 1) : [];
    return [
      own,
      own.map((value) => value * value),
      ...others.map((other) => own.map((value, row) => value * other[row])),
    ];
  });
  const limit = (2 * Math.log((targets.length * functions.length) / SCREEN)) / n;
  const least = Math.max(limit, LEAST_TOLD);
  return functions.some((f) => targets.some((target) => correlation(f, target) ** 2 > least));
}
