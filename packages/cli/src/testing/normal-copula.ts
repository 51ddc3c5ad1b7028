import type { Copula } from "infonet";
import { uniform } from "../random.js";

/** The copula of two normal variables with a correlation, in closed form. */
export function normalCopula(r: number): Copula {
  const rest = Math.sqrt(1 - r * r);
  const below = (z: number, given: number) => normalCdf((z - r * given) / rest);
  const copula: Copula = {
    logDensity: (u, v) => normalLogDensity(r, score(u), score(v)),
    logDensities: (u, v) => Float64Array.from(u, (each, k) => copula.logDensity(each, v[k])),
    conditional: (u, v) => ({ v: below(score(v), score(u)), u: below(score(u), score(v)) }),
    quantile: (p, u) => normalCdf(r * score(u) + rest * score(p)),
    sample(n, seed = 0) {
      const random = uniform(seed);
      const u = Float64Array.from({ length: n }, () => random());
      return { u, v: u.map((each) => copula.quantile(random(), each)) };
    },
  };
  return copula;
}

/** Log density ratio of two normal variables with a correlation, in nats. */
export function normalLogDensity(r: number, a: number, b: number): number {
  return -0.5 * Math.log1p(-r * r) - (r * r * (a * a + b * b) - 2 * r * a * b) / (2 * (1 - r * r));
}

const known = new Map<number, number>();

/** {@link normalQuantile}, computed once a value: pictures ask for the same ones over and over. */
function score(p: number): number {
  const z = known.get(p) ?? normalQuantile(p);
  if (known.size < 100_000) known.set(p, z);
  return z;
}

/** Standard normal quantile by bisection within ±5: slow, and exact enough for a stand-in. */
export function normalQuantile(p: number): number {
  let low = -5;
  let high = 5;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Standard normal distribution function, 0 or 1 beyond ±6. */
export function normalCdf(z: number): number {
  if (Math.abs(z) > 6) return z < 0 ? 0 : 1;
  // Series of Φ around 0 (Abramowitz & Stegun 26.2.10), good to 1e-8 for |z| ≤ 6.
  let term = z;
  let sum = z;
  for (let k = 1; Math.abs(term) > 1e-13; k++) {
    term *= (-z * z) / (2 * k);
    sum += term / (2 * k + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}
