/**
 * Moments of Pearson's X² over all tables with given margins. X²/n = tr(A P B Pᵀ) with the centred projections A and B on
 * the levels of x and of y and a random permutation P; its moments follow from a few invariants of A and of B
 * (Kazi-Aoual, Hitier, Sabatier & Lebreton, "Refined approximations to permutation tests for multivariate inference",
 * Computational Statistics & Data Analysis 20, 1995; for mean and variance Haldane, Biometrika 31, 1940).
 */

import { comesFirst, type Tally, tallySum } from "./tally.js";

/** Mean, variance and skewness of X². */
export interface PearsonMoments {
  mean: number;
  variance: number;
  skewness: number;
}

/** Invariants of the centred projection on the levels of a margin; its powers are itself. */
interface Invariants {
  /** Trace: levels − 1. */
  t: number;
  /** Σ of the diagonal's squares and of its cubes. */
  s2: number;
  s3: number;
  /** Σ of the cubes of all entries. */
  u: number;
  /** Σ of the entries times both their diagonal entries. */
  b: number;
  /** Σ n/r over the levels. */
  inverse: number;
}

function invariantsOf(tally: Tally, n: number): Invariants {
  const t = tallySum(tally, () => 1) - 1;
  const over = (r: number): number => 1 / r - 1 / n;
  const s2 = tallySum(tally, (r) => r * over(r) ** 2);
  return {
    ...{ t, s2 },
    s3: tallySum(tally, (r) => r * over(r) ** 3),
    // Off the blocks every entry is −1/n.
    u: tallySum(tally, (r) => r * r * (over(r) ** 3 + n ** -3)) - 1 / n,
    b: s2 - (t * t) / n,
    inverse: tallySum(tally, (r) => n / r),
  };
}

/**
 * The moments, for n ≥ 4; the skewness is 0 for n < 7, where the formula has no meaning.
 *
 * @param rows counts of the levels of x
 * @param columns counts of the levels of y
 */
export function pearsonMoments(rows: Tally, columns: Tally, n: number): PearsonMoments {
  const [first, second] = comesFirst(rows, columns) ? [rows, columns] : [columns, rows];
  const [x, y] = [invariantsOf(first, n), invariantsOf(second, n)];
  const mean = (n * x.t * y.t) / (n - 1);
  const spread = ({ t, inverse }: Invariants): [v: number, w: number] => [
    ((n - t - 1) * t) / (n - 1),
    (inverse - (t + 1) ** 2) / (n - 2),
  ];
  const [[v, w], [v2, w2]] = [spread(x), spread(y)];
  const variance = ((2 * n) / (n - 3)) * (v - w) * (v2 - w2) + ((n * n) / (n - 1)) * w * w2;
  if (n < 7 || variance <= 0) return { mean, variance: Math.max(0, variance), skewness: 0 };
  const [m, d] = [mean / n, variance / (n * n)];
  const central = rawThird(x, y, n) - 3 * m * d - m ** 3;
  return { mean, variance, skewness: central / d ** 1.5 };
}

/** E (X²/n)³. */
function rawThird(x: Invariants, y: Invariants, n: number): number {
  // Σ W_kk (W²)_kk is Σ W_kk² of a projection, and all traces of powers are t.
  const [cx, cy] = [x.t ** 3, y.t ** 3];
  const [px, py] = [x.t * x.t, y.t * y.t];
  const [qx, qy] = [x.t * x.s2, y.t * y.s2];
  const both = (f: (a: Invariants, b: Invariants) => number): number => f(x, y) + f(y, x);
  const cubes = n * n * (n + 1) * (n * n + 15 * n - 4) * x.s3 * y.s3;
  const u = 4 * (n ** 4 - 8 * n ** 3 + 19 * n * n - 4 * n - 16) * x.u * y.u;
  const b = 6 * (n ** 4 - 8 * n ** 3 + 21 * n * n - 6 * n - 24) * x.b * y.b;
  const ub = 24 * (n * n - n - 4) * both((a, o) => a.u * o.b);
  const r = 12 * (n ** 4 - n ** 3 - 8 * n * n + 36 * n - 48) * x.s2 * y.s2;
  const rq = 12 * (n ** 3 - 2 * n * n + 9 * n - 12) * both((a, o) => a.t * a.s2 * o.s2);
  const q = 3 * (n ** 4 - 4 * n ** 3 - 2 * n * n + 9 * n - 12) * qx * qy;
  const ru = 24 * (n ** 3 - 3 * n * n - 2 * n + 8) * both((a, o) => a.s2 * o.u);
  const rb = 24 * (n ** 3 - 2 * n * n - 3 * n + 12) * both((a, o) => a.s2 * o.b);
  const qu = 12 * (n * n - n + 4) * both((a, o) => a.t * a.s2 * o.u);
  const qb = 6 * (2 * n ** 3 - 7 * n * n - 3 * n + 12) * both((a, o) => a.t * a.s2 * o.b);
  const su = -2 * n * (n - 1) * (n * n - n + 4) * both((a, o) => (2 * a.u + 3 * a.b) * o.s3);
  const sq = -3 * n * (n - 1) ** 2 * (n + 4) * both((a, o) => (a.t + 4) * a.s2 * o.s3);
  const st = 2 * n * (n - 1) * (n - 2) * both((a, o) => (a.t ** 3 + 6 * a.t * a.t + 8 * a.t) * o.s3);
  const traces =
    cx * ((n ** 3 - 9 * n * n + 23 * n - 14) * cy + 6 * (n - 4) * py + 8 * y.t) +
    6 * px * ((n - 4) * cy + (n ** 3 - 9 * n * n + 24 * n - 14) * py + 4 * (n - 3) * y.t) +
    8 * x.t * (cy + 3 * (n - 3) * py + (n ** 3 - 9 * n * n + 26 * n - 22) * y.t);
  const onU = both(
    (a, o) =>
      (16 * a.t ** 3 + 12 * a.t ** 2 * (n * n - 5 * n + 8) + 8 * a.t * (3 * n * n - 15 * n + 16)) * o.u,
  );
  const onB = both(
    (a, o) =>
      (a.t ** 3 * (6 * n * n - 30 * n + 24) +
        24 * a.t ** 2 * (n * n - 5 * n + 6) +
        24 * a.t * (n * n - 5 * n + 8)) *
      o.b,
  );
  const onR = both(
    (a, o) => (24 * a.t ** 3 + 12 * a.t ** 2 * (n * n - 5 * n + 12) + 24 * a.t * (n * n - 5 * n + 8)) * o.s2,
  );
  const onQ = both(
    (a, o) =>
      (a.t ** 3 * (3 * n * n - 15 * n + 6) + 6 * a.t ** 2 * (n * n - 5 * n + 6) + 48 * a.t) * o.t * o.s2,
  );
  const total =
    cubes +
    u +
    b +
    ub +
    r +
    rq +
    q +
    ru +
    rb +
    qu +
    qb +
    su +
    sq +
    st +
    traces -
    onU -
    onB -
    (n - 2) * (onR + onQ);
  return total / (n * (n - 1) * (n - 2) * (n - 3) * (n - 4) * (n - 5));
}
