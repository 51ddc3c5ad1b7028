/** What is scored: anything that gives an estimate, and perhaps an interval and a p-value, for many samples. */
import type { Sample } from "./family.js";

/** One estimate, nats. */
export interface Scored {
  mi: number;
  interval?: readonly [number, number];
  pValue?: number;
}

/** An estimated log copula density at a point of the open unit square, nats. */
export type LogDensity = (u: number, v: number) => number;

/** Estimates samples in order. */
export interface Estimator {
  (samples: readonly Sample[]): Promise<Scored[]>;
  /** Their copula densities; absent where there are none. */
  readonly densities?: (samples: readonly Sample[]) => Promise<LogDensity[]>;
}
