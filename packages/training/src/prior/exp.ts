/**
 * exp for arguments ≤ 0 by table and cubic, relative error below 3e-9. A table beats bit tricks in
 * JavaScript, where moving bits between integers and doubles goes through memory.
 */

const STEPS = 64;
const LIMIT = 48;
const TABLE = Float64Array.from({ length: LIMIT * STEPS }, (_, k) => Math.exp(-k / STEPS));

/** e^t for t ≤ 0. */
export function expNegative(t: number): number {
  const k = (t * -STEPS) | 0;
  if (t < -LIMIT + 1) return Math.exp(t);
  const r = t + k / STEPS;
  return TABLE[k] * (1 + r * (1 + r * (0.5 + r * (1 / 6))));
}
