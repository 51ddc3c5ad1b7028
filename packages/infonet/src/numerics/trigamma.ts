/** The trigamma function ψ′, the second derivative of ln Γ. */

/** From here on the asymptotic series below is exact to 1e-12. */
const ASYMPTOTIC = 10;

/** ψ′(x) for x > 0: recurrence up to x ≥ 10, then the asymptotic series (DLMF 5.15.8). */
export function trigamma(x: number): number {
  let sum = 0;
  let z = x;
  for (; z < ASYMPTOTIC; z++) sum += 1 / (z * z);
  const w = 1 / (z * z);
  // Bernoulli numbers: 1/6, −1/30, 1/42, −1/30, 5/66.
  const tail = (w / z) * (1 / 6 - w * (1 / 30 - w * (1 / 42 - w * (1 / 30 - (w * 5) / 66))));
  return sum + 1 / z + w / 2 + tail;
}
