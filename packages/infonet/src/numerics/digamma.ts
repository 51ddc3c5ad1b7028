/** The digamma function ψ, the derivative of ln Γ. */

/** From here on the asymptotic series below is exact to a double's precision. */
const ASYMPTOTIC = 10;

/** ψ(x) for x > 0, to about 1e-15: recurrence up to x ≥ 10, then the asymptotic series (DLMF 5.11.2). */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < ASYMPTOTIC; z++) shift -= 1 / z;
  const w = 1 / (z * z);
  // Bernoulli numbers over their indices: 1/12, −1/120, 1/252, −1/240, 1/132, −691/32760, 1/12, −3617/8160.
  const tail =
    w *
    (1 / 12 -
      w *
        (1 / 120 -
          w *
            (1 / 252 -
              w * (1 / 240 - w * (1 / 132 - w * (691 / 32760 - w * (1 / 12 - w * (3617 / 8160))))))));
  return shift + Math.log(z) - 0.5 / z - tail;
}

/**
 * Σ tally[c] · ψ(c + shift) over the counts c, with ψ by its recurrence ψ(m + 1) = ψ(m) + 1/m. Counts whose
 * argument is 0 must not occur.
 *
 * Sums over rows are made this way: the tally of the counts does not know the order of the rows or of the
 * variables, so neither can the last bit of the result.
 */
export function digammaSum(tally: Uint32Array, shift: 0 | 1): number {
  let psi = digamma(1);
  let sum = 0;
  for (let m = 1; m - shift < tally.length; m++) {
    const times = tally[m - shift];
    if (times > 0) sum += times * psi;
    psi += 1 / m;
  }
  return sum;
}
