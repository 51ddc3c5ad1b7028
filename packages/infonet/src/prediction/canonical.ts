/**
 * Canonical variates: functions f₁, f₂ … of X and g₁, g₂ … of Y, f_k and g_k as correlated as can be and
 * uncorrelated with the pairs before (Hotelling 1936; with families of functions in place of the columns:
 * Breiman & Friedman 1985, Bach & Jordan 2002). How many there are, and what chance adds to their correlation, is
 * read off rows that they were not found on.
 *
 * Functions of X alone and of Y alone cannot raise the mutual information: whatever is found here, the
 * information of the variates is a lower bound of that of X and Y.
 */

import { cholesky, solveLower, solveUpper } from "../numerics/cholesky.js";
import { leadingSingular, mirror, multiply, transpose } from "../numerics/linear.js";
import { correlation, standardized } from "../numerics/moments.js";
import { normalScoresOf } from "../numerics/normal-scores.js";
import type { Stream } from "../numerics/random.js";
import { allRows, pick, rowsOfFold } from "../numerics/rows.js";
import { expand, type Features } from "./features.js";

/** Pairs of canonical variates at all rows, strongest first. */
export interface Variates {
  x: Float64Array[];
  y: Float64Array[];
  /**
   * Σ −½ ln(1 − r²) at the rows that the variates were found on, less the same of variates found on other rows:
   * what chance adds here and takes there, nats.
   */
  optimism: number;
}

/** Sums of products over some rows, of the functions of X, of Y, and of both. */
interface Moments {
  n: number;
  xx: Float64Array;
  yy: Float64Array;
  xy: Float64Array;
}

/** Settings of {@link canonicalVariates}. */
export interface CanonicalSettings {
  ridge: number;
  folds: number;
  /** Most pairs. */
  most: number;
  /**
   * Whether pairs that are functions of earlier ones are passed over: among nonlinear functions the square of f₁ would
   * else be taken for a variate of its own.
   */
  independent: boolean;
}

/** Correlations below this many standard errors are those of chance. */
const LEAST_ERRORS = 4;
/**
 * Share of a correlation that must be left at other rows. Turning pairs to those of all rows brings back a little of
 * what these found by chance, about a third.
 */
const LEAST_SHARE = 0.5;

/**
 * Canonical variates found on all rows, as many as hold on rows that they were not found on.
 *
 * @param fold number of the fold of each row, 0 … folds − 1
 */
export function canonicalVariates(
  x: Features,
  y: Features,
  fold: Uint8Array,
  { ridge, folds, most, independent }: CanonicalSettings,
  random: Stream,
): Variates {
  const n = fold.length;
  const parts = Array.from({ length: folds }, (_, f) => moments(x, y, rowsOfFold(fold, f, true)));
  const whole = parts.reduce(added);
  const options = { ridge, most, independent };
  const found = search(whole, x, y, allRows(n), options, random);
  const held: number[] = new Array(found.x.length).fill(0);
  for (let f = 0; f < folds; f++) {
    const own = rowsOfFold(fold, f, true);
    const sums = subtracted(whole, parts[f]);
    const other = solve(sums, x.count, y.count, ridge, found.looked, random);
    // Chosen pairs may stand elsewhere among those of a fold: turned to those of all rows. Where all are chosen they
    // may be the whole space, and turning would bring back what was found with the fold's own rows.
    const [a, b] = independent
      ? [turned(other.a, found.a, sums.xx, x.count), turned(other.b, found.b, sums.yy, y.count)]
      : [other.a, other.b];
    for (let c = 0; c < held.length; c++) {
      const values = evaluate(x, a, c, held.length, own);
      held[c] += scoreCorrelation(values, evaluate(y, b, c, held.length, own)) / folds;
    }
  }
  // Few rows far out can make a pair of large correlation that holds nowhere else, before the true ones.
  const own = held.map((_, c) => scoreCorrelation(found.x[c], found.y[c]));
  const pairs = [...held.keys()]
    .filter((c) => held[c] > Math.max(LEAST_ERRORS / Math.sqrt(n), LEAST_SHARE * own[c]))
    .sort((a, b) => held[b] - held[a]);
  const optimism = pairs.reduce((sum, c) => sum + gaussian(own[c]) - gaussian(held[c]), 0);
  return {
    x: pairs.map((c) => found.x[c]),
    y: pairs.map((c) => found.y[c]),
    optimism: Math.max(0, optimism),
  };
}

/**
 * Weights that combine some pairs so that they come nearest to others.
 *
 * @param from count × any, columns are pairs
 * @param to count × wanted
 * @param gram sums of products of the functions, count × count
 * @returns count × wanted
 */
