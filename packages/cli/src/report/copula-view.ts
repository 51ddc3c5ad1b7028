import type { Estimate as Numbers } from "infonet";

/** The joint density of the ranks of a pair: u rises with x and v with y, both within (0, 1). */
export interface CopulaView {
  /** ln c(u, v) in nats. */
  logDensity(u: number, v: number): number;
  /** `v` is P(V ≤ v | U = u), and `u` is P(U ≤ u | V = v). */
  conditional(u: number, v: number): { v: number; u: number };
  /** The v with P(V ≤ v | U = u) = p. */
  quantile(p: number, u: number): number;
  sample(n: number, seed?: number): { u: Float64Array; v: Float64Array };
}

/** The library's estimate, with the density that the pictures are drawn from. */
export type Estimate = Numbers & { copula: CopulaView };
