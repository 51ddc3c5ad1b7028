/** What a loaded model can be asked: the calls of {@link InfoNet}. */

import type {
  DependenceNetwork,
  Differences,
  DifferencesOptions,
  NetworkOptions,
  Selection,
  SelectOptions,
  SummaryOptions,
  TableSummary,
} from "./answers/types.js";
import type {
  ConditionalGradientOptions,
  Gradient,
  GradientOptions,
  GradientResult,
  JointGradient,
  JointGradientOptions,
  ManyGradientOptions,
  SlicedGradient,
  SlicedGradientOptions,
} from "./gradient/types.js";
import type { Variable } from "./input/several.js";
import type { Variable as NumberVariable } from "./input/variables.js";
import type {
  ConditionalInformation,
  ConditionalOptions,
  IndependenceOptions,
  IndependenceTest,
  JointInformation,
  JointOptions,
  MaxSlicedInformation,
  MaxSlicedOptions,
  SlicedInformation,
  SlicedOptions,
} from "./multivariate/types.js";
import type {
  LagMatrix,
  LagMatrixOptions,
  LagsInformation,
  LagsOptions,
  MatrixWindows,
  SourcesInformation,
  SourcesOptions,
  TransferInformation,
  TransferOptions,
  WindowsOptions,
} from "./series/types.js";
import type {
  Column,
  Columns,
  DependenceMatrix,
  Estimate,
  ManyPairsOptions,
  MatrixOptions,
  ModelInfo,
  PairOptions,
  PairResult,
} from "./types.js";

/**
 * The calls of a loaded model. Where it was loaded with threads, all of them but {@link Calls.estimate} and
 * {@link Calls.gradient}, which are one forward pass, are computed by the threads; the results are the same.
 */
export interface Calls {
  /** What is loaded. */
  readonly info: ModelInfo;

  /**
   * Mutual information of two columns of any kind, with its interval, p-value and density. Two numbers go to the network; levels
   * are counted or, beside a number, put in the order of their axis; numbers with atoms are both, by the chain rule
   * (https://github.com/infonet-mi/infonet/blob/main/docs/columns.md). Names of levels, the order of rows and seeds change nothing.
   *
   * @param x numbers, integers of any size, dates, booleans or texts; null, undefined and NaN are missing; `kind: "category"` where
   *   numbers are codes
   * @param y as many
   * @throws InfoNetError for unequal lengths, fewer than 8 complete pairs, a constant variable, ±Infinity,
   *   cells of several types, levels most of which are in one row each ("too-many-levels"), a bad option
   */
  estimate(x: Column, y: Column, options?: PairOptions): Promise<Estimate>;

  /**
   * Mutual information of many pairs, in batches. Arrays that occur in several pairs are ranked once.
   *
   * @returns one result a pair, in order; a pair that cannot be estimated has its reason in `error` and `code`, in
   *   which x and y are that pair's own
   * @throws AbortedError with the results so far; InfoNetError "invalid-option", also for a list with something else than
   *   pairs in it
   */
  estimateMany(
    pairs: ReadonlyArray<readonly [Column, Column]>,
    options?: ManyPairsOptions,
  ): Promise<PairResult[]>;

  /**
   * Mutual information of all pairs of columns of a table, or of all pairs with one target column; with `given`, of all pairs beyond the
   * same columns.
   *
   * @returns the pairs, strongest first; a pair that cannot be estimated has its reason in `error` and `code`
   * @throws AbortedError with the matrix so far; InfoNetError "unknown-column", "invalid-option", also for what is no
   *   table or has fewer than two columns
   */
  matrix<Table extends object>(columns: Columns<Table>, options?: MatrixOptions): Promise<DependenceMatrix>;

  /**
   * Which few columns tell most of a target together. Columns are taken one after the other, each the one that tells most beyond those
   * before it, as long as one tells anything (Bonferroni's correction over the columns that are left); where none does, two whose
   * product does. Then those are taken away again that tell nothing beyond all others. Gains are those of
   * {@link Calls.conditional}, and add up by the chain rule. `criterion` has others for wide tables.
   *
   * @param target the name of a column
   * @throws AbortedError without a partial result; InfoNetError "unknown-column", "invalid-option", also for what is no table
   */
  select<Table extends object>(
    columns: Columns<Table>,
    target: string,
    options?: SelectOptions,
  ): Promise<Selection>;

  /**
   * What the columns of a table tell of one of them, column by column: entropies, information, the share of the target that it explains. Of the
   * columns that tell most, two by two, what each tells alone, what both tell and what only both together tell: partial information
   * decomposition by unique information (Bertschinger et al., Entropy 2014), and interaction information with its interval.
   *
   * @param target the name of a column
   * @throws AbortedError without a partial result; InfoNetError "unknown-column", "invalid-option", also for what is no table
   */
  summary<Table extends object>(
    columns: Columns<Table>,
    target: string,
    options?: SummaryOptions,
  ): Promise<TableSummary>;

