/** Tails of the laws that textbook tests refer to. Relative errors below 1e-10 where nothing else is said. */
import { logGamma } from "@infonet/training/evaluate";

const MOST_TERMS = 10_000;
const PRECISE = 1e-15;
/** Stands for zero in continued fractions. */
const TINY = 1e-300;

/** The continued fraction 1 / (first + a₁ / (b₁ + a₂ / (b₂ + …))) by Lentz's method. */
function continuedFraction(first: number, term: (k: number) => readonly [a: number, b: number]): number {
  const safe = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let d = 1 / safe(first);
  let c = Infinity;
  let value = d;
  for (let k = 1; k < MOST_TERMS; k++) {
    const [a, b] = term(k);
    d = 1 / safe(b + a * d);
    c = safe(b + a / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISE) break;
  }
  return value;
}

/** Regularised incomplete beta function: P(B ≤ x) for a beta variable B with parameters a and b. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side of the mean only.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const logFactor =
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x) - Math.log(a);
  const fraction = continuedFraction(1, (k) => {
    const m = k >> 1;
    return k % 2 === 0
      ? [(m * (b - m) * x) / ((a + k - 1) * (a + k)), 1]
      : [(-(a + m) * (a + b + m) * x) / ((a + k - 1) * (a + k)), 1];
  });
  return Math.exp(logFactor) * fraction;
}

/** Regularised upper incomplete gamma function: P(G ≥ x) for a gamma variable G of shape a. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; k < MOST_TERMS && term > PRECISE * sum; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return 1 - factor * sum;
  }
  return factor * continuedFraction(x + 1 - a, (k) => [k * (a - k), x + 2 * k + 1 - a]);
}

/** P(|Z| ≥ z) for a standard normal Z. */
export const normalTwoSided = (z: number): number => upperGamma(0.5, (z * z) / 2);

/** P(X ≥ x) for a χ² variable X. */
export const chiSquaredTail = (x: number, degrees: number): number => upperGamma(degrees / 2, x / 2);

/** P(|T| ≥ t) for Student's T. */
export const studentTwoSided = (t: number, degrees: number): number =>
  incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);

/** P(F ≥ f) for Fisher's F. */
export const fisherTail = (f: number, above: number, below: number): number =>
  incompleteBeta(below / (below + above * f), below / 2, above / 2);

/** P(X ≥ k) for X the number of successes in `trials`. */
export const binomialTail = (k: number, trials: number, probability: number): number =>
  k <= 0 ? 1 : k > trials ? 0 : incompleteBeta(probability, k, trials - k + 1);
