/** Copula densities in closed form, as the network gives them. */

import { COMPONENT_NUMBERS, MIXTURE_NUMBERS } from "../density/index.js";
import { normalQuantile } from "../numerics/normal.js";

/** The density of the normal copula: one component, all others without weight. */
export function normalMixture(rho: number): Float32Array {
  const numbers = new Float32Array(MIXTURE_NUMBERS);
  for (let at = 0; at < MIXTURE_NUMBERS; at += COMPONENT_NUMBERS) numbers[at] = -100;
  numbers.set([0, 0, 0, rho, 0, 0.5 * Math.log1p(-rho * rho)]);
  return numbers;
}

/** ln c(u, v) of the normal copula. */
export function normalLogDensity(rho: number, u: number, v: number): number {
  const [x, y] = [normalQuantile(u), normalQuantile(v)];
  const rest = 1 - rho * rho;
  return -0.5 * Math.log(rest) - (rho * rho * (x * x + y * y) - 2 * rho * x * y) / (2 * rest);
}