  /**
   * What differs between groups of rows. Columns: what each shares with the groups. Dependences: the information of all pairs in each
   * group, and a test of whether they depend on each other in the same way. Scales, places and the shares of levels may differ: ranks are
   * taken within each group and their copulas compared, by permutations of the rows among the groups; levels beside numbers are weighted
   * alike; two columns of levels are compared by their odds ratios.
   *
   * @param by name of the column of groups, which takes part in no pair; groups below 30 rows are left out
   * @throws AbortedError without a partial result; InfoNetError "unknown-column", "invalid-option", also where there are no two groups
   */
  differences<Table extends object>(
    columns: Columns<Table>,
    by: string,
    options?: DifferencesOptions,
  ): Promise<Differences>;

  /**
   * What depends directly on what in a table: the pairs that depend on each other, less those whose dependence goes through other
   * columns. Of each pair the neighbours of both that explain most of it are looked for; what is left of the two columns once these
   * are known goes through the network like any pair. A pair that is left without evidence is no link, the weakest first (after Spirtes &
   * Glymour 1991, Colombo & Maathuis 2014). `method` has others for wide tables.
   *
   * @returns links, strongest first, and what was removed with what it goes through
   * @throws AbortedError without a partial result; InfoNetError "invalid-option", also for what is no table
   */
  network<Table extends object>(
    columns: Columns<Table>,
    options?: NetworkOptions,
  ): Promise<DependenceNetwork>;

  /**
   * Mutual information of two variables and its derivatives by their values, to be used as a loss
   * (https://github.com/infonet-mi/infonet/blob/main/docs/mi-as-a-loss.md). By default the derivatives go through the
   * critic, which has little noise and is not misled by many free values; `through: "estimate"` has those of `mi` itself, an
   * estimate for smoothed ranks and features.
   *
   * @param x numbers, NaN where missing
   * @param y as many
   * @throws InfoNetError as {@link Calls.estimate}; "model" if the model has no gradient graphs, which the estimate needs
   *   and the critic does not
   */
  gradient(x: Column, y: Column, options?: GradientOptions): Promise<Gradient>;

  /**
   * Gradients of many pairs, in batches.
   *
   * @returns one result a pair, in order; a pair that cannot be differentiated has its reason in `error` and `code`
   * @throws AbortedError with the results so far; InfoNetError "invalid-option", also for a list with something else than
   *   pairs in it, and "model"
   */
  gradientMany(
    pairs: ReadonlyArray<readonly [Column, Column]>,
    options?: ManyGradientOptions,
  ): Promise<GradientResult[]>;

  /**
   * Sliced mutual information of two variables of several columns, and its derivatives: the mean over random
   * projections of I(aᵀX; bᵀY), a and b uniform on the spheres (Goldfeld & Greenewald, NeurIPS 2021). As a
   * loss take another seed at every step: few slices a step are then enough. Columns are projected as they are: it is the
   * gradient of {@link Calls.sliced} without `standardize`.
   *
   * @param x one column, or several as `{ data, width }`, row-major; rows with NaN are left out
   * @param y as many rows
   * @throws AbortedError with the mean over the finished slices in `partial` (`undefined` if there are none);
   *   InfoNetError as {@link Calls.gradient}
   */
  slicedGradient(
    x: NumberVariable,
    y: NumberVariable,
    options?: SlicedGradientOptions,
  ): Promise<SlicedGradient>;

  /**
   * Information of two variables of several columns, and its derivatives: of codes that are trained by it no column becomes the copy of
   * another. What normal scores share is differentiated as a whole; what their canonical pairs share beyond comes from the critic, as in
   * {@link Calls.gradient}; for two single columns it is nearly that.
   *
   * @param x one column, or several as `{ data, width }`, row-major; rows with NaN are left out
   * @param y as many rows
   * @throws InfoNetError as {@link Calls.gradient}
   */
  jointGradient(x: NumberVariable, y: NumberVariable, options?: JointGradientOptions): Promise<JointGradient>;

  /**
   * Conditional information I(x; y | Z) and its derivatives by x and y, as a loss: of a prediction and a group given the label it is what
   * equalised odds set to 0. Within every combination of the levels in Z it is that of {@link Calls.gradient}; with numbers in Z that of
   * {@link Calls.jointGradient} of what these leave of x and y.
   *
   * @param x numbers, or categories, by which there are no derivatives; x or y must be numbers
   * @param z one column, a list of columns, or columns of numbers as `{ data, width }`, row-major
   * @throws InfoNetError as {@link Calls.gradient}
   */
  conditionalGradient(
    x: Column,
    y: Column,
    z: Variable,
    options?: ConditionalGradientOptions,
  ): Promise<JointGradient>;

