/** What is scored: anything that gives an estimate, and perhaps an interval and a p-value, for many samples. */
import type { Sample } from "./family.js";

/** One estimate, nats. */
export interface Scored {
  mi: number;
  interval?: readonly [number, number];
  pValue?: number;
}

/** Estimates samples in order. */
export type Estimator = (samples: readonly Sample[]) => Promise<Scored[]>;
