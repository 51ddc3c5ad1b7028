/**
 * Derivatives of an estimate along a parameter of the law: the sample moves with the parameter, and the derivatives by its
 * values are summed along that. What they should be is the derivative of the mutual information by the parameter.
 */
import { normalTail } from "../prior/normal.js";
import { Random } from "../prior/random.js";
import type { Estimator } from "./estimator.js";
import { mean } from "./score.js";

/** Y = f(X, G; parameter), X and G independent and standard normal. */
export interface MovingLaw {
  name: string;
  /** Derivative of the mutual information by the parameter, nats. */
  truth: number;
  y(x: number, g: number): number;
  /** Derivative of y by the parameter, X and G held. */
  moved(x: number, g: number): number;
}

/** The bivariate normal law by its correlation. */
export function movingNormal(correlation: number): MovingLaw {
  const rest = Math.sqrt(1 - correlation ** 2);
  return {
    name: `normal, by ρ at ${correlation}`,
    truth: correlation / (1 - correlation ** 2),
    y: (x, g) => correlation * x + rest * g,
    moved: (x, g) => x - (correlation / rest) * g,
  };
}

/** Y = X² + sG by s. */
export function movingParabola(s: number): MovingLaw {
  const step = 1e-3 * s;
  return {
    name: `X² + sG, by s at ${s}`,
    truth: (parabolaInformation(s + step) - parabolaInformation(s - step)) / (2 * step),
    y: (x, g) => x * x + s * g,
    moved: (_, g) => g,
  };
}

/** Steps of the quadratures. */
const STEPS = 2000;

/** I(X; X² + sG) = h(X² + sG) − h(sG), by quadrature. */
export function parabolaInformation(s: number): number {
  // In X the density of X² + sG is smooth: y is a normal quantity given x, and x runs over the half line.
  const width = 9 / STEPS;
  const nodes = Float64Array.from({ length: STEPS }, (_, k) => (k + 0.5) * width);
  const masses = nodes.map((x) => normalTail(x - width / 2) - normalTail(x + width / 2));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  const density = (y: number): number => {
    let sum = 0;
    // Only x near the root of y adds to it.
    const from = Math.floor(Math.sqrt(Math.max(0, y - 9 * s)) / width);
    const to = Math.min(STEPS, Math.ceil(Math.sqrt(Math.max(0, y + 9 * s)) / width) + 1);
    for (let k = from; k < to; k++) sum += masses[k] * Math.exp(-0.5 * ((y - nodes[k] ** 2) / s) ** 2);
    return sum / (total * s * Math.sqrt(2 * Math.PI));
  };
  // y = a sinh-like path: fine near 0, where the density is steep, and wide in the tail.
  const end = Math.asinh((81 + 9 * s) / s);
  const start = -Math.asinh(9);
  let entropy = 0;
  const stride = (end - start) / STEPS;
  for (let k = 0; k < STEPS; k++) {
    const t = start + (k + 0.5) * stride;
    const p = density(s * Math.sinh(t));
    if (p > 0) entropy -= p * Math.log(p) * s * Math.cosh(t) * stride;
  }
  return entropy - 0.5 * Math.log(2 * Math.PI * Math.E) - Math.log(s);
}

/** How the derivatives were along one law, in units of the truth. */
export interface DerivativeScore {
  name: string;
  n: number;
  draws: number;
  truth: number;
  /** Mean over the samples: 1 if there is no bias. */
  mean: number;
  /** Standard deviation over the samples. */
  scatter: number;
}

/** Scores derivatives. Draw k of law l depends on the seed, l and k alone. */
export async function scoreDerivatives(
  laws: readonly MovingLaw[],
  gradients: NonNullable<Estimator["gradients"]>,
  { n, draws, seed }: { n: number; draws: number; seed: number },
): Promise<DerivativeScore[]> {
  const scores: DerivativeScore[] = [];
  for (const [l, { name, truth, y, moved }] of laws.entries()) {
    const pairs = Array.from({ length: draws }, (_, k) => {
      const rng = new Random(seed, l * 100_003 + k);
      return {
        x: Float64Array.from({ length: n }, () => rng.normal()),
        g: Float64Array.from({ length: n }, () => rng.normal()),
      };
    });
    const derivatives = await gradients(
      pairs.map(({ x, g }) => ({ x, y: x.map((value, i) => y(value, g[i])) })),
    );
    const ratios = pairs.map(({ x, g }, k) => {
      const { dy } = derivatives[k];
      return x.reduce((sum, value, i) => sum + dy[i] * moved(value, g[i]), 0) / truth;
    });
    const centre = mean(ratios);
    const scatter = Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio - centre) ** 2, 0) / (draws - 1));
    scores.push({ name, n, draws, truth, mean: centre, scatter });
  }
  return scores;
}