  /**
   * Mutual information of two variables of several columns of any kind. Numbers: by the chain rule over a D-vine of pair copulas
   * (https://github.com/infonet-mi/infonet/blob/main/docs/many-dimensions.md), in coordinates that are chosen by their value on held-out
   * rows unless `basis` names them. Levels: by the table of their combinations. Both: levels first, then numbers within them.
   *
   * @param x one column, a list of columns, or columns of numbers as `{ data, width }`, row-major; rows with missing values are left out
   * @param y as many rows
   * @throws InfoNetError as {@link Calls.estimate}; AbortedError without a partial result
   */
  joint(x: Variable, y: Variable, options?: JointOptions): Promise<JointInformation>;

  /**
   * Conditional mutual information I(X; Y | Z) of two columns given others, all of any kind, with a test of conditional independence:
   * of numbers by the same vine, of levels by the tables of their strata, of both within strata of what is given. Numbers of few values
   * in Z are levels where their values have 40 rows each on average.
   *
   * @param z one column, a list of columns, or columns of numbers as `{ data, width }`, row-major
   * @throws InfoNetError as {@link Calls.estimate}; AbortedError without a partial result
   */
  conditional(
    x: Column,
    y: Column,
    z: Variable,
    options?: ConditionalOptions,
  ): Promise<ConditionalInformation>;

  /**
   * Sliced mutual information (Goldfeld & Greenewald, NeurIPS 2021): `mi` is the mean over random projections, with its
   * standard error. An average over projections, never I(X; Y). Columns are divided by their standard deviations first,
   * unless `standardize` says otherwise.
   *
   * @throws InfoNetError as {@link Calls.estimate}; AbortedError with the mean over the finished slices in `partial`
   */
  sliced(x: NumberVariable, y: NumberVariable, options?: SlicedOptions): Promise<SlicedInformation>;

  /**
   * Max-sliced mutual information: the pair of projections that share most, found on one half of the rows and
   * estimated on the other. Columns are divided by their standard deviations first, unless `standardize` says otherwise.
   *
   * @throws InfoNetError as {@link Calls.estimate}; AbortedError without a partial result
   */
  maxSliced(x: NumberVariable, y: NumberVariable, options?: MaxSlicedOptions): Promise<MaxSlicedInformation>;

  /**
   * Tests independence of two variables of several columns by permutations of the rows: exact for any number of
   * rows and columns.
   *
   * @throws InfoNetError as {@link Calls.estimate}; AbortedError without a partial result
   */
  independence(
    x: NumberVariable,
    y: NumberVariable,
    options?: IndependenceOptions,
  ): Promise<IndependenceTest>;

  /**
   * Mutual information of two series at several lags, with a test of every lag and of all of them together that allows for rows that
   * depend on those before (https://github.com/infonet-mi/infonet/blob/main/docs/series.md). Rows are in the order of time, at equal steps;
   * those with a missing value are left out and keep their place: a lag of 2 is two rows of the input.
   *
   * @param y where the lag is above 0, its rows come after those of x
   * @throws InfoNetError as {@link Calls.estimate}, and "invalid-option" for lags of more than a quarter of the rows; AbortedError with the
   *   estimates of the lags so far
   */
  lags(x: Column, y: Column, options?: LagsOptions): Promise<LagsInformation>;

  /**
   * All pairs of columns, each at the lag with the most evidence: who leads, and by how many rows. p-values are those of all lags of a pair
   * together, q-values of all pairs.
   *
   * @throws InfoNetError as {@link Calls.matrix}; AbortedError without a partial result
   */
  lagMatrix<Table extends object>(columns: Columns<Table>, options?: LagMatrixOptions): Promise<LagMatrix>;

  /**
   * Transfer entropy of two series in both directions: what the past of one tells of the other beyond its own past, by
   * {@link Calls.conditional}.
   *
   * @throws InfoNetError as {@link Calls.estimate}; AbortedError without a partial result
   */
  transfer(x: Column, y: Column, options?: TransferOptions): Promise<TransferInformation>;

  /**
   * Which series tell of the future of one beyond its own past, and how many rows before: transfer entropy from every other column of a
   * table at its best lag, with p-values over all lags and all columns.
   *
   * @throws InfoNetError "unknown-column" if there is no such target, and as {@link Calls.transfer}; AbortedError without a partial result
   */
  sources<Table extends object>(
    columns: Columns<Table>,
    target: string,
    options?: SourcesOptions,
  ): Promise<SourcesInformation>;

  /**
   * Mutual information of all pairs of columns in windows of rows that follow each other in time, and whether it changes.
   *
   * @throws InfoNetError as {@link Calls.matrix}, and "invalid-option" for windows of as many rows as there are; AbortedError with the
   *   estimates so far
   */
  windows<Table extends object>(columns: Columns<Table>, options: WindowsOptions): Promise<MatrixWindows>;

  /**
   * Ends worker threads and frees the network's memory. Calls that are under way are ended: those over many pairs,
   * slices or permutations throw an AbortedError with what they have finished, others InfoNetError "disposed", as do
   * calls after it. Resolves when all is released, or after five seconds if a thread hangs.
   */
  dispose(): Promise<void>;
}
