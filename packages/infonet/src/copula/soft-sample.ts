/** What the smooth features have in common: a sample by its soft ranks, and the way back from features to ranks. */

/** Features are float32 for the network; doubles serve where they are differentiated numerically. */
export type FloatArray = Float32Array | Float64Array;

/** A sample by its soft ranks, in canonical orientation. */
export interface SoftSample {
  /** Soft ranks within 1 … n, length n. */
  u: Float64Array;
  v: Float64Array;
  /** Rows in ascending order of u, and of v. */
  byU: Uint32Array;
  byV: Uint32Array;
  /** Ranks over which features are smoothed beyond what makes them differentiable. */
  smoothing: number;
  /** Place of each row in a random order of them, 0 … n − 1: where pairs are too many, a subsample has the first. */
  randomOrder: Uint32Array;
}

/** Derivatives by the soft ranks. */
export interface RankGradient {
  u: Float64Array;
  v: Float64Array;
}

/** Adds to the derivatives by the soft ranks, given those by the features at `offset`. */
export type Pullback = (cotangent: FloatArray, offset: number, gradient: RankGradient) => void;
