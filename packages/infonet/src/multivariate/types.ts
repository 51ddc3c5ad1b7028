/** The public types of the calls over variables of several columns. */

import type { BasisName } from "../prediction/basis.js";
import type { Column, ManyOptions, SideKind, Warning } from "../types.js";

export type { BasisName } from "../prediction/basis.js";

/** Options of `joint`. */
export interface JointOptions extends ManyOptions {
  /**
   * Seed of the random ranks given to tied values, of the folds of rows by which coordinates are found and compared, and of
   * the nonlinear functions that are tried. Default 0.
   */
  seed?: number | undefined;
  /**
   * Coordinates that the vine is built in. `"given"`: the columns; `"whitened"`: principal components of their normal
   * scores; `"canonical"`: canonical variates of the normal scores; `"nonlinear"`: canonical variates among nonlinear
   * functions; `"neighbours"`: what the nearest rows in the columns of a side tell of the other side, for up to four columns a side.
   * Default `"auto"`: the one of all but whitened whose value on held-out rows is largest; given, if that one says less than the
   * strongest pair of columns alone.
   */
  basis?: BasisName | "auto" | undefined;
  /**
   * `"series"`: rows follow each other in time, and p-value and interval allow for it: pairs of columns are tested, so what only several columns tell
   * together has no p-value; the lower bound and the contributions are those of independent rows. Default
   * `"independent"`.
   */
  rows?: "independent" | "series" | undefined;
  /** Rows of one cluster are a series of their own; rows without one are left out. Only with `rows: "series"`. */
  cluster?: Column | undefined;
}

/** One pair of coordinates of a vine. */
export interface Contribution {
  /** Labels of the coordinates, see {@link JointInformation.order}. */
  x: string;
  y: string;
  /** I(x; y | all coordinates between them in the order). 0 where `independent`. */
  mi: number;
  /** 90 % interval of the pair's own estimate. */
  interval: [number, number];
  /** Probability of an estimate at least this large if the pair were independent. */
  pValue: number | undefined;
  /** Whether the pair lies inside the null and counts as independent. */
  independent: boolean;
}

/** What several columns tell together beyond what each tells by itself. */
export interface Interaction {
  /** The variable of several columns. */
  of: "x" | "y";
  /** What each of its columns tells of the other variable by itself. */
  each: number[];
  /**
   * The estimate of all together less their sum: positive where they tell more together (synergy, as in an exclusive or), negative where
   * they tell the same (redundancy, as copies do). Of two columns it is their interaction information with the other variable.
   */
  mi: number;
  /** 90 % interval; its upper end is infinite where that of the joint estimate is. */
  interval: [number, number];
}

/** Mutual information of two variables of several columns. */
export interface JointInformation {
  /** Estimate, ≥ 0. */
  mi: number;
  /**
   * 90 % interval from the errors of the pairs, taken for independent. It reaches 0 where `pValue` is above 0.05. Where functions of several
   * columns had to be looked for ("nonlinear", "neighbours"), what they cannot express is missing: then the upper end is `Infinity` (null in JSON), and a
   * warning says so.
   */
  interval: [number, number];
  /**
   * Mean log density ratio of the vine at rows it was not fitted to: in expectation never above the mutual
   * information, and never above the estimate. With levels, the low end of the interval.
   */
  lowerBound: number;
  /**
   * Coordinates that the vine was built in; `"table"` where all columns are levels, which are counted, `"chain"` where some are: then
   * the levels come first, and numbers within them.
   */
  basis: BasisName | "table" | "chain";
  /**
   * Probability of evidence as strong if X and Y were independent: of pairs of columns, of permutations of the rows, and of what the vine is
   * worth on rows that it was not fitted to. Undefined without a null table.
   */
  pValue: number | undefined;
  /** Synergy or redundancy of the columns of one variable about the other one, where that is a single column. */
  interaction: Interaction | undefined;
  /**
   * Coordinates of X and of Y from the innermost outwards: `x3` is the column at position 3, `f1` the first canonical variate
   * of X and `g1` of Y, `x3 | f` what the variates leave of a column, `p1` and `q1` principal components. With levels, the columns of
   * levels, then those of numbers.
   */
  order: { x: string[]; y: string[] };
  /** Every pair of a coordinate of X with one of Y, largest first; with levels, the parts of the chain rule. */
  contributions: Contribution[];
  /**
   * The bases that were compared, with their values on held-out rows (of those that were clearly beaten there, on the first
   * fold alone). Empty where there was no choice.
   */
  candidates: { basis: BasisName; lowerBound: number }[];
  /** What every column is taken for. */
  kinds: { x: SideKind[]; y: SideKind[] };
  /** Complete rows. */
  n: number;
  warnings: Warning[];
}

