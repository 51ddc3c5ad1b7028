/** The public types of the calls over rows in time. */

import type { ErrorCode } from "../errors.js";
import type { Column, ManyOptions, MutualInformation, Units, Warning } from "../types.js";

/** Options of `lags`. */
export interface LagsOptions extends ManyOptions {
  /** Lags from −maxLag to maxLag, unless `from` and `to` say otherwise; at most a quarter of the rows of the longest series. Default 10. */
  maxLag?: number | undefined;
  /** First lag, in rows; below 0 where y leads. Default −maxLag. */
  from?: number | undefined;
  /** Last lag, in rows. Default maxLag. */
  to?: number | undefined;
  /** Rows of one cluster are a series of their own; rows without one are left out. */
  cluster?: Column | undefined;
}

/** Two series at one lag. */
export interface LagInformation {
  /** Rows by which x leads y: x of a row beside y of so many rows later. Below 0, y leads. */
  lag: number;
  /** Mutual information of x and the later y, ≥ 0. */
  mi: number;
  /** 90 % interval, by the effective size. It reaches 0 where `pValue` is above 0.05. */
  interval: [number, number];
  /** Probability of as much evidence at this lag if the series were independent of each other. */
  pValue: number;
  /** Probability of as much evidence at any of the lags: what to look at where the lag was not known before (Westfall & Young 1993). */
  familyPValue: number;
  /** Pairs of rows. */
  n: number;
}

/** Two series at several lags. */
export interface LagsInformation {
  /** Lags in ascending order. */
  lags: LagInformation[];
  /** The lag with the most evidence; undefined where `pValue` is above 0.05: then no lag stands out. */
  best: LagInformation | undefined;
  /** Probability of evidence as strong at any lag if the series were independent of each other. */
  pValue: number;
  /** As how many independent rows the rows count (Bartlett 1935). */
  effectiveSize: number;
  /** Complete rows. */
  n: number;
  warnings: Warning[];
}

/** Options of `lagMatrix`. */
export interface LagMatrixOptions extends ManyOptions {
  /** Lags from −maxLag to maxLag, see `lags`. Default 10. */
  maxLag?: number | undefined;
  /** Only the pairs that contain this column, or at least one of these; it is then x. Default: all pairs. */
  target?: string | readonly string[] | undefined;
  /** Groups of columns whose pairs with each other are left out, see `matrix`. Default: none. */
  related?: readonly (readonly string[])[] | undefined;
  /** Rows of one cluster are a series of their own; rows without one are left out. */
  cluster?: Column | undefined;
}

/** Two columns at the lag that has the most evidence, or why they have none. */
export type LagPair =
  | {
      x: string;
      y: string;
      /** Rows by which x leads y; below 0, y leads. */
      lag: number;
      /** Mutual information at this lag. */
      mi: number;
      /** 90 % interval. It reaches 0 where `lagPValue` is above 0.05. */
      interval: [number, number];
      /** Probability of as much evidence at any lag if the series were independent of each other (Westfall & Young 1993). */
      pValue: number;
      /** Probability of as much evidence at this lag. */
      lagPValue: number;
      /** Expected share of false ones among the pairs with at most this `pValue` (Benjamini & Hochberg 1995). */
      qValue: number | undefined;
      /** As how many independent rows the rows count. */
      effectiveSize: number;
      /** Pairs of rows. */
      n: number;
      warnings: Warning[];
      error?: undefined;
    }
  | { x: string; y: string; error: string; code: ErrorCode };

/** All pairs of a table, each at its best lag. */
export interface LagMatrix {
  maxLag: number;
  units: Units;
  seed: number;
  /** Strongest first. */
  pairs: LagPair[];
}

/** Options of `transfer`. */
export interface TransferOptions extends ManyOptions {
  /** Seed of the folds of rows, see `conditional`, and of the random signs that p-values are counted from. Default 0. */
  seed?: number | undefined;
  /** Rows from the source to the target. Default 1. */
  lag?: number | undefined;
  /**
   * Rows of the target's own past that are given. Default: as many as its autoregression has, at least 1 and at most 5; too few make a
   * source of everything that tells of the target's past.
   */
  history?: number | undefined;
  /** Other series that are given too, at the row of the source: what both may follow. Default: none. */
  given?: readonly Column[] | undefined;
  /** Rows of one cluster are a series of their own. */
  cluster?: Column | undefined;
}

