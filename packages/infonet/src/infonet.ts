import { platform } from "#platform";
import { runBatches, type Sample } from "./engine/batches.js";
import type { PairEngine } from "./engine/pair-engine.js";
import { checkSignal, keepFinished } from "./engine/stop.js";
import { disposedError, failureOf } from "./errors.js";
import { GRID } from "./features/index.js";
import { Differentiation } from "./gradient/differentiation.js";
import { differentiateMany } from "./gradient/many.js";
import { GRADIENT } from "./gradient/options.js";
import { differentiateSlices } from "./gradient/sliced.js";
import { CALIBRATION, Calibration } from "./inference/calibration.js";
import { NULL, NullDistribution } from "./inference/null-distribution.js";
import { type Reading, readQuantiles, type SampleFacts } from "./inference/reading.js";
import { readColumn, readColumns, readPairs } from "./input/columns.js";
import { type OptionsOf, readOptions } from "./input/options.js";
import { ESTIMATE, LOAD, MANY, MATRIX } from "./input/tables.js";
import { unitScale } from "./input/units.js";
import type { Variable } from "./input/variables.js";
import { conditionalInformation } from "./multivariate/conditional.js";
import { independenceTest } from "./multivariate/independence.js";
import { jointInformation } from "./multivariate/joint.js";
import { maxSlicedInformation } from "./multivariate/max-sliced.js";
import { slicedInformation } from "./multivariate/sliced.js";
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
import { readTable } from "./network/manifest.js";
import { Network } from "./network/network.js";
import type { BatchRunner } from "./network/runner.js";
import { LocalInformation } from "./pairs/local.js";
import { assembleMatrix, plannedPairs } from "./pairs/matrix.js";
import { type PairSample, PreparedColumn, preparePair } from "./pairs/pairs.js";
import { SharedColumns } from "./pairs/shared-columns.js";
import type {
  Column,
  Columns,
  DependenceMatrix,
  Estimate,
  EstimateOptions,
  Gradient,
  GradientOptions,
  GradientResult,
  LoadOptions,
  ManyGradientOptions,
  ManyOptions,
  MatrixOptions,
  ModelInfo,
  PairResult,
  SlicedGradient,
  SlicedGradientOptions,
} from "./types.js";

/**
 * A loaded network that estimates mutual information in one forward pass, after InfoNet ("Neural Estimation
 * of Mutual Information without Test-Time Optimization", ICML 2024).
 *
 * Estimates depend on ranks alone: any strictly monotone map of either variable, and exchanging the two,
 * changes nothing. They are never negative, and the same seed gives the same answer.
 *
 * ```ts
 * const net = await InfoNet.load();
 * const { mi, interval } = await net.estimate(x, y);
 * net.dispose();
 * ```
 */
export class InfoNet {
  readonly #network: Network;
  readonly #null: NullDistribution | undefined;
  readonly #calibration: Calibration | undefined;
  readonly #threads: number;
  readonly #folder: URL | undefined;
  #pool: Promise<BatchRunner> | undefined;
  #disposal: Promise<void> | undefined;

  private constructor(
    network: Network,
    nullDistribution: NullDistribution | undefined,
    calibration: Calibration | undefined,
    { threads, folder }: { threads: number; folder: URL | undefined },
  ) {
    this.#network = network;
    this.#null = nullDistribution;
    this.#calibration = calibration;
    this.#threads = threads;
    this.#folder = folder;
  }

  /**
   * Loads the bundled model, or another one, and checks it against its hash.
   *
   * @throws InfoNetError "model" if a file is missing or damaged, "invalid-option" for an option that there is not, or
   *   that cannot be used
   */
  static async load(options: LoadOptions = {}): Promise<InfoNet> {
    const { threads, model, wasm } = readOptions(options, LOAD);
    const folder = platform.modelFolder(model);
    const read = platform.modelFiles(folder);
    const network = await Network.open(await platform.loadRuntime(wasm), read);
    const { files } = network.manifest;
    const nullTable = await readTable(read, files.null, NULL);
    const calibration = await readTable(read, files.calibration, CALIBRATION);
    return new InfoNet(
      network,
      nullTable && new NullDistribution(nullTable, files.weights.sha256),
      calibration && new Calibration(calibration, files.weights.sha256),
      { threads, folder },
    );
  }

