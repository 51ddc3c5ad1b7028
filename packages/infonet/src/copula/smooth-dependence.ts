/**
 * A smooth statistic of dependence of ranks: the squared correlations of cos(πiu) with cos(πjv), weighted by
 * (ij)⁻¹ so that slow waves count most, and the slowest pair, which sees trends, twice as much. With weights
 * (ij)⁻² it would be the distance covariance of the ranks (Székely, Rizzo & Bakirov 2007), which finds trends
 * about as often and circles and checkerboards much less often. An estimate of mutual information weighs all
 * shapes of dependence alike and so needs more rows for the plain ones.
 */

const WAVES = 8;
// The fastest wave has eight cells a period; ranks need not be told apart any finer.
const CELLS = 32;

/** √2 cos(πi u) at the middle of cell k, at (i − 1) · CELLS + k. */
const COSINES = Float64Array.from(
  { length: WAVES * CELLS },
  (_, at) => Math.SQRT2 * Math.cos((Math.PI * (Math.floor(at / CELLS) + 1) * ((at % CELLS) + 0.5)) / CELLS),
);
const TREND = 2;
const WEIGHTS = Float64Array.from({ length: WAVES * WAVES }, (_, at) =>
  at === 0 ? TREND : 1 / ((Math.floor(at / WAVES) + 1) * ((at % WAVES) + 1)),
);

const counts = new Float64Array(CELLS * CELLS);
const rows = new Float64Array(CELLS * WAVES);
let cellOf = new Uint8Array(4096);

/**
 * The statistic of a sample, ≥ 0. Under independence every squared correlation times n is about χ² with one degree
 * of freedom, whatever n is. Flips and the exchange of the variables change nothing but rounding.
 *
 * @param perm permutation of the ranks, in any orientation
 */
export function smoothDependence(perm: Uint32Array): number {
  const n = perm.length;
  if (cellOf.length < n) cellOf = new Uint8Array(2 * n);
  for (let k = 0; k < n; k++) cellOf[k] = ((k + 0.5) * CELLS) / n;
  counts.fill(0);
  for (let k = 0; k < n; k++) counts[cellOf[perm[k]] * CELLS + cellOf[k]]++;
  for (let row = 0; row < CELLS; row++) {
    for (let i = 0; i < WAVES; i++) {
      let sum = 0;
      for (let k = 0; k < CELLS; k++) sum += counts[row * CELLS + k] * COSINES[i * CELLS + k];
      rows[row * WAVES + i] = sum;
    }
  }
  let statistic = 0;
  for (let j = 0; j < WAVES; j++) {
    for (let i = 0; i < WAVES; i++) {
      let sum = 0;
      for (let row = 0; row < CELLS; row++) sum += rows[row * WAVES + i] * COSINES[j * CELLS + row];
      statistic += (WEIGHTS[j * WAVES + i] * sum * sum) / n;
    }
  }
  return statistic;
}