/** Transfer entropy in one direction (Schreiber 2000). */
export interface TransferEntropy {
  /** I(target; source `lag` rows before | the target's own past, and what is given). */
  mi: number;
  /** 90 % interval. It reaches 0 where `pValue` is above 0.05. */
  interval: [number, number];
  /**
   * Probability of evidence as strong if the source told nothing beyond what is given, by covariances of functions of both that are freed of
   * what is given (Shah & Peters 2020); undefined where rows are too few for so many given columns.
   */
  pValue: number | undefined;
  /** Rows of the target's past that were given. */
  history: number;
  /** Complete rows. */
  n: number;
  warnings: Warning[];
}

/** Transfer entropy in both directions. */
export interface TransferInformation {
  lag: number;
  xToY: TransferEntropy;
  yToX: TransferEntropy;
  /** What x tells y beyond what y tells x, with the interval that errors independent of each other would give. */
  net: { mi: number; interval: [number, number] };
}

/** Options of `sources`. */
export interface SourcesOptions extends ManyOptions {
  /** Seed of the folds of rows, see `conditional`, and of the random signs that p-values are counted from. Default 0. */
  seed?: number | undefined;
  /** Rows from a source to the target: 1 to this. Default 5. */
  maxLag?: number | undefined;
  /** Rows of the target's own past that are given, see `transfer`. */
  history?: number | undefined;
  /** Other series that are given too, one row before the target. Default: none. */
  given?: readonly Column[] | undefined;
  /** Rows of one cluster are a series of their own. */
  cluster?: Column | undefined;
}

/** A series that may tell of a target. */
export interface SourceInformation {
  source: string;
  /** The lag with the most evidence. */
  lag: number;
  /** Transfer entropy at this lag. */
  mi: number;
  /** 90 % interval. It reaches 0 where `pValue` is above 0.05. */
  interval: [number, number];
  /** Probability of as much evidence at any of the lags if the source told nothing beyond what is given; undefined where rows are too few. */
  pValue: number | undefined;
  /** Probability of as much evidence of any source at any lag (Westfall & Young 1993). */
  familyPValue: number | undefined;
  /** Every lag by itself, and among all sources and lags. */
  lags: { lag: number; pValue: number; familyPValue: number }[];
  /** Complete rows. */
  n: number;
  warnings: Warning[];
}

/** What the past of several series tells of one. */
export interface SourcesInformation {
  target: string;
  /** Rows of the target's past that were given. */
  history: number;
  /** Most evidence first. */
  sources: SourceInformation[];
  /** Columns that cannot be sources, and why. */
  failed: { source: string; error: string; code: ErrorCode }[];
}

/** Options of `windows`. */
export interface WindowsOptions extends ManyOptions {
  /** Rows of a window: at least 30, and fewer than there are. With `times`, their length. */
  window: number;
  /** Rows, or with `times` time, from the beginning of one window to that of the next. Default: half a window. */
  step?: number | undefined;
  /** When the rows are, in their order: windows are then as long in time, however many rows they have. Default: rows count. */
  times?: ArrayLike<number> | undefined;
  /** Only the pairs that contain this column, or at least one of these. Default: all pairs. */
  target?: string | readonly string[] | undefined;
  /** Groups of columns whose pairs with each other are left out, see `matrix`. Default: none. */
  related?: readonly (readonly string[])[] | undefined;
}

/** A pair in one window. */
export interface WindowInformation {
  mi: number;
  /** 90 % interval, by the effective size. */
  interval: [number, number];
  /** Complete pairs in the window. */
  n: number;
}

/** A pair over time. */
export interface PairWindows {
  x: string;
  y: string;
  /** All rows together, as a series; undefined where they cannot be estimated, see `error`. */
  whole: MutualInformation | undefined;
  /** Every window; undefined where it has too few complete rows, or a constant column. */
  windows: (WindowInformation | undefined)[];
  /**
   * Whether the dependence changes: the probability of windows as different from the whole if it did not, and the number of the one that
   * differs most.
   */
  change: { pValue: number; window: number } | undefined;
  /** Why all rows together have no estimate. */
  error?: string;
}

/** Pairs of a table over time. */
export interface MatrixWindows {
  /** First row of every window, and the row after its last, from 0. */
  windows: { from: number; to: number }[];
  /** Strongest first, all rows together. */
  pairs: PairWindows[];
}
