/** Whether draws are what they should be. With a fixed seed these tests never fail by chance. */

/** Probability with which a bound would be broken by true draws. */
export const CHANCE = 1e-6;

/** Kolmogorov's distance of values from the uniform distribution on [0, 1]. */
export function distance(values: readonly number[]): number {
  const n = values.length;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.reduce((most, value, k) => Math.max(most, (k + 1) / n - value, value - k / n), 0);
}

/**
 * The distance of n points from their own distribution that is exceeded with probability {@link CHANCE} at most:
 * 2 exp(−2nD²), for every n (Massart 1990).
 */
export function farthest(n: number): number {
  return Math.sqrt(Math.log(2 / CHANCE) / (2 * n));
}

/**
 * How rare counts of equally probable cells are that are as uneven, or as even: Chernoff's bound of the χ² distribution
 * with d degrees of freedom, (χ²/d · exp(1 − χ²/d))^(d/2), which holds beyond d and below it.
 */
export function rarity(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const square = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
  const degrees = counts.length - 1;
  return Math.exp((degrees / 2) * (Math.log(square / degrees) + 1 - square / degrees));
}
