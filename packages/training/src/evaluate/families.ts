/** The paper's unseen families over their parameters, and strong dependence with a given truth. */
import { normalTail } from "../prior/normal.js";
import { correlatedNormal } from "./copulas.js";
import { type Family, pointwise } from "./family.js";
import { digamma } from "./special.js";

/** Y = X + U(−ε, ε), X uniform on (0, 1): ε − ln 2ε for ε ≤ ½, else 1/(4ε). */
export function additiveUniform(epsilon: number): Family {
  return {
    name: `additive uniform, ε ${Number(epsilon.toPrecision(3))}`,
    truth: epsilon <= 0.5 ? epsilon - Math.log(2 * epsilon) : 1 / (4 * epsilon),
    sample: (rng, n) =>
      pointwise(n, () => {
        const x = rng.uniform();
        return [x, x + rng.between(-epsilon, epsilon)];
      }),
    // Given X, Y has the density 1/(2ε); its own is the share of (0, 1) within ε, over 2ε.
    logRatio: (_, y) => -Math.log(Math.min(1, y + epsilon) - Math.max(0, y - epsilon)),
    uniforms: (x, y) => [x, (area(y + epsilon) - area(y - epsilon)) / (2 * epsilon)],
  };
}

/** The integral of the distribution function of the uniform distribution on (0, 1). */
function area(end: number): number {
  return end <= 0 ? 0 : end >= 1 ? end - 0.5 : (end * end) / 2;
}

/** X ~ Gamma(α, 1), Y | X exponential with rate X: ψ(α + 1) − ln α. */
export function gammaExponential(alpha: number): Family {
  return {
    name: `gamma–exponential, α ${alpha}`,
    truth: digamma(alpha + 1) - Math.log(alpha),
    sample: (rng, n) =>
      pointwise(n, () => {
        const x = rng.gamma(alpha);
        return [x, -Math.log(rng.uniform()) / x];
      }),
    logRatio: (x, y) => Math.log(x) - x * y - Math.log(alpha) + (alpha + 1) * Math.log1p(y),
  };
}

/** The normal distribution whose mutual information is given. */
export function normalOf(information: number): Family {
  return correlatedNormal(`normal, MI ${information}`, Math.sqrt(-Math.expm1(-2 * information)));
}

/** The additive-uniform distribution ("smoothed uniform") whose mutual information, at least ½, is given. */
export function smoothedUniformOf(information: number): Family {
  const epsilon = bisect((e) => e - Math.log(2 * e) - information, 1e-9, 0.5);
  return { ...additiveUniform(epsilon), name: `smoothed uniform, MI ${information}`, truth: information };
}

/** Cells of the checkerboard along an axis. */
const SQUARES = 4;

/** Uniform on every other cell of a checkerboard of 4 × 4: ln 2. */
export function checkerboard(): Family {
  return {
    name: `checkerboard, ${SQUARES} × ${SQUARES}`,
    truth: Math.LN2,
    sample: (rng, n) =>
      pointwise(n, () => {
        const column = rng.integer(0, SQUARES - 1);
        const row = 2 * rng.integer(0, SQUARES / 2 - 1) + (column % 2);
        return [(column + rng.uniform()) / SQUARES, (row + rng.uniform()) / SQUARES];
      }),
    logRatio: () => Math.LN2,
    uniforms: (x, y) => [x, y],
  };
}

const TEETH = 3;

/**
 * A zigzag with normal noise whose mutual information is given: X uniform, Y a triangle wave of X (uniform
 * too) plus σZ. I = h(Y) − h(σZ), and Y's density is a difference of two normal distribution functions.
 */
export function zigzagOf(information: number): Family {
  const sigma = bisect((s) => zigzagInformation(s) - information, 1e-7, 3);
  return {
    name: `zigzag, MI ${information}`,
    truth: information,
    sample: (rng, n) =>
      pointwise(n, () => {
        const x = rng.uniform();
        const phase = (TEETH * x) % 1;
        return [x, 1 - Math.abs(2 * phase - 1) + sigma * rng.normal()];
      }),
  };
}

function zigzagInformation(sigma: number): number {
  // Half of Y's symmetric density, from its middle outwards; steps small against σ at the edge.
  const end = 1 + 9 * sigma;
  const steps = 20_000;
  const edge = Math.max(0.5, 1 - 9 * sigma);
  const entropyBetween = (from: number, to: number): number => {
    let sum = 0;
    const width = (to - from) / steps;
    for (let k = 0; k < steps; k++) {
      const y = from + (k + 0.5) * width;
      const density = normalTail((y - 1) / sigma) - normalTail(y / sigma);
      if (density > 0) sum -= density * Math.log(density) * width;
    }
    return sum;
  };
  const entropy = 2 * (entropyBetween(0.5, edge) + entropyBetween(edge, end));
  return entropy - 0.5 * Math.log(2 * Math.PI * Math.E) - Math.log(sigma);
}

/** The zero of a function that is positive at `low` and falls. */
export function bisect(f: (x: number) => number, low: number, high: number): number {
  let [a, b] = [Math.log(low), Math.log(high)];
  for (let k = 0; k < 60; k++) {
    const middle = (a + b) / 2;
    if (f(Math.exp(middle)) > 0) a = middle;
    else b = middle;
  }
  return Math.exp((a + b) / 2);
}
