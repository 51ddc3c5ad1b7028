/** Options and results of the gradient calls. */

import type { AbortedError } from "../errors.js";
import type { EstimateOptions, Failure, NoFailure, Progress, Warning } from "../types.js";

/** Options of `gradient`. */
export interface GradientOptions extends EstimateOptions {
  /**
   * Seed of the jitter, and of the pairs of rows that are drawn for one of the features of the estimate; through the critic, without
   * jitter, every seed gives the same. Default 0.
   */
  seed?: number | undefined;
  /**
   * What the derivatives are of. `"critic"`: of the mean log density ratio of the rows, with the ratio that the network
   * sees in them held fixed, which is where the derivative of I(X;Y) comes from (Donsker & Varadhan; it is how MINE
   * trains), and its slopes brought to their size in the rows by Stein's identity; `mi` is that of `estimate`, of as many rows as the
   * model takes at once, but for values that many rows repeat. `"estimate"`: of `mi` itself, the estimate for smoothed ranks. Default `"critic"`.
   */
  through?: "estimate" | "critic" | undefined;
  /**
   * Ranks over which the estimate is smoothed, above 0; with `through: "estimate"` alone. Small values follow the hard
   * ranks, with a gradient that is mostly noise; large ones give a calm gradient of a value that is a little off where
   * dependence is strong. Default ∛n.
   */
  regularization?: number | undefined;
  /**
   * Standard deviation of normal noise that is added to the columns before all else, in units of their own; another one for every
   * seed. Values are then told apart no finer than that: where values themselves are trained, take about 0.1 and another seed at every
   * step. Default 0.
   */
  jitter?: number | undefined;
}

/** Options of a call that differentiates many pairs. */
export interface ManyGradientOptions extends GradientOptions {
  /** Aborting rejects the call with an {@link AbortedError}, which carries what was finished. */
  signal?: AbortSignal | undefined;
  /** Called after every finished batch. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Mutual information and its derivatives. */
export interface Gradient {
  /**
   * Median estimate of the mutual information, ≥ 0: that of `estimate`, through the estimate up to the smoothing. Numbers that repeat one value in
   * many rows, such as zeros, are not divided at it, as `estimate` divides them.
   */
  mi: number;
  /**
   * Mean log density of the rows, of which `dx` and `dy` are the derivatives: a lower bound of the information, but for what the density
   * knows of these very rows. Where `mi` is far above it there is a warning. Undefined through the estimate.
   */
  lowerBound: number | undefined;
  /** Derivative by every value of x, see `through`; 0 for rows that were not used, and for categories. */
  dx: Float64Array;
  /** Derivative by every value of y. */
  dy: Float64Array;
  /** Complete pairs. */
  n: number;
  warnings: Warning[];
}

/** One result of `gradientMany`: a gradient, or the reason why there is none. */
export type GradientResult = (Gradient & NoFailure) | Failure;

/** Options of `slicedGradient`. Columns are projected as they are: it is the gradient of `sliced` without `standardize`. */
export interface SlicedGradientOptions extends ManyGradientOptions {
  /** Seed of the directions, and of what `gradient` draws for every slice. Default 0. */
  seed?: number | undefined;
  /** Slices: random pairs of directions, uniform on the two spheres. Default 64. */
  slices?: number | undefined;
}

/** Sliced mutual information and its derivatives. */
export interface SlicedGradient {
  /** Mean of the estimates over the slices. It is not I(X; Y): at most that, and usually much less. */
  mi: number;
  /** Mean of the lower bounds of the slices; undefined through the estimate. */
  lowerBound: number | undefined;
  /** Standard error of the mean with regard to the directions; NaN for a single slice, 0 for two single columns. */
  standardError: number;
  /** Slices used; 1 for two single columns, of which all slices are the same. */
  slices: number;
  /** Derivatives by the values of X, row-major like them. */
  dx: Float64Array;
  /** Derivatives by the values of Y. */
  dy: Float64Array;
  /** Complete rows. */
  n: number;
}

/** Options of `jointGradient`. */
export interface JointGradientOptions extends EstimateOptions {
  /** Seed of the search for canonical pairs, which changes nothing but last digits. Default 0. */
  seed?: number | undefined;
  /**
   * Canonical pairs, 0 to 16, that the critic is asked about: what they share beyond normal variables. Those of the largest correlations
   * come first. With 0 it is what normal scores share and nothing else, in a fraction of the time. Default 16.
   */
  pairs?: number | undefined;
}

/** Options of `conditionalGradient`. */
export interface ConditionalGradientOptions extends Omit<JointGradientOptions, "pairs"> {}

/** Information of several columns, or given others, and its derivatives. */
export interface JointGradient {
  /** What canonical pairs share: of normal variables all that there is, else a part of it; ≥ 0. */
  mi: number;
  /** Derivatives by the values of X, row-major like them; 0 for rows that were not used. */
  dx: Float64Array;
  /** Derivatives by the values of Y. */
  dy: Float64Array;
  /** Complete rows. */
  n: number;
  warnings: Warning[];
}