/** Options of `conditional`. */
export interface ConditionalOptions extends ManyOptions {
  /**
   * Seed of the random ranks given to tied values, of the folds of rows and the functions by which X and Y are predicted
   * from Z, and of the permutations. Default 0.
   */
  seed?: number | undefined;
  /**
   * Random orders among rows alike in Z that the p-value is counted from, fewer where it is large already; where none of them shows as much, the tail
   * of their evidence goes on beyond the last. 0 takes the p-value from the null table as if X and Y were freed of Z exactly. Default 199.
   */
  permutations?: number | undefined;
  /**
   * `"series"`: rows follow each other in time, and p-value and interval allow for it; permutations are not needed then. Default
   * `"independent"`.
   */
  rows?: "independent" | "series" | undefined;
  /** Rows of one cluster are a series of their own; rows without one are left out. Only with `rows: "series"`. */
  cluster?: Column | undefined;
}

/** Conditional mutual information I(X; Y | Z). */
export interface ConditionalInformation {
  /** Estimate, ≥ 0. */
  mi: number;
  /**
   * 90 % interval. It reaches 0 where `pValue` is above 0.05. Where the dependence changes along Z, what finer strata of Z told beyond
   * coarser ones widens it upwards.
   */
  interval: [number, number];
  /**
   * Probability of evidence as strong if X and Y were independent given Z: of what is left of X and of Y when each is freed
   * of Z by itself, in all rows together and in strata of Z; with levels, of tests within the strata that they make.
   */
  pValue: number | undefined;
  /**
   * Coordinates of Z along the vine from X to Y: `z2` is the column at position 2, `to x` and `to y` what Z tells of X and of Y. With
   * levels, the columns of levels, then those of numbers.
   */
  order: string[];
  /** What every column is taken for. */
  kinds: { x: SideKind; y: SideKind; z: SideKind[] };
  /** Complete rows. */
  n: number;
  warnings: Warning[];
}

/** Options of `sliced`. */
export interface SlicedOptions extends ManyOptions {
  /** Seed of the directions, and of the random ranks given to tied values. Default 0. */
  seed?: number | undefined;
  /** Standard error (in the unit of the result) at which it stops. Default 0.005 nats. */
  tolerance?: number | undefined;
  /** Slices at most: random pairs of directions, uniform on the two spheres. Default 1024. */
  slices?: number | undefined;
  /** Slices at least, before the standard error is trusted; never more than `slices`. Default 32. */
  minSlices?: number | undefined;
  /** Dimensions of a slice of X and of Y. With 1 a slice is one pair; with k it is the vine of k random directions each. Default 1. */
  dimensions?: number | undefined;
  /**
   * Divides every column by its standard deviation first, so that units do not matter. Without, slices see next to nothing
   * but the columns of the largest scale; columns that share one unit keep what their scales say. Default true.
   */
  standardize?: boolean | undefined;
}

/** Sliced mutual information: an average over random projections, not I(X; Y). */
export interface SlicedInformation {
  /** Mean of the estimates over the slices: of I(aᵀX; bᵀY) over directions a and b, never I(X; Y). */
  mi: number;
  /** Standard error of that mean with regard to the directions: deviation of the slices over √slices. */
  standardError: number;
  /** Slices used. */
  slices: number;
  /** Whether the tolerance was reached. */
  converged: boolean;
  /** Complete rows. */
  n: number;
  warnings: Warning[];
}

/** Options of `maxSliced`. */
export interface MaxSlicedOptions extends ManyOptions {
  /**
   * Seed of the halves of the rows, of the directions that are tried, and of the random ranks given to tied values.
   * Default 0.
   */
  seed?: number | undefined;
  /** Pairs of random directions that the search begins with. Default 128. */
  starts?: number | undefined;
  /** Rounds of refinement around the best pair, one batch each. Default 24. */
  rounds?: number | undefined;
  /** Divides every column by its standard deviation first, as in `sliced`; `directions` are then those of the columns divided. Default true. */
  standardize?: boolean | undefined;
}

/** Max-sliced mutual information. */
export interface MaxSlicedInformation {
  /** Information of the best pair of projections, at rows that took no part in the search. */
  mi: number;
  /** 90 % interval of that pair. */
  interval: [number, number];
  /** The same at the rows it was found on: too large by the search. */
  found: number;
  /** Unit vectors; with `standardize` for columns that are divided by their standard deviations. */
  directions: { x: Float64Array; y: Float64Array };
  /** Complete rows. */
  n: number;
  warnings: Warning[];
}

/** Options of `independence`. There are no `units`: the result holds no information. */
export interface IndependenceOptions extends Omit<ManyOptions, "units"> {
  /** Seed of the permutations, and of the random ranks given to tied values. Default 0. */
  seed?: number | undefined;
  /** Random orders of the rows that the statistic is compared with. Default 199. */
  permutations?: number | undefined;
}

/** A test of independence of two variables of several columns. */
export interface IndependenceTest {
  /** Evidence against independence: the largest of several statistics, each in standard deviations of its permutations. */
  statistic: number;
  /** Exact p-value: (1 + permutations at least as extreme) / (1 + permutations). */
  pValue: number;
  permutations: number;
  /** Complete rows. */
  n: number;
  warnings: Warning[];
}