function turned(from: Float64Array, to: Float64Array, gram: Float64Array, count: number): Float64Array {
  const [width, wanted] = [from.length / count, to.length / count];
  const weighted = multiply(transpose(from, count, width), gram, width, count, count);
  const lower = cholesky(multiply(weighted, from, width, count, width), width, 1e-9 * gram[0]);
  const turn = multiply(weighted, to, width, count, wanted);
  solveLower(lower, width, turn, wanted);
  solveUpper(lower, width, turn, wanted);
  return multiply(from, turn, count, width, wanted);
}

/** Mutual information of normal variables of that correlation. */
function gaussian(r: number): number {
  return -0.5 * Math.log1p(-Math.min(r * r, 0.999999));
}

/**
 * Σ −½ ln(1 − r²) of the pairs found on some rows and evaluated on others: what a family of functions is worth, and
 * how many pairs have to be looked at.
 */
export function heldOutScore(
  x: Features,
  y: Features,
  training: Uint32Array,
  test: Uint32Array,
  settings: Omit<CanonicalSettings, "folds">,
  random: Stream,
): { score: number; count: number } {
  const found = search(moments(x, y, training), x, y, training, settings, random);
  let score = 0;
  let count = 0;
  for (const [c, f] of found.x.entries()) {
    const r = scoreCorrelation(pick(f, test), pick(found.y[c], test));
    if (!(r > LEAST_ERRORS / Math.sqrt(test.length))) continue;
    score += gaussian(r);
    count = c + 1;
  }
  return { score, count };
}

/** Correlation of the normal scores: heavy tails do not rule it. */
function scoreCorrelation(a: Float64Array, b: Float64Array): number {
  return correlation(normalScoresOf(a), normalScoresOf(b));
}

/** Pairs of variates. */
interface Found {
  /** At all rows. */
  x: Float64Array[];
  y: Float64Array[];
  /** Weights of the functions, a column for every pair. */
  a: Float64Array;
  b: Float64Array;
  /** Pairs that they were chosen from. */
  looked: number;
}

/** Pairs looked at beyond those wanted: most of them say again what earlier ones say. */
const SPARE_PAIRS = 5;

/** Pairs of variates found from sums over some rows. */
function search(
  sums: Moments,
  x: Features,
  y: Features,
  rows: Uint32Array,
  { ridge, most, independent }: Omit<CanonicalSettings, "folds">,
  random: Stream,
): Found {
  const looked = Math.min(independent ? most + SPARE_PAIRS : most, x.count, y.count);
  const { a, b } = solve(sums, x.count, y.count, ridge, looked, random);
  const [listX, listY]: [Float64Array[], Float64Array[]] = [[], []];
  const kept: number[] = [];
  for (let c = 0; c < looked && kept.length < most; c++) {
    const f = standardized(evaluate(x, a, c, looked), rows);
    const g = standardized(evaluate(y, b, c, looked), rows);
    const again = (values: Float64Array, earlier: readonly Float64Array[]) =>
      independent && kept.length > 0 && isDetermined(values, earlier, rows, random);
    if (again(f, listX) || again(g, listY)) continue;
    listX.push(f);
    listY.push(g);
    kept.push(c);
  }
  return { x: listX, y: listY, a: columnsOf(a, looked, kept), b: columnsOf(b, looked, kept), looked };
}

/** Some columns of a matrix of that width. */
function columnsOf(matrix: Float64Array, width: number, which: readonly number[]): Float64Array {
  const rows = matrix.length / width;
  const result = new Float64Array(rows * which.length);
  for (let i = 0; i < rows; i++) {
    which.forEach((c, k) => {
      result[i * which.length + k] = matrix[i * width + c];
    });
  }
  return result;
}

/** Weights of the leading canonical pairs. */
function solve(
  { n, xx, yy, xy }: Moments,
  p: number,
  q: number,
  ridge: number,
  count: number,
  random: Stream,
): { a: Float64Array; b: Float64Array } {
  const [lx, ly] = [cholesky(xx, p, ridge * n), cholesky(yy, q, ridge * n)];
  const m = xy.slice();
  solveLower(lx, p, m, q);
  const turned = transpose(m, p, q);
  solveLower(ly, q, turned, p);
  const { left, right } = leadingSingular(transpose(turned, q, p), p, q, count, random.uniform);
  solveUpper(lx, p, left, count);
  solveUpper(ly, q, right, count);
  return { a: left, b: right };
}

/** Above this share of its variance, a variate is taken for a function of those before. */
const DETERMINED = 0.6;
const ROWS_TO_CHECK = 600;

