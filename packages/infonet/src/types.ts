/**
 * The public types of the library. All information is in nats unless `units: "bits"` is asked for.
 */

import type { ErrorCode } from "./errors.js";

/** A cell of a column. `null`, `undefined`, `NaN` and a Date without a time are missing; ±Infinity is refused. */
export type Cell = number | bigint | boolean | string | Date | null | undefined;

/** What a column is: numbers, whose order means something, or categories, whose names mean nothing. */
export type ColumnKind = "number" | "category";

/**
 * One column, its cells of one type: numbers (integers of any size among them) or dates, which are numbers; texts or booleans, which
 * are categories. `kind: "category"` makes categories of numbers, such as codes. Messages of `estimate`, `lags` and `transfer` call a column
 * by its `name`, if it has one, and not x or y.
 */
export type Column =
  | ArrayLike<Cell>
  | {
      readonly values: ArrayLike<Cell>;
      readonly kind?: ColumnKind | undefined;
      readonly name?: string | undefined;
    };

/** One column of numbers. `NaN` marks a missing value; ±Infinity is refused. */
export type NumberColumn = ArrayLike<number>;

/** Unit of every information in a result: natural logarithms (`"nats"`, the default) or base two (`"bits"`). */
export type Units = "nats" | "bits";

/**
 * Options shared by every call that returns mutual information. As everywhere, `undefined` and `null` mean not given, and
 * a name that the call does not know or a value of another type is refused (InfoNetError "invalid-option").
 */
export interface EstimateOptions {
  /** Seed of what a call draws at random. Of a pair nothing is: every seed gives the same. Default 0. */
  seed?: number | undefined;
  /** Unit of `mi`, `interval`, `lowerBound`, `critic` and `pointwise()`. Default `"nats"`. */
  units?: Units | undefined;
}

/** What rows stand for, where they are not one observation each, independent of all others. */
export interface RowOptions {
  /**
   * `"series"`: rows follow each other in time, at equal steps, and may depend on those before. The p-value is then that of the
   * columns beside series that they could have been: autoregressions of the same law, half of them of either column (of two columns of
   * levels, Markov chains), and the interval is that of the effective sample size. With `cluster`, the rows of each cluster are a series
   * of their own, and clusters may differ in their means; not together with `counts`. Default `"independent"`.
   */
  rows?: "independent" | "series" | undefined;
  /**
   * Rows that belong together, such as those of one patient, have the same value here: texts, numbers, whatever a column can hold. The
   * clusters, not the rows, are then taken for independent: the result is that of several draws of one row a cluster, and `n` is the
   * number of clusters. Rows whose cluster is missing are left out.
   */
  cluster?: Column | undefined;
  /**
   * How many rows each row stands for, as in a table of frequencies: whole numbers from 0. The result is that of the table in which every
   * row is written so many times.
   */
  counts?: ArrayLike<number | bigint> | undefined;
}

/** Options of `estimate`. */
export interface PairOptions extends EstimateOptions, RowOptions {}

/** Progress of a long call: `done` of `total` pairs, slices or permutations; of a load, bytes. */
export interface Progress {
  done: number;
  total: number;
}

