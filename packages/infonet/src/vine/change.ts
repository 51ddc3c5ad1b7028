/**
 * Functions of a condition along which the copula of a pair may change: what the condition predicts of products of the
 * two variables. Where the copula does not change, no product can be predicted.
 */

import { centred, dotProducts, squaresAbout } from "../numerics/moments.js";
import { type Prediction, predictions } from "../prediction/prediction.js";
import { type Between, columnsOf, type SlowFunction, slowFunction, timesEach } from "./between.js";

/** A pair, and what lies between its ends. */
interface Pair {
  /** Normal scores of the variables at the rows that the vine is fitted to. */
  u: Float64Array;
  v: Float64Array;
  between: Between;
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
export function changes({ u, v, between, seed, screened }: Pair): Along[] {
  const targets = hermiteProducts(u, v);
  if (screened && !mayChange(targets, between)) return [];
  let best: Prediction | undefined;
  const columns = columnsOf(between).map(({ scores }) => scores);
  for (const found of predictions(targets, columns, seed)) {
    if (found !== undefined && found.explained > (best?.explained ?? 0)) best = found;
  }
  const found: Along[] = best === undefined ? [] : [[best.values]];
  if (columns.length > FEW) return found;
  for (const [k, column] of columns.entries()) {
    found.push([column], ...columns.slice(k + 1).map((other): Along => [column, other]));
  }
  return found;
}

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

/** Whether slow functions of what lies between, its columns and their products, tell anything of the targets. */
function mayChange(targets: readonly Float64Array[], between: Between): boolean {
  const n = targets[0].length;
  const columns = columnsOf(between);
  const crossed = columns.length <= FEW + 1 ? (columns.length * (columns.length - 1)) / 2 : 0;
  const looks = targets.length * (2 * columns.length + crossed);
  const least = Math.max((2 * Math.log(looks / SCREEN)) / n, LEAST_TOLD);
  const squares = targets.map((target) => squaresAbout(target, 0));
  const sums = new Float64Array(targets.length);
  const tells = ({ values, spread }: SlowFunction): boolean => {
    dotProducts(targets, values, sums);
    return squares.some((square, k) => sums[k] ** 2 > least * spread * square);
  };
  if (columns.some(({ slow }) => slow.some(tells))) return true;
  if (crossed === 0) return false;
  return columns.some(({ slow: [a] }, k) =>
    columns.slice(k + 1).some(({ slow: [b] }) => tells(slowFunction(timesEach(a.values, b.values)))),
  );
}
