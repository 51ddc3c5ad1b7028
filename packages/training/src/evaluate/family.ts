/** Distributions that the network is judged on. None of them may occur in the prior. */
import type { Random } from "../prior/random.js";

/** Two columns of a sample. */
export interface Sample {
  x: Float64Array;
  y: Float64Array;
}

/** A named distribution of two variables with its exact mutual information. */
export interface Family {
  name: string;
  /** Mutual information, nats. */
  truth: number;
  sample(rng: Random, n: number): Sample;
  /** Exact log density ratio log p(x, y) − log p(x) − log p(y); absent where it is not needed. */
  logRatio?(x: number, y: number): number;
  /** Where a point is by the marginals: (F(x), F(y)); absent where it is not needed. */
  uniforms?(x: number, y: number): [u: number, v: number];
}

/** A sample whose points come one by one. */
export function pointwise(n: number, draw: () => readonly [number, number]): Sample {
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) [x[i], y[i]] = draw();
  return { x, y };
}

/** Mean exact log ratio over a sample: what an estimator that knew the density would say. */
export function noiseFloor(family: Family, { x, y }: Sample): number {
  if (family.logRatio === undefined) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += family.logRatio(x[i], y[i]);
  return sum / x.length;
}