/** Options of a call over many pairs. */
export interface ManyOptions extends EstimateOptions {
  /** Aborting rejects the call with an {@link AbortedError}, which carries what was finished. */
  signal?: AbortSignal | undefined;
  /** Called after every finished batch. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Options of `estimateMany`. */
export interface ManyPairsOptions extends ManyOptions, RowOptions {}

/** Machine-readable reason of a warning. */
export type WarningCode =
  | "few-samples"
  | "missing"
  | "heavy-ties"
  | "near-ceiling"
  | "thinned"
  | "extrapolated"
  | "dropped-columns"
  | "loose-bound"
  | "open-interval"
  | "little-noise"
  | "below-pair"
  | "many-levels"
  | "repeated-rows"
  | "serial-dependence"
  | "nonstationary"
  | "shared-season"
  | "no-derivative";

/** Something the reader of an estimate should know. */
export interface Warning {
  code: WarningCode;
  /** One sentence: subject, value, remedy. */
  message: string;
}

/** Log density ratio on a regular grid of the copula square, `values[j * size + i]` at u = (i + ½)/size, v = (j + ½)/size. */
export interface CriticTable {
  size: number;
  values: Float32Array;
}

/**
 * What a column is in a pair. `"levels"`: categories, or numbers of so few values that they can be counted. `"mixture"`: numbers some of
 * which are atoms, values that far more rows have than any other, such as zeros.
 */
export type SideKind = "number" | "levels" | "mixture";

/** The numbers of one estimate, without the critic. */
export interface MutualInformation {
  /** Median estimate of the mutual information, ≥ 0; not above the smaller entropy of columns of levels. */
  mi: number;
  /** 90 % interval `[low, high]`, 0 ≤ low ≤ mi ≤ high. */
  interval: [number, number];
  /**
   * Probability of at least as much evidence of dependence if the variables were independent, or `undefined` where
   * the model has no null table. Of two numbers the evidence is the estimate's, that of slow waves in the ranks, and that of rank
   * increments; of levels beside a number, analyses of variance; of two columns of levels, the exact test of their table. It holds for
   * any marginal distributions, ties included. 0 stands for a probability that is too small for a double: write "below 1e-300".
   */
  pValue: number | undefined;
  /** Complete pairs used: of repeated rows each once, see the warning `repeated-rows`; with `cluster`, the clusters. */
  n: number;
  /** With `rows: "series"`, as how many independent rows the n rows count (Bartlett 1935); else absent. */
  effectiveSize?: number;
  /** What x and y are. */
  kinds: [x: SideKind, y: SideKind];
  /** Entropies of x and of y where they are levels: what there is to tell of them. */
  entropies: [x: number | undefined, y: number | undefined];
  /** `mi` as a share of the smaller entropy, 0 to 1; undefined where neither column is levels. */
  normalized: number | undefined;
  warnings: Warning[];
}

/**
 * The copula density that an estimate rests on, in the user's orientation: u rises with x, v with y, both in (0, 1). It is
 * smooth, its marginals are uniform and it integrates to one. Outside of (0, 1) its functions throw InfoNetError
 * "invalid-option".
 */
export interface Copula {
  /** ln c(u, v), nats: its exponential says how many times as often as under independence such values come together. */
  logDensity(u: number, v: number): number;
  /** ln c at many points, as many u as v: much faster than one by one. */
  logDensities(u: ArrayLike<number>, v: ArrayLike<number>): Float64Array;
  /** Conditional distribution functions at a point: `v` is P(V ≤ v | U = u), `u` is P(U ≤ u | V = v). */
  conditional(u: number, v: number): { u: number; v: number };
  /** The v with P(V ≤ v | U = u) = p. */
  quantile(p: number, u: number): number;
  /**
   * Independent draws.
   *
   * @param n how many
   * @param seed of the random numbers, default 0
   */
  sample(n: number, seed?: number): { u: Float64Array; v: Float64Array };
}

/** A full estimate, with the density it rests on: with `cluster`, that of the first draw. */
export interface Estimate extends MutualInformation {
  /** Donsker–Varadhan value of the critic on the sample: its mean log density (in-sample, hence optimistic for small n). */
  lowerBound: number;
  /** log c(u, v) at the middles of 64 × 64 cells of the copula square, read from {@link Estimate.copula} when first asked for. */
  critic: CriticTable;
  /** The density itself. */
  copula: Copula;
  /**
   * Pointwise mutual information log c(u_i, v_i) per row of the input; NaN for rows with a missing value, for rows that `counts` says are
   * none, and with `cluster` for rows that no draw holds.
   */
  pointwise(): Float64Array;
}

/** Why there is no result for a pair: what a call for this pair alone would throw. */
export interface Failure {
  /** One sentence: subject, value, remedy. */
  error: string;
  /** The same for programs. */
  code: ErrorCode;
}

/** One result of `estimateMany`: an estimate, or the reason why there is none. */
export type PairResult = (MutualInformation & NoFailure) | Failure;

/** A result that is there: `error` and `code` may be asked for all the same. */
export type NoFailure = { [Key in keyof Failure]?: undefined };

/**
 * Named columns of equal length, at least two: an object or a Map of arrays by their names, or a list of names with
 * arrays. Tables of other libraries are not read: take their columns out.
 *
 * @typeParam Table the type of an object of arrays, which may be an interface
 */
export type Columns<Table extends object = Record<string, Column>> =
  | { readonly [Name in keyof Table]: Column }
  | ReadonlyMap<string, Column>
  | ReadonlyArray<{ name: string; values: Column; kind?: ColumnKind | undefined }>;

/** A cell of a dependence matrix: an estimate, or the reason why there is none. */
export type MatrixCell =
  | ({ x: string; y: string } & MutualInformation & {
        /**
         * Smallest false discovery rate at which this pair counts as dependent, among all pairs of the matrix
         * (Benjamini & Hochberg 1995); absent where there are no p-values.
         */
        qValue?: number;
      } & NoFailure)
  | ({ x: string; y: string } & Failure);

/** Options of `matrix`. */
export interface MatrixOptions extends ManyPairsOptions {
  /** Only the pairs that contain this column, or at least one of these. Default: all pairs. */
  target?: string | readonly string[] | undefined;
  /**
   * Columns that all pairs are given: what two columns share beyond these, each pair as `conditional` has it, which takes about as long as
   * a hundred pairs by themselves. They take part in no pair. Not together with `rows`, `cluster`, `counts` and `screen`.
   */
  given?: string | readonly string[] | undefined;
  /** Only these pairs, by the names of their columns; not together with `target`. Default: all pairs. */
  pairs?: ReadonlyArray<readonly [string, string]> | undefined;
  /**
   * Called after every finished batch with its cells, in the order in which they are finished, without q-values: those are known when
   * all are. Pairs of levels come first, then the others in the order of `pairs`.
   */
  onPairs?: ((cells: MatrixCell[]) => void) | undefined;
  /**
   * Two stages: pairs of numbers whose slow waves and simplest shapes (lines, bows, rings, checkerboards) have a p-value above this are not
   * estimated, which takes a small part of the time where most pairs are independent. The result says how many they were
   * and what they may hold. Above 0 and below 1, such as 0.001. Default: all pairs are estimated.
   */
  screen?: number | undefined;
  /**
   * Groups of columns that are made of each other, such as a date and its month: pairs within a group are left out, since
   * they say nothing of the world, and do not count for q-values. Default: none.
   */
  related?: readonly (readonly string[])[] | undefined;
}

/** Pairs that were not estimated, since a first look showed nothing. */
export interface ScreenedPairs {
  /** How many they are. */
  pairs: number;
  /** P-value that they are above. */
  threshold: number;
  /**
   * Information, in the units of the result, that a dependence along any one pair of slow waves would have shown in 19 of
   * 20 samples. Dependence of finer structure may hide more.
   */
  below: number;
}

/** All pairs of a table. */
export interface DependenceMatrix {
  units: Units;
  seed: number;
  /** Model name and hash, as in `model.json`. */
  model: string;
  /** Column names in the order given. */
  columns: string[];
  /** With the option `given`, the columns that all pairs are given; these are not among `columns`. */
  given?: string[];
  /** Strongest first; cells with an error last. */
  pairs: MatrixCell[];
  /** What the option `screen` kept from being estimated; such pairs are in no cell, and count among the tests of `qValue`. */
  screened?: ScreenedPairs;
  /** The cell of two columns, in either order. `undefined` if the pair was not asked for, or screened out. */
  get(x: string, y: string): MatrixCell | undefined;
}

/** Options of `InfoNet.load`; unknown names are refused, `null` means not given. */
export interface LoadOptions {
  /** Worker threads for calls over many pairs; 1 computes on the calling thread, 256 at most. In a page they are Web Workers, `navigator.hardwareConcurrency` a good number. Default 1. */
  threads?: number | undefined;
  /** Where the model lies: a folder URL or path that holds `model.json`. Default: the bundled model. */
  model?: string | URL | undefined;
  /** Folder URL of onnxruntime-web's WebAssembly files. Default: beside its script. Browser only. */
  wasm?: string | URL | undefined;
  /**
   * Address of the script of the Web Workers, where the bundler does not copy what `new Worker(new URL(…, import.meta.url))` names:
   * `dist/browser/web-worker.js` of the package, or a script of your own that imports `infonet/worker`. Default: beside its script.
   * Browser only.
   */
  worker?: string | URL | undefined;
  /**
   * True to open graphs and threads and run each once before the model is there, so that the first call takes no longer than the next.
   * Default false.
   */
  warmup?: boolean | undefined;
  /** Aborting rejects the load with an {@link AbortedError}. */
  signal?: AbortSignal | undefined;
  /** Called as the files of the model arrive: `done` of `total` bytes, as far as their sizes are known. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** The model that is loaded. */
export interface ModelInfo {
  name: string;
  /** SHA-256 of the weights. */
  sha256: string;
  parameters: number;
  /** Sample sizes it was trained with. */
  range: [number, number];
}
