import { platform } from "#platform";
import type { DifferencesOptions, NetworkOptions, SelectOptions, SummaryOptions } from "./answers/types.js";
import type { Calls } from "./api.js";
import type { Engine } from "./engine/engine.js";
import { loadEngine } from "./engine/loading.js";
import type {
  ConditionalGradientOptions,
  GradientOptions,
  JointGradientOptions,
  ManyGradientOptions,
  SlicedGradientOptions,
} from "./gradient/types.js";
import { readOptions } from "./input/options.js";
import type { Variable } from "./input/several.js";
import { LOAD } from "./input/tables.js";
import type { Variable as NumberVariable } from "./input/variables.js";
import type {
  ConditionalOptions,
  IndependenceOptions,
  JointOptions,
  MaxSlicedOptions,
  SlicedOptions,
} from "./multivariate/types.js";
import { estimateOf, estimatesOf, matrixOf } from "./pairs/estimate.js";
import type {
  LagMatrixOptions,
  LagsOptions,
  SourcesOptions,
  TransferOptions,
  WindowsOptions,
} from "./series/types.js";
import type { Column, Columns, LoadOptions, ManyPairsOptions, MatrixOptions, PairOptions } from "./types.js";

type Pairs = ReadonlyArray<readonly [Column, Column]>;

// What is not about pairs comes when it is first asked for: a page that looks at pairs does not carry it.

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
export class InfoNet implements Calls {
  readonly #engine: Engine;

  private constructor(engine: Engine) {
    this.#engine = engine;
  }

  /**
   * Loads the bundled model, or another one, and checks it against its hash.
   *
   * @throws InfoNetError "model" if a file is missing or damaged, "runtime" if ONNX Runtime does not start, "invalid-option" for
   *   an option that there is not, or that cannot be used; AbortedError if its signal was aborted
   */
  static async load(options: LoadOptions = {}): Promise<InfoNet> {
    const { threads, model: place, wasm, worker, ...watched } = readOptions(options, LOAD);
    const model = platform.modelFolder(place);
    const { openThreads, pause } = platform;
    const engine = await loadEngine({
      ...watched,
      runtime: () => platform.loadRuntime(wasm),
      files: (watch) => platform.modelFiles(model, watch),
      threads,
      openThreads: openThreads && ((onEnd) => openThreads({ threads, model, wasm, worker, onEnd })),
      pause,
    });
    return new InfoNet(engine);
  }

  get info() {
    return this.#engine.model.info;
  }

