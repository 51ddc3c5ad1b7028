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
/**
 * Shares of a product's variance that a slow function must tell, of the order of the information that one copula loses: for
 * a look along this function, and along all there are.
 */
const LEAST_TOLD = { one: 0.01, all: 0.05 };
/**
 * Nats that one copula loses a share that slow functions tell: half of it where the pair hardly correlates given what lies
 * between, three times as much and more where it correlates by 0.7; and they see part of a change.
 */
const LOST = 2;
/** Probability that chance makes one of the correlations looked at as large, about. */
const SCREEN = 0.02;

/** Where the copula may change: along one function, or in the cells of two. */
export type Along = readonly [Float64Array] | readonly [Float64Array, Float64Array];

/** Along what the copula may change. */
export interface Changes {
  /** What is worth a look, at the rows fitted and then at those held out; the most promising first. */
  ways: Along[];
  /**
   * About the information that one copula for all values loses, nats: of the order of what slow functions tell, where that is too
   * little for a look along all there are.
   */
  lost: number;
}

export function changes({ u, v, between, seed, screened }: Pair): Changes {
  const targets = hermiteProducts(u, v);
  if (!screened) return { ways: waysOf(targets, between, seed), lost: 0 };
  const { most, sum, along } = toldOf(targets, between);
  if (most >= LEAST_TOLD.all) return { ways: waysOf(targets, between, seed), lost: 0 };
  return { ways: most >= LEAST_TOLD.one ? [along] : [], lost: LOST * sum };
}

function waysOf(targets: readonly Float64Array[], between: Between, seed: number): Along[] {
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

/** What slow functions of what lies between tell, those of its columns and their products, as shares of the variance of a target. */
interface Told {
  /** The most that one of them tells; 0 where it may be chance. */
  most: number;
  /** What all of them tell of all targets, where it is no chance. */
  sum: number;
  /** What the one that tells most is a function of. */
  along: Along;
}

function toldOf(targets: readonly Float64Array[], between: Between): Told {
  const n = targets[0].length;
  const columns = columnsOf(between);
  const crossed = columns.length <= FEW + 1 ? (columns.length * (columns.length - 1)) / 2 : 0;
  const looks = targets.length * (2 * columns.length + crossed);
  const chance = (2 * Math.log(looks / SCREEN)) / n;
  const squares = targets.map((target) => squaresAbout(target, 0));
  const sums = new Float64Array(targets.length);
  const told: Told = { most: 0, sum: 0, along: [columns[0].scores] };
  const look = ({ values, spread }: SlowFunction, along: Along): void => {
    dotProducts(targets, values, sums);
    for (const [k, square] of squares.entries()) {
      // A target without spread has nothing to tell.
      if (sums[k] ** 2 <= chance * spread * square) continue;
      const share = sums[k] ** 2 / (spread * square);
      told.sum += share;
      if (share <= told.most) continue;
      told.most = share;
      told.along = along;
    }
  };
  for (const { slow, scores } of columns) for (const own of slow) look(own, [scores]);
  if (crossed === 0 || told.most >= LEAST_TOLD.all) return told;
  for (const [k, { slow, scores }] of columns.entries()) {
    for (const other of columns.slice(k + 1)) {
      look(slowFunction(timesEach(slow[0].values, other.slow[0].values)), [scores, other.scores]);
    }
  }
  return told;
}
