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

/** Derivatives of an estimate by the values of a sample, nats. */
export interface Derivatives {
  dx: ArrayLike<number>;
  dy: ArrayLike<number>;
}

/** A sample of levels beside a number. */
export interface LevelSample {
  /** Number of the level of every row; each level has one at least. */
  codes: Uint32Array;
  /** Levels in all. */
  levels: number;
  y: Float64Array;
}

/** Estimates samples in order. */
export interface Estimator {
  (samples: readonly Sample[]): Promise<Scored[]>;
  /** Their copula densities; absent where there are none. */
  readonly densities?: (samples: readonly Sample[]) => Promise<LogDensity[]>;
  /** Derivatives of the estimates through the densities; absent where there are none. */
  readonly gradients?: (samples: readonly Sample[]) => Promise<Derivatives[]>;
  /** Estimates of samples with levels, nats; absent where it takes none. */
  readonly levels?: (samples: readonly LevelSample[]) => Promise<number[]>;
}
