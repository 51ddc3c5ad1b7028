/** The tail of the beta distribution: what a share of explained variance says. */

import { logGamma } from "./gamma.js";

const MOST_TERMS = 10_000;
const EXACT = 1e-15;
const TINY = 1e-300;

/**
 * ln P(B > x) of a beta variable with parameters a and b: by the continued fraction of the incomplete beta function (DLMF
 * 8.17.22) with Lentz's method. −Infinity at x = 1.
 */
export function logBetaTail(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return -Infinity;
  const front = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  // I_x(a, b) = 1 − I_{1−x}(b, a): the fraction of the side that converges fast.
  if (x < (a + 1) / (a + b + 2)) {
    return Math.log1p(-Math.min(1, (Math.exp(front) * fraction(x, a, b)) / a));
  }
  return Math.min(0, front + Math.log(fraction(1 - x, b, a) / b));
}

/** The continued fraction of I_x(a, b), less its front factor over a. */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < EXACT) break;
  }
  return value;
}

/** Not zero. */
function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