  async estimate(x: Column, y: Column, options: PairOptions = {}) {
    return estimateOf(this.#alive(), x, y, options);
  }

  async estimateMany(pairs: Pairs, options: ManyPairsOptions = {}) {
    return estimatesOf(this.#alive(), pairs, options);
  }

  async matrix<Table extends object>(columns: Columns<Table>, options: MatrixOptions = {}) {
    const engine = this.#alive();
    if ((options?.given ?? undefined) === undefined) return matrixOf(engine, columns, options);
    const { conditionalMatrix } = await import("./multivariate/conditional-matrix.js");
    return conditionalMatrix(engine, columns, options);
  }

  async select<Table extends object>(columns: Columns<Table>, target: string, options: SelectOptions = {}) {
    const engine = this.#alive();
    const { selectionOf } = await import("./answers/select.js");
    return selectionOf(engine, columns, target, options);
  }

  async summary<Table extends object>(columns: Columns<Table>, target: string, options: SummaryOptions = {}) {
    const engine = this.#alive();
    const { summaryOf } = await import("./answers/summary.js");
    return summaryOf(engine, columns, target, options);
  }

  async differences<Table extends object>(
    columns: Columns<Table>,
    by: string,
    options: DifferencesOptions = {},
  ) {
    const engine = this.#alive();
    const { differencesOf } = await import("./answers/differences.js");
    return differencesOf(engine, columns, by, options);
  }

  async network<Table extends object>(columns: Columns<Table>, options: NetworkOptions = {}) {
    const engine = this.#alive();
    const { networkOf } = await import("./answers/network.js");
    return networkOf(engine, columns, options);
  }

  async gradient(x: Column, y: Column, options: GradientOptions = {}) {
    const engine = this.#alive();
    const { gradientOf } = await import("./gradient/many.js");
    return gradientOf(engine, x, y, options);
  }

  async gradientMany(pairs: Pairs, options: ManyGradientOptions = {}) {
    const engine = this.#alive();
    const { gradientsOf } = await import("./gradient/many.js");
    return gradientsOf(engine, pairs, options);
  }

  async slicedGradient(x: NumberVariable, y: NumberVariable, options: SlicedGradientOptions = {}) {
    const engine = this.#alive();
    const { slicedGradientOf } = await import("./gradient/sliced.js");
    return slicedGradientOf(engine, x, y, options);
  }

  async jointGradient(x: NumberVariable, y: NumberVariable, options: JointGradientOptions = {}) {
    const engine = this.#alive();
    const { jointGradientOf } = await import("./gradient/several.js");
    return jointGradientOf(engine, x, y, options);
  }

  async conditionalGradient(x: Column, y: Column, z: Variable, options: ConditionalGradientOptions = {}) {
    const engine = this.#alive();
    const { conditionalGradientOf } = await import("./gradient/several.js");
    return conditionalGradientOf(engine, x, y, z, options);
  }

  async joint(x: Variable, y: Variable, options: JointOptions = {}) {
    const engine = this.#alive();
    const { jointInformation } = await import("./multivariate/joint.js");
    return jointInformation(engine, x, y, options);
  }

  async conditional(x: Column, y: Column, z: Variable, options: ConditionalOptions = {}) {
    const engine = this.#alive();
    const { conditionalInformation } = await import("./multivariate/conditional.js");
    return conditionalInformation(engine, x, y, z, options);
  }

  async sliced(x: NumberVariable, y: NumberVariable, options: SlicedOptions = {}) {
    const engine = this.#alive();
    const { slicedInformation } = await import("./multivariate/sliced.js");
    return slicedInformation(engine, x, y, options);
  }

  async maxSliced(x: NumberVariable, y: NumberVariable, options: MaxSlicedOptions = {}) {
    const engine = this.#alive();
    const { maxSlicedInformation } = await import("./multivariate/max-sliced.js");
    return maxSlicedInformation(engine, x, y, options);
  }

  async independence(x: NumberVariable, y: NumberVariable, options: IndependenceOptions = {}) {
    const engine = this.#alive();
    const { independenceTest } = await import("./multivariate/independence.js");
    return independenceTest(engine, x, y, options);
  }

  async lags(x: Column, y: Column, options: LagsOptions = {}) {
    const engine = this.#alive();
    const { lagsOf } = await import("./series/lags.js");
    return lagsOf(engine, x, y, options);
  }

  async lagMatrix<Table extends object>(columns: Columns<Table>, options: LagMatrixOptions = {}) {
    const engine = this.#alive();
    const { lagMatrixOf } = await import("./series/lag-matrix.js");
    return lagMatrixOf(engine, columns, options);
  }

  async transfer(x: Column, y: Column, options: TransferOptions = {}) {
    const engine = this.#alive();
    const { transferOf } = await import("./series/transfer.js");
    return transferOf(engine, x, y, options);
  }

  async sources<Table extends object>(columns: Columns<Table>, target: string, options: SourcesOptions = {}) {
    const engine = this.#alive();
    const { sourcesOf } = await import("./series/sources.js");
    return sourcesOf(engine, columns, target, options);
  }

  async windows<Table extends object>(columns: Columns<Table>, options: WindowsOptions) {
    const engine = this.#alive();
    const { windowsOf } = await import("./series/windows.js");
    return windowsOf(engine, columns, options);
  }

  dispose() {
    return this.#engine.dispose();
  }

  /** The same as {@link dispose}, for `await using`. */
  [Symbol.asyncDispose]() {
    return this.dispose();
  }

  #alive(): Engine {
    this.#engine.mustBeAlive();
    return this.#engine;
  }
}