  /** What is loaded. */
  get info(): ModelInfo {
    const { name, parameters, range, files } = this.#network.manifest;
    return { name, sha256: files.weights.sha256, parameters, range: [range.n[0], range.n[1]] };
  }

  /**
   * Mutual information of two variables, with its interval, p-value and critic.
   *
   * @param x numbers, NaN where missing; categories as codes in any order
   * @param y as many
   * @throws InfoNetError for unequal lengths, fewer than 8 complete pairs, a constant variable, ±Infinity,
   *   anything that is not a number, a bad option
   */
  async estimate(x: Column, y: Column, options: EstimateOptions = {}): Promise<Estimate> {
    this.#mustBeAlive();
    const { seed, units } = readOptions(options, ESTIMATE);
    const [a, b] = Object.entries({ x, y }).map(([name, values]) => ({
      name,
      column: new PreparedColumn(readColumn({ name, values }), seed),
    }));
    const sample = preparePair(a, b, this.#preparation(seed));
    const { quantiles, critics } = await this.#network.run([sample.perm]);
    const scale = unitScale(units);
    const local = new LocalInformation(critics, sample);
    return {
      ...readQuantiles(quantiles, sample, this.#reading(units)),
      lowerBound: scale * local.lowerBound(),
      critic: { size: GRID, values: local.density.map((value) => scale * value) },
      pointwise: () => local.pointwise(x.length, scale),
    };
  }

  /**
   * Mutual information of many pairs, in batches and, where the model was loaded with threads, on all of
   * them. Arrays that occur in several pairs are ranked once.
   *
   * @returns one result a pair, in order; a pair that cannot be estimated has its reason in `error` and `code`, in
   *   which x and y are that pair's own
   * @throws AbortedError with the results so far; InfoNetError "invalid-option", also for a list with something else than
   *   pairs in it
   */
  async estimateMany(
    pairs: ReadonlyArray<readonly [Column, Column]>,
    options: ManyOptions = {},
  ): Promise<PairResult[]> {
    this.#mustBeAlive();
    const settings = readOptions(options, MANY);
    const list = readPairs(pairs);
    const preparation = this.#preparation(settings.seed);
    const columns = new SharedColumns(settings.seed);
    const samples = list.map(
      ([x, y]) =>
        () =>
          preparePair(columns.prepare("x", x), columns.prepare("y", y), preparation),
    );
    return this.#many(samples, settings, (results) => results as PairResult[]);
  }

  /**
   * Mutual information of all pairs of columns of a table, or of all pairs with one target column.
   *
   * @returns the pairs, strongest first; a pair that cannot be estimated has its reason in `error` and `code`
   * @throws AbortedError with the matrix so far; InfoNetError "unknown-column", "invalid-option", also for what is no
   *   table or has fewer than two columns
   */
  async matrix(columns: Columns, options: MatrixOptions = {}): Promise<DependenceMatrix> {
    this.#mustBeAlive();
    const settings = readOptions(options, MATRIX);
    const { seed, units, target } = settings;
    const preparation = this.#preparation(seed);
    const list = readColumns(columns);
    const names = list.map(({ name }) => name);
    const pairs = plannedPairs(names, target);
    const shared = new SharedColumns(seed);
    const prepare = ({ name, values }: { name: string; values: Column }) => shared.prepare(name, values);
    const samples = pairs.map(
      ([i, j]) =>
        () =>
          preparePair(prepare(list[i]), prepare(list[j]), preparation),
    );
    const { name, sha256 } = this.info;
    const head = { units, seed, model: `${name} ${sha256.slice(0, 12)}`, columns: names };
    return this.#many(samples, settings, (results) => assembleMatrix(head, pairs, results));
  }

  /**
   * Mutual information of two variables and its derivatives by their values, to be used as a loss
   * (docs/mi-as-a-loss.md). By default the derivatives are those of `mi` itself, an estimate for smoothed ranks and
   * features; to train on, go `through: "critic"`, which has much less noise and is not misled by many free values.
   * Runs on the calling thread.
   *
   * @param x numbers, NaN where missing
   * @param y as many
   * @throws InfoNetError as {@link estimate}; "model" if the model has no gradient graphs (the critic needs none)
   */
  async gradient(x: Column, y: Column, options: GradientOptions = {}): Promise<Gradient> {
    this.#mustBeAlive();
    const differentiation = new Differentiation(this.#network, readOptions(options, GRADIENT));
    const [gradient] = await differentiation.run([differentiation.prepare(x, y)]);
    return gradient;
  }

  /**
   * Gradients of many pairs, in batches.
   *
   * @returns one result a pair, in order; a pair that cannot be differentiated has its reason in `error` and `code`
   * @throws AbortedError with the results so far; InfoNetError "invalid-option", also for a list with something else than
   *   pairs in it, and "model"
   */
  async gradientMany(
    pairs: ReadonlyArray<readonly [Column, Column]>,
    options: ManyGradientOptions = {},
  ): Promise<GradientResult[]> {
    this.#mustBeAlive();
    return differentiateMany(this.#network, pairs, options, () => this.#breathe());
  }

  /**
   * Sliced mutual information of two variables of several columns, and its derivatives: the mean over random
   * projections of I(aᵀX; bᵀY), a and b uniform on the spheres (Goldfeld & Greenewald, NeurIPS 2021). As a
   * loss take another seed at every step: few slices a step are then enough.
   *
   * @param x one column, or several as `{ data, width }`, row-major; rows with NaN are left out
   * @param y as many rows
   * @throws AbortedError with the mean over the finished slices in `partial` (`undefined` if there are none);
   *   InfoNetError as {@link gradient}
   */
  async slicedGradient(
    x: Variable,
    y: Variable,
    options: SlicedGradientOptions = {},
  ): Promise<SlicedGradient> {
    this.#mustBeAlive();
    return differentiateSlices(this.#network, x, y, options, () => this.#breathe());
  }

  /**
   * Mutual information of two variables of several columns, by the chain rule over a D-vine of pair copulas
   * (docs/many-dimensions.md). The coordinates it is built in are chosen by their value on held-out rows unless
   * `basis` names them.
   *
   * @param x one column, or several as `{ data, width }`, row-major; rows with NaN are left out
   * @param y as many rows
   * @throws InfoNetError as {@link estimate}; AbortedError without a partial result
   */
  async joint(x: Variable, y: Variable, options: JointOptions = {}): Promise<JointInformation> {
    return jointInformation(this.#pairEngine(), x, y, options);
  }

  /**
   * Conditional mutual information I(X; Y | Z) of two columns given others, by the same vine, with a test of
   * conditional independence.
   *
   * @param z one column, or several as `{ data, width }`, row-major
   * @throws InfoNetError as {@link estimate}; AbortedError without a partial result
   */
  async conditional(
    x: Column,
    y: Column,
    z: Variable,
    options: ConditionalOptions = {},
  ): Promise<ConditionalInformation> {
    return conditionalInformation(this.#pairEngine(), x, y, z, options);
  }

  /**
   * Sliced mutual information (Goldfeld & Greenewald, NeurIPS 2021): the mean over random projections, with its
   * standard error. An average over projections, never I(X; Y).
   *
   * @throws InfoNetError as {@link estimate}; AbortedError with the mean over the finished slices in `partial`
   */
  async sliced(x: Variable, y: Variable, options: SlicedOptions = {}): Promise<SlicedInformation> {
    return slicedInformation(this.#pairEngine(), x, y, options);
  }

  /**
   * Max-sliced mutual information: the pair of projections that share most, found on one half of the rows and
   * estimated on the other.
   *
   * @throws InfoNetError as {@link estimate}; AbortedError without a partial result
   */
  async maxSliced(x: Variable, y: Variable, options: MaxSlicedOptions = {}): Promise<MaxSlicedInformation> {
    return maxSlicedInformation(this.#pairEngine(), x, y, options);
  }

  /**
   * Tests independence of two variables of several columns by permutations of the rows: exact for any number of
   * rows and columns.
   *
   * @throws InfoNetError as {@link estimate}; AbortedError without a partial result
   */
  async independence(x: Variable, y: Variable, options: IndependenceOptions = {}): Promise<IndependenceTest> {
    return independenceTest(this.#pairEngine(), x, y, options);
  }

  /**
   * Ends worker threads and frees the network's memory. Calls that are under way are ended: those over many pairs,
   * slices or permutations throw an AbortedError with what they have finished, others InfoNetError "disposed", as do
   * calls after it. Resolves when all is released, or after five seconds if a thread hangs.
   */
  dispose(): Promise<void> {
    this.#disposal ??= this.#release();
    return this.#disposal;
  }

  async #release(): Promise<void> {
    // A pool that could not be opened has nothing to close.
    const pool = this.#pool?.catch(() => undefined);
    await Promise.all([pool?.then((runner) => runner?.close()), this.#network.dispose()]);
  }

  /** The same as {@link dispose}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }

  #mustBeAlive(): void {
    if (this.#disposal !== undefined) throw disposedError();
  }

  /** Lets timers and messages have their turn. One of them may dispose of the model, which ends the call. */
  async #breathe(): Promise<void> {
    await platform.breathe();
    this.#mustBeAlive();
  }

  #preparation(seed: number): { seed: number; most: number } {
    return { seed, most: this.#network.manifest.range.n[1] };
  }

  /** The network as the rooms over several columns use it. */
  #pairEngine(): PairEngine {
    this.#mustBeAlive();
    const network = this.#network;
    const reading = this.#reading("nats");
    const { quantiles, range } = network.manifest;
    return {
      largestBatch: network.largestBatch,
      levels: quantiles.length,
      rows: range.n,
      ceiling: range.ceiling,
      run: (perms) => network.run(perms),
      values: (perms) => network.values(perms),
      read: (row, n, waves) => {
        const { mi, interval, pValue } = readQuantiles(row, { n, used: n, waves, warnings: [] }, reading);
        return { mi, low: interval[0], high: interval[1], pValue };
      },
      breathe: () => this.#breathe(),
    };
  }

  #reading(units: Reading["units"]): Reading {
    const { manifest } = this.#network;
    return { manifest, null: this.#null, calibration: this.#calibration, units };
  }

  /**
   * Prepares and runs the samples; what cannot be prepared gets its reason, what was not reached stays empty.
   *
   * @param assemble makes the result, whole or in part
   * @throws AbortedError with the part
   */
  async #many<Result>(
    prepare: ReadonlyArray<() => PairSample>,
    { signal, onProgress, units }: OptionsOf<typeof MANY>,
    assemble: (results: (PairResult | undefined)[]) => Result,
  ): Promise<Result> {
    const reading = this.#reading(units);
    const results: (PairResult | undefined)[] = new Array(prepare.length);
    const total = prepare.length;
    const pending = new Map<number, SampleFacts>();
    let done = 0;
    function* samples(): Generator<Sample> {
      for (let index = 0; index < total; index++) {
        try {
          const { perm, n, used, waves, warnings } = prepare[index]();
          pending.set(index, { n, used, waves, warnings });
          yield { index, perm };
        } catch (error) {
          results[index] = failureOf(error);
          done++;
        }
      }
    }
    const levels = reading.manifest.quantiles.length;
    const onBatch = async (indices: readonly number[], quantiles: Float32Array): Promise<void> => {
      indices.forEach((index, k) => {
        const row = quantiles.subarray(k * levels, (k + 1) * levels);
        results[index] = readQuantiles(row, pending.get(index)!, reading);
        pending.delete(index);
      });
      done += indices.length;
      onProgress?.({ done, total });
      await this.#breathe();
    };
    const { largestBatch } = this.#network;
    const work = async (): Promise<Result> => {
      if (total > 0) checkSignal(signal);
      await runBatches(samples(), await this.#runner(total), { largestBatch, signal, onBatch });
      if (done < total) checkSignal(signal);
      if (total > 0) onProgress?.({ done, total });
      return assemble(results);
    };
    return keepFinished(work, () => ({ partial: assemble(results), done, total, unit: "pairs" }));
  }

  /** Worker threads, if the model was loaded with some and there is enough for them to do. */
  async #runner(pairs: number): Promise<BatchRunner> {
    const network = this.#network;
    if (this.#threads > 1 && platform.openPool !== undefined && pairs > network.largestBatch) {
      // A pool that fails is of no more use; the next call opens another one.
      const onEnd = (): void => {
        this.#pool = undefined;
      };
      this.#pool ??= platform.openPool({ threads: this.#threads, model: this.#folder, onEnd });
      this.#pool.catch(onEnd);
      return this.#pool;
    }
    return {
      parallel: 1,
      run: (perms) => network.values(perms),
      close: async () => {},
    };
  }
}
