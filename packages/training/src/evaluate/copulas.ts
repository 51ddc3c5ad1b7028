/** Nine parametric copulas, the test bench of vine-copula estimators (arXiv 2604.20568). */

import { normalTail } from "../prior/normal.js";
import type { Random } from "../prior/random.js";
import { type Family, pointwise } from "./family.js";
import { digamma, logGamma } from "./special.js";

/** A copula by its density and its conditional distribution function. */
interface Copula {
  logDensity(u: number, v: number): number;
  /** P(V ≤ v | U = u), as a function of v. */
  conditional(u: number): (v: number) => number;
}

const BISECTIONS = 52;
const TRUTH_POINTS = 1 << 15;

function conditionalQuantile(copula: Copula, u: number, w: number): number {
  const below = copula.conditional(u);
  let low = 0;
  let high = 1;
  for (let k = 0; k < BISECTIONS; k++) {
    const middle = (low + high) / 2;
    if (below(middle) < w) low = middle;
    else high = middle;
  }
  return Math.min(Math.max((low + high) / 2, 1e-15), 1 - 1e-15);
}

/** Mean of the log density over evenly spread points (u, w) of the square, v the w-quantile given u. */
function informationOf(copula: Copula): number {
  let sum = 0;
  for (let i = 0; i < TRUTH_POINTS; i++) {
    const u = (0.5 + (i + 1) * 0.7548776662466927) % 1;
    const w = (0.5 + (i + 1) * 0.5698402909980532) % 1;
    sum += copula.logDensity(u, conditionalQuantile(copula, u, w));
  }
  return sum / TRUTH_POINTS;
}

/** A copula with its information. */
interface Law {
  copula: Copula;
  truth: number;
}

const lawOf = (copula: Copula): Law => ({ copula, truth: informationOf(copula) });

function family(name: string, { copula, truth }: Law, rotated = false): Family {
  return {
    name,
    truth,
    sample: (rng, n) =>
      pointwise(n, () => {
        const u = rng.uniform();
        const v = conditionalQuantile(copula, u, rng.uniform());
        return [rotated ? 1 - u : u, v];
      }),
    logRatio: (x, y) => copula.logDensity(rotated ? 1 - x : x, y),
    uniforms: (x, y) => [x, y],
  };
}

const clayton = (theta: number): Copula => ({
  logDensity: (u, v) =>
    Math.log1p(theta) -
    (1 + theta) * (Math.log(u) + Math.log(v)) -
    (2 + 1 / theta) * Math.log(u ** -theta + v ** -theta - 1),
  conditional: (u) => {
    const [own, slope] = [u ** -theta, u ** (-theta - 1)];
    return (v) => (v <= 0 ? 0 : slope * (own + v ** -theta - 1) ** (-1 / theta - 1));
  },
});

const gumbel = (theta: number): Copula => ({
  logDensity: (u, v) => {
    const [a, b] = [-Math.log(u), -Math.log(v)];
    const s = (a ** theta + b ** theta) ** (1 / theta);
    const powers = (theta - 1) * (Math.log(a) + Math.log(b)) + (1 - 2 * theta) * Math.log(s);
    return -s + a + b + powers + Math.log(s + theta - 1);
  },
  conditional: (u) => {
    const a = -Math.log(u);
    const own = a ** theta;
    return (v) => {
      if (v <= 0) return 0;
      const s = (own + (-Math.log(v)) ** theta) ** (1 / theta);
      return Math.exp(-s + a) * (a / s) ** (theta - 1);
    };
  },
});

const joe = (theta: number): Copula => ({
  logDensity: (u, v) => {
    const [a, b] = [(1 - u) ** theta, (1 - v) ** theta];
    const s = a + b - a * b;
    return (
      (1 / theta - 2) * Math.log(s) +
      (theta - 1) * (Math.log1p(-u) + Math.log1p(-v)) +
      Math.log(theta - 1 + s)
    );
  },
  conditional: (u) => {
    const [a, slope] = [(1 - u) ** theta, (1 - u) ** (theta - 1)];
    return (v) => {
      const b = (1 - v) ** theta;
      return (a + b - a * b) ** (1 / theta - 1) * slope * (1 - b);
    };
  },
});

