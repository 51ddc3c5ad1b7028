/** Random shares of levels. */

import type { Random } from "../prior/random.js";

/** Shares of so many levels, in random order; each above 0, sum 1. */
export function randomShares(rng: Random, levels: number): Float64Array {
  const kind = rng.uniform();
  if (kind < 0.3) return new Float64Array(levels).fill(1 / levels);
  if (kind < 0.6) return rng.dirichlet(levels, rng.logBetween(0.3, 100));
  const shares =
    kind < 0.85
      ? powers(levels, rng.between(0.2, 2.2))
      : geometric(levels, Math.exp(-rng.logBetween(0.5, 20) / levels));
  return normalized(shuffledShares(rng, shares));
}

const powers = (levels: number, exponent: number): Float64Array =>
  Float64Array.from({ length: levels }, (_, k) => (k + 1) ** -exponent);

const geometric = (levels: number, ratio: number): Float64Array =>
  Float64Array.from({ length: levels }, (_, k) => ratio ** k + 1e-9);

/** Divides by the sum, in place. */
export function normalized(values: Float64Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  for (let k = 0; k < values.length; k++) values[k] /= sum;
  return values;
}

/** Puts values in random order, in place. */
export function shuffledShares<Values extends Float64Array | Uint32Array>(
  rng: Random,
  values: Values,
): Values {
  for (let k = values.length - 1; k > 0; k--) {
    const other = rng.integer(0, k);
    [values[k], values[other]] = [values[other], values[k]];
  }
  return values;
}
