import { platform } from "#platform";
import type { Calls } from "./api.js";
import { Engine } from "./engine/engine.js";
import { Model } from "./engine/model.js";
import { gradientOf, gradientsOf } from "./gradient/many.js";
import { slicedGradientOf } from "./gradient/sliced.js";
import { readOptions } from "./input/options.js";
import type { Variable } from "./input/several.js";
import { LOAD } from "./input/tables.js";
import type { Variable as NumberVariable } from "./input/variables.js";
import { conditionalInformation } from "./multivariate/conditional.js";
import { independenceTest } from "./multivariate/independence.js";
import { jointInformation } from "./multivariate/joint.js";
import { maxSlicedInformation } from "./multivariate/max-sliced.js";
import { slicedInformation } from "./multivariate/sliced.js";
import type {
  ConditionalOptions,
  IndependenceOptions,
  JointOptions,
  MaxSlicedOptions,
  SlicedOptions,
} from "./multivariate/types.js";
import { estimateOf, estimatesOf, matrixOf } from "./pairs/estimate.js";
import { lagsOf, transferOf, windowsOf } from "./series/index.js";
import type { LagsOptions, TransferOptions, WindowsOptions } from "./series/types.js";
import type {
  Column,
  Columns,
  GradientOptions,
  LoadOptions,
  ManyGradientOptions,
  ManyPairsOptions,
  MatrixOptions,
  NumberColumn,
  PairOptions,
  SlicedGradientOptions,
} from "./types.js";

type Pairs = ReadonlyArray<readonly [Column, Column]>;
type NumberPairs = ReadonlyArray<readonly [NumberColumn, NumberColumn]>;

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
   * @throws InfoNetError "model" if a file is missing or damaged, "invalid-option" for an option that there is not, or
   *   that cannot be used
   */
  static async load(options: LoadOptions = {}): Promise<InfoNet> {
    const { threads, model: place, wasm } = readOptions(options, LOAD);
    const folder = platform.modelFolder(place);
    const model = await Model.open(await platform.loadRuntime(wasm), platform.modelFiles(folder));
    const { openThreads, pause } = platform;
    const open = openThreads && ((onEnd: () => void) => openThreads({ threads, model: folder, onEnd }));
    return new InfoNet(new Engine(model, { threads, openThreads: open, pause }));
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
    return matrixOf(this.#alive(), columns, options);
  }

  async gradient(x: NumberColumn, y: NumberColumn, options: GradientOptions = {}) {
    return gradientOf(this.#alive(), x, y, options);
  }

  async gradientMany(pairs: NumberPairs, options: ManyGradientOptions = {}) {
    return gradientsOf(this.#alive(), pairs, options);
  }

  async slicedGradient(x: NumberVariable, y: NumberVariable, options: SlicedGradientOptions = {}) {
    return slicedGradientOf(this.#alive(), x, y, options);
  }

  async joint(x: Variable, y: Variable, options: JointOptions = {}) {
    return jointInformation(this.#alive(), x, y, options);
  }

  async conditional(x: Column, y: Column, z: Variable, options: ConditionalOptions = {}) {
    return conditionalInformation(this.#alive(), x, y, z, options);
  }

  async sliced(x: NumberVariable, y: NumberVariable, options: SlicedOptions = {}) {
    return slicedInformation(this.#alive(), x, y, options);
  }

  async maxSliced(x: NumberVariable, y: NumberVariable, options: MaxSlicedOptions = {}) {
    return maxSlicedInformation(this.#alive(), x, y, options);
  }

  async independence(x: NumberVariable, y: NumberVariable, options: IndependenceOptions = {}) {
    return independenceTest(this.#alive(), x, y, options);
  }

  async lags(x: Column, y: Column, options: LagsOptions = {}) {
    return lagsOf(this.#alive(), x, y, options);
  }

  async transfer(x: Column, y: Column, options: TransferOptions = {}) {
    return transferOf(this.#alive(), x, y, options);
  }

  async windows<Table extends object>(columns: Columns<Table>, options: WindowsOptions) {
    return windowsOf(this.#alive(), columns, options);
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
