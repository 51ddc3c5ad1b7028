/** Series whose dependence is known. */
import type { Random } from "@infonet/training/evaluate";

/** A Gaussian autoregression of order one from its stationary law; a random walk from 0 where φ is 1. */
export function autoregression(rng: Random, phi: number, n: number): Float64Array {
  const values = new Float64Array(n);
  values[0] = phi < 1 ? rng.normal() / Math.sqrt(1 - phi * phi) : 0;
  for (let t = 1; t < n; t++) values[t] = phi * values[t - 1] + rng.normal();
  return values;
}

/** Two such series whose noise, and hence whose values, have a correlation. */
export function correlatedSeries(
  rng: Random,
  phi: number,
  n: number,
  correlation: number,
): [Float64Array, Float64Array] {
  const [x, other] = [autoregression(rng, phi, n), autoregression(rng, phi, n)];
  const rest = Math.sqrt(1 - correlation * correlation);
  return [x, x.map((value, t) => correlation * value + rest * other[t])];
}

/** x_t = a x_{t−1} + noise, y_t = b y_{t−1} + c x_{t−1} + noise, after a while. */
export function linearSystem(
  rng: Random,
  { a, b, c }: { a: number; b: number; c: number },
  n: number,
): [Float64Array, Float64Array] {
  const before = 200;
  const [x, y] = [new Float64Array(n + before), new Float64Array(n + before)];
  for (let t = 1; t < x.length; t++) {
    x[t] = a * x[t - 1] + rng.normal();
    y[t] = b * y[t - 1] + c * x[t - 1] + rng.normal();
  }
  return [x.slice(before), y.slice(before)];
}

/** Transfer entropy of {@link linearSystem} from x to y at lag 1 with one row of history, nats: ½ ln(1 + c² Var(x | y)). */
export function linearTransfer({ a, b, c }: { a: number; b: number; c: number }): number {
  const varianceX = 1 / (1 - a * a);
  const covariance = (a * c * varianceX) / (1 - a * b);
  const varianceY = (c * c * varianceX + 2 * b * c * covariance + 1) / (1 - b * b);
  return 0.5 * Math.log1p(c * c * (varianceX - covariance ** 2 / varianceY));
}
