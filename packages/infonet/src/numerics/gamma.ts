/** The gamma function and the gamma law, in logarithms: probabilities far in the tail keep their digits. */

/** From here on the asymptotic series is exact to a double's precision. */
const ASYMPTOTIC = 10;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln Γ(x) for x > 0: recurrence up to x ≥ 10, then Stirling's series (DLMF 5.11.1). */
export function logGamma(x: number): number {
  let product = 1;
  let z = x;
  for (; z < ASYMPTOTIC; z++) product *= z;
  const w = 1 / (z * z);
  const series =
    (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - (w * 691) / 360360))))) / z;
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + series - Math.log(product);
}

/** ln n!. */
export function logFactorial(n: number): number {
  return logGamma(n + 1);
}

/** ln of the binomial coefficient. */
export function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

const PRECISION = 1e-16;
const MOST_TERMS = 100_000;

/**
 * ln P(X > x) of a gamma variable of the given shape and scale 1: a power series below the mean, a continued fraction
 * (DLMF 8.9.2, by Lentz's method) beyond.
 */
export function logGammaTail(shape: number, x: number): number {
  if (x <= 0) return 0;
  const front = shape * Math.log(x) - x - logGamma(shape);
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let k = 1; k < MOST_TERMS && term > PRECISION * sum; k++) {
      term *= x / (shape + k);
      sum += term;
    }
    return Math.log1p(-Math.min(1, Math.exp(front) * sum));
  }
  let b = x + 1 - shape;
  let c = Number.MAX_VALUE;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < MOST_TERMS; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / (a * d + b || Number.MIN_VALUE);
    c = b + a / c || Number.MIN_VALUE;
    fraction *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) break;
  }
  return front + Math.log(fraction);
}
