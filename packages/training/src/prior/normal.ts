/**
 * The normal distribution, fast: tail probability, probability of an interval and quantile by cubic
 * Hermite tables. The derivatives are known in closed form (φ and its inverse), so four numbers a cell give
 * relative errors below 1e-6 where draws occur, in the tails too.
 */

const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Standard normal density. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / SQRT_TWO_PI;
}

const SERIES_LIMIT = 2.5;
const FRACTION_TERMS = 120;

/** P(Z > z) to about 1e-13 relative error, slowly: power series near zero, continued fraction beyond. */
export function normalTailExact(z: number): number {
  if (z < 0) return 1 - normalTailExact(-z);
  if (z < SERIES_LIMIT) {
    let term = z;
    let sum = z;
    for (let k = 1; term > 1e-18 * sum; k++) {
      term *= (z * z) / (2 * k + 1);
      sum += term;
    }
    return 0.5 - normalDensity(z) * sum;
  }
  let fraction = z;
  for (let k = FRACTION_TERMS; k >= 1; k--) fraction = z + k / fraction;
  return normalDensity(z) / fraction;
}

/** A smooth function tabulated with its derivative on equidistant nodes: value, derivative × step, … */
function hermiteTable(cells: number, at: (node: number) => readonly [value: number, scaledSlope: number]) {
  const table = new Float64Array(2 * (cells + 1));
  for (let k = 0; k <= cells; k++) table.set(at(k), 2 * k);
  return table;
}

function hermite(table: Float64Array, position: number): number {
  const cell = position | 0;
  const f = position - cell;
  const at = 2 * cell;
  const p0 = table[at];
  const m0 = table[at + 1];
  const rise = table[at + 2] - p0;
  const m1 = table[at + 3];
  return p0 + f * (m0 + f * (3 * rise - 2 * m0 - m1 + f * (m0 + m1 - 2 * rise)));
}

const TAIL_STEPS = 128;
const TAIL_LIMIT = 38;
const TAIL = hermiteTable(TAIL_LIMIT * TAIL_STEPS, (k) => {
  const z = k / TAIL_STEPS;
  return [normalTailExact(z), -normalDensity(z) / TAIL_STEPS];
});

/** P(Z > z) for z ≥ 0; zero beyond 38. */
function upperTail(z: number): number {
  return z < TAIL_LIMIT ? hermite(TAIL, z * TAIL_STEPS) : 0;
}

/** P(Z > z). */
export function normalTail(z: number): number {
  return z < 0 ? 1 - upperTail(-z) : upperTail(z);
}

// Below this width the difference of two tails would cancel; the midpoint rule is exact to 1e-9 there.
const NARROW = 0.02;

/** P(low < Z < high), with a small relative error in the tails and for narrow intervals as well. */
export function normalInterval(low: number, high: number): number {
  const width = high - low;
  if (width < NARROW) {
    const mid = 0.5 * (low + high);
    return width * normalDensity(mid) * (1 + (width * width * (mid * mid - 1)) / 24);
  }
  if (low >= 0) return upperTail(low) - upperTail(high);
  if (high <= 0) return upperTail(-high) - upperTail(-low);
  return 1 - upperTail(-low) - upperTail(high);
}

/** z with P(Z > z) = p, p ≤ ½, by Newton's method on log p. */
function tailQuantileExact(p: number): number {
  let z = p < 0.1 ? Math.sqrt(Math.max(0, -2 * Math.log(p) - Math.log(-4 * Math.PI * Math.log(p)))) : 0;
  for (let k = 0; k < 30; k++) {
    const tail = normalTailExact(z);
    const step = (Math.log(tail / p) * tail) / normalDensity(z);
    z += step;
    if (Math.abs(step) < 1e-14 * (1 + z)) break;
  }
  return z;
}

const CELLS = 2048;
// The outermost cells of the central table, where the quantile bends too sharply, are left to the tail table.
const TAIL_SHARE = 1 / 128;
const CENTRE = hermiteTable(CELLS, (k) => {
  if (k === 0 || k === CELLS) return [0, 0];
  const p = k / CELLS;
  const z = p < 0.5 ? -tailQuantileExact(p) : tailQuantileExact(1 - p);
  return [z, 1 / (CELLS * normalDensity(z))];
});

// Tail: z as a function of s = √(−2 ln p), nearly a straight line.
const SMALLEST = 2 ** -60;
const S_LOW = Math.sqrt(-2 * Math.log(TAIL_SHARE)) - 0.01;
const S_STEPS = 32;
const S_CELLS = Math.ceil((Math.sqrt(-2 * Math.log(SMALLEST)) - S_LOW) * S_STEPS) + 1;
const TAIL_QUANTILE = hermiteTable(S_CELLS, (k) => {
  const s = S_LOW + k / S_STEPS;
  const p = Math.exp(-0.5 * s * s);
  const z = tailQuantileExact(p);
  return [z, (s * p) / (normalDensity(z) * S_STEPS)];
});

function tailQuantile(p: number): number {
  const s = Math.sqrt(-2 * Math.log(Math.max(p, SMALLEST)));
  return hermite(TAIL_QUANTILE, (s - S_LOW) * S_STEPS);
}

/** z with P(Z < z) = u; u outside (2^-60, 1 − 2^-53) is clipped, so the result is finite. */
export function normalQuantile(u: number): number {
  if (u < TAIL_SHARE) return -tailQuantile(u);
  if (u > 1 - TAIL_SHARE) return tailQuantile(1 - u);
  return hermite(CENTRE, u * CELLS);
}
