/** The normal law. */

/**
 * Φ⁻¹(p), 0 < p < 1, to about 1e-15 of its size: Wichura's AS 241 (Applied Statistics 37, 1988), PPND16.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE, r)) / polynomial(CENTRE_BELOW, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const tail =
    r <= 5
      ? polynomial(TAIL, r - 1.6) / polynomial(TAIL_BELOW, r - 1.6)
      : polynomial(FAR, r - 5) / polynomial(FAR_BELOW, r - 5);
  return q < 0 ? -tail : tail;
}

/** Horner's scheme of degree 7; the coefficient of the highest power comes first. */
function polynomial(c: readonly number[], r: number): number {
  return ((((((c[0] * r + c[1]) * r + c[2]) * r + c[3]) * r + c[4]) * r + c[5]) * r + c[6]) * r + c[7];
}

const CENTRE = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const CENTRE_BELOW = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const TAIL = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.647848324763205,
  5.769497221460691, 4.630337846156546, 1.4234371107496837,
];
const TAIL_BELOW = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
];
const FAR = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501104,
];
const FAR_BELOW = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];

const LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln φ(z). */
export function logNormalDensity(z: number): number {
  return -0.5 * z * z - LOG_ROOT_TWO_PI;
}

/** P(Z > z) for z ≥ 0, to the last digits: a power series near zero, a continued fraction beyond. */
function upperTail(z: number): number {
  const density = Math.exp(logNormalDensity(z));
  if (z >= 2.5) {
    let fraction = z;
    for (let k = 120; k >= 1; k--) fraction = z + k / fraction;
    return density / fraction;
  }
  let [term, sum] = [z, z];
  for (let k = 1; term > 1e-18 * sum; k++) {
    term *= (z * z) / (2 * k + 1);
    sum += term;
  }
  return 0.5 - density * sum;
}

const FARTHEST = 8;
const STEPS = 64;
let table: Float64Array | undefined;

/** Φ and its slope a step, from −8 to 8. */
function distributionTable(): Float64Array {
  return Float64Array.from({ length: 2 * (2 * FARTHEST * STEPS + 2) }, (_, k) => {
    const z = (k >> 1) / STEPS - FARTHEST;
    if (k % 2 === 1) return Math.exp(logNormalDensity(z)) / STEPS;
    return z < 0 ? upperTail(-z) : 1 - upperTail(z);
  });
}

/** Φ(z), to 3 · 10⁻¹⁰: a table with slopes (Hermite). */
export function normalDistribution(z: number): number {
  if (!(z > -FARTHEST)) return 0;
  if (z >= FARTHEST) return 1;
  // Made when it is first asked for: most programs never do.
  table ??= distributionTable();
  const position = (z + FARTHEST) * STEPS;
  const cell = Math.floor(position);
  const f = position - cell;
  const at = 2 * cell;
  const value = table[at];
  const slope = table[at + 1];
  const rise = table[at + 2] - value;
  const next = table[at + 3];
  return value + f * (slope + f * (3 * rise - 2 * slope - next + f * (slope + next - 2 * rise)));
}