const frank = (theta: number): Copula => ({
  logDensity: (u, v) => {
    const e = -Math.expm1(-theta);
    const bottom = e - Math.expm1(-theta * u) * Math.expm1(-theta * v);
    return Math.log(theta * e) - theta * (u + v) - 2 * Math.log(bottom);
  },
  conditional: (u) => {
    const [a, slope, whole] = [Math.expm1(-theta * u), Math.exp(-theta * u), Math.expm1(-theta)];
    return (v) => {
      const b = Math.expm1(-theta * v);
      return (slope * b) / (whole + a * b);
    };
  },
});

/** Bivariate normal with a given correlation. */
export function correlatedNormal(name: string, correlation: number): Family {
  const rest = Math.sqrt(1 - correlation ** 2);
  const truth = -Math.log(rest);
  return {
    name,
    truth,
    sample: (rng, n) =>
      pointwise(n, () => {
        const x = rng.normal();
        return [x, correlation * x + rest * rng.normal()];
      }),
    logRatio: (x, y) =>
      truth - ((correlation * (x * x + y * y) - 2 * x * y) * correlation) / (2 * rest * rest),
    uniforms: (x, y) => [normalTail(-x), normalTail(-y)],
  };
}

/** Bivariate Student-t with a given correlation of its dispersion. */
export function student(name: string, correlation: number, freedom: number): Family {
  const rest = Math.sqrt(1 - correlation ** 2);
  const constant =
    logGamma(freedom / 2 + 1) + logGamma(freedom / 2) - 2 * logGamma((freedom + 1) / 2) - Math.log(rest);
  const single = (z: number): number => ((freedom + 1) / 2) * Math.log1p((z * z) / freedom);
  const logRatio = (x: number, y: number): number => {
    const square = (x * x - 2 * correlation * x * y + y * y) / (rest * rest);
    return constant - (freedom / 2 + 1) * Math.log1p(square / freedom) + single(x) + single(y);
  };
  const draw = (rng: Random): readonly [number, number] => {
    const scale = Math.sqrt(freedom / (2 * rng.gamma(freedom / 2)));
    const x = rng.normal();
    return [scale * x, scale * (correlation * x + rest * rng.normal())];
  };
  return {
    name,
    // 2H(1) − H(2) of the standard Student distributions, and the correlation's share.
    truth: 2 * studentEntropy(1, freedom) - studentEntropy(2, freedom) - Math.log(rest),
    sample: (rng, n) => pointwise(n, () => draw(rng)),
    logRatio,
  };
}

/** Differential entropy of the k-dimensional standard Student distribution, nats. */
export function studentEntropy(k: number, freedom: number): number {
  const half = (freedom + k) / 2;
  return (
    logGamma(freedom / 2) -
    logGamma(half) +
    (k / 2) * Math.log(freedom * Math.PI) +
    half * (digamma(half) - digamma(freedom / 2))
  );
}

const independence: Family = {
  name: "independence",
  truth: 0,
  sample: (rng, n) => pointwise(n, () => [rng.uniform(), rng.uniform()]),
  logRatio: () => 0,
  uniforms: (x, y) => [x, y],
};

let laws: Readonly<Record<"clayton" | "gumbel" | "joe" | "frank", Law>> | undefined;

/** The nine copulas. */
export function nineCopulas(): Family[] {
  // Their information is an integral, which takes seconds: once a process.
  laws ??= {
    clayton: lawOf(clayton(3)),
    gumbel: lawOf(gumbel(2.5)),
    joe: lawOf(joe(3)),
    frank: lawOf(frank(5)),
  };
  return [
    independence,
    correlatedNormal("Gaussian 0.7", 0.7),
    correlatedNormal("Gaussian −0.7", -0.7),
    student("Student 0.7, ν 5", 0.7, 5),
    family("Clayton 3", laws.clayton),
    family("Clayton 3, rotated", laws.clayton, true),
    family("Gumbel 2.5", laws.gumbel),
    family("Joe 3", laws.joe),
    family("Frank 5", laws.frank),
  ];
}