/** Whether a variate is a function of earlier ones: new coordinates must not say the same again. */
function isDetermined(
  f: Float64Array,
  earlier: readonly Float64Array[],
  rows: Uint32Array,
  random: Stream,
): boolean {
  const some = rows.subarray(0, ROWS_TO_CHECK);
  const target = pick(f, some);
  const kind = { degree: 3, bumps: 0.5, ridge: 1e-3 } as const;
  const basis = expand(
    earlier.map((values) => pick(values, some)),
    kind,
    random,
  );
  const all = allRows(some.length);
  const lower = cholesky(crossProducts(basis, basis, all), basis.count, kind.ridge * all.length);
  const fit = crossProducts(basis, { values: standardized(target), count: 1 }, all);
  solveLower(lower, basis.count, fit, 1);
  const explained = fit.reduce((sum, v) => sum + v * v, 0) / all.length;
  return explained > DETERMINED;
}

function moments(x: Features, y: Features, rows: Uint32Array): Moments {
  const xx = crossProducts(x, x, rows);
  const yy = crossProducts(y, y, rows);
  return { n: rows.length, xx, yy, xy: crossProducts(x, y, rows) };
}

/**
 * Σ a bᵀ over rows, four rows at a time and two columns of a: each sum is loaded and stored once for four products, and
 * each value of b once for two.
 */
export function crossProducts(a: Features, b: Features, rows: Uint32Array): Float64Array {
  const [p, q] = [a.count, b.count];
  const [va, vb] = [a.values, b.values];
  const sums = new Float64Array(p * q);
  const symmetric = a === b;
  // The last group may repeat its first row with weight 0.
  for (let first = 0; first < rows.length; first += 4) {
    const [r0, r1, r2, r3] = [0, 1, 2, 3].map((k) => rows[Math.min(first + k, rows.length - 1)]);
    const [w1, w2, w3] = [1, 2, 3].map((k) => (first + k < rows.length ? 1 : 0));
    const [b0, b1, b2, b3] = [r0 * q, r1 * q, r2 * q, r3 * q];
    let i = 0;
    for (; i + 1 < p; i += 2) {
      const [a0, a1, a2, a3] = [r0 * p + i, r1 * p + i, r2 * p + i, r3 * p + i];
      const v0 = va[a0];
      const v1 = w1 * va[a1];
      const v2 = w2 * va[a2];
      const v3 = w3 * va[a3];
      const u0 = va[a0 + 1];
      const u1 = w1 * va[a1 + 1];
      const u2 = w2 * va[a2 + 1];
      const u3 = w3 * va[a3 + 1];
      const at = i * q;
      // One sum above the diagonal: the mirror overwrites it.
      const end = symmetric ? i + 2 : q;
      for (let j = 0; j < end; j++) {
        const c0 = vb[b0 + j];
        const c1 = vb[b1 + j];
        const c2 = vb[b2 + j];
        const c3 = vb[b3 + j];
        sums[at + j] += v0 * c0 + v1 * c1 + v2 * c2 + v3 * c3;
        sums[at + q + j] += u0 * c0 + u1 * c1 + u2 * c2 + u3 * c3;
      }
    }
    if (i < p) {
      const v0 = va[r0 * p + i];
      const v1 = w1 * va[r1 * p + i];
      const v2 = w2 * va[r2 * p + i];
      const v3 = w3 * va[r3 * p + i];
      for (let j = 0; j < q; j++) {
        sums[i * q + j] += v0 * vb[b0 + j] + v1 * vb[b1 + j] + v2 * vb[b2 + j] + v3 * vb[b3 + j];
      }
    }
  }
  if (symmetric) mirror(sums, p);
  return sums;
}

function combined(a: Moments, b: Moments, sign: 1 | -1): Moments {
  const sum = (u: Float64Array, v: Float64Array) => u.map((value, k) => value + sign * v[k]);
  return { n: a.n + sign * b.n, xx: sum(a.xx, b.xx), yy: sum(a.yy, b.yy), xy: sum(a.xy, b.xy) };
}

const added = (a: Moments, b: Moments): Moments => combined(a, b, 1);
const subtracted = (a: Moments, b: Moments): Moments => combined(a, b, -1);

/** Column c of the weights, `width` columns wide, at some rows or at all. */
function evaluate(
  { values, count }: Features,
  weights: Float64Array,
  c: number,
  width: number,
  rows?: Uint32Array,
): Float64Array {
  const n = rows?.length ?? values.length / count;
  const own = new Float64Array(count);
  for (let i = 0; i < count; i++) own[i] = weights[i * width + c];
  const result = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const at = (rows === undefined ? k : rows[k]) * count;
    let sum = 0;
    for (let i = 0; i < count; i++) sum += values[at + i] * own[i];
    result[k] = sum;
  }
  return result;
}
