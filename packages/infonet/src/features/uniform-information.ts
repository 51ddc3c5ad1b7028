/**
 * What c ln c is for uniform points, E[c ln c]/λ with c ~ Poisson(λ), as a smooth function of λ: a cubic through the
 * table that `localInformation` reads linearly.
 */

import { G_LOW, G_STEPS, G_TABLE } from "./local-information.js";

/** Above this the series ln λ + 1/2λ + 1/12λ² is good to 1e-7. */
const SERIES = 128;

/** Entry k of the table; its first two terms beyond its ends. */
function entry(k: number): number {
  const log = (G_LOW + k / G_STEPS) * Math.LN2;
  return k < 0 ? Math.LN2 * Math.exp(log) : log + G_TABLE[k];
}

/** From one entry before the table's first. */
const ENTRIES = Float64Array.from({ length: G_TABLE.length + 1 }, (_, k) => entry(k - 1));

/** E[c ln c]/λ. */
export function uniformSum(lambda: number): number {
  if (lambda >= SERIES) return Math.log(lambda) + 1 / (2 * lambda) + 1 / (12 * lambda * lambda);
  const position = (Math.log2(lambda) - G_LOW) * G_STEPS;
  if (position < 0) return (ENTRIES[1] * lambda) / 2 ** G_LOW;
  const k = Math.floor(position);
  const f = position - k;
  const here = ENTRIES[k + 1];
  const next = ENTRIES[k + 2];
  const d0 = (next - ENTRIES[k]) / 2;
  const d1 = (ENTRIES[k + 3] - here) / 2;
  const g = 1 - f;
  return here * g * g * (1 + 2 * f) + next * f * f * (3 - 2 * f) + f * g * (d0 * g - d1 * f);
}

/** Derivative of {@link uniformSum} by λ. */
export function uniformSumSlope(lambda: number): number {
  if (lambda >= SERIES) return 1 / lambda - 1 / (2 * lambda * lambda) - 1 / (6 * lambda ** 3);
  const position = (Math.log2(lambda) - G_LOW) * G_STEPS;
  if (position < 0) return ENTRIES[1] / 2 ** G_LOW;
  const k = Math.floor(position);
  const f = position - k;
  const here = ENTRIES[k + 1];
  const next = ENTRIES[k + 2];
  const d0 = (next - ENTRIES[k]) / 2;
  const d1 = (ENTRIES[k + 3] - here) / 2;
  const slope = 6 * f * (1 - f) * (next - here) + d0 * (1 - f) * (1 - 3 * f) + d1 * f * (3 * f - 2);
  return (slope * G_STEPS) / (Math.LN2 * lambda);
}
