/** The network as ONNX Runtime sees it: permutations in, quantiles of √MI and copula densities out. */

import type { InferenceSession, Tensor, TensorConstructor } from "onnxruntime-common";
import type { RankGradient, SoftSample } from "../copula/index.js";
import { COMPONENT_NUMBERS, MIXTURE_NUMBERS } from "../density/index.js";
import { disposedError, InfoNetError, reasonOf } from "../errors.js";
import {
  FEATURE_SIZES,
  type FeatureArrays,
  featureArrays,
  GRID,
  LOCAL_FEATURES,
  NORMAL_NUMBERS,
  normalCopula,
  SPECTRUM_FEATURES,
  TOKENS,
  writeFeatures,
} from "../features/index.js";
import { FEATURES, SHAPES, TOWER_FEATURES, take } from "./graph-inputs.js";
import {
  type GraphFile,
  type Manifest,
  MOST_BYTES,
  type ReadModelFile,
  readChecked,
  readManifest,
} from "./manifest.js";
import { PRODUCT } from "./product.js";
import { inRuns, largestOf, type Run } from "./runs.js";

/** ONNX Runtime for Node or for the browser, ready to open a model. */
export interface Runtime {
  Tensor: TensorConstructor;
  open(model: Uint8Array): Promise<InferenceSession>;
}

/** Outputs for a number of samples, slot after slot. */
export interface NetworkOutput {
  /** Quantiles of √MI at the levels of the manifest, ascending, not clipped at zero. */
  quantiles: Float32Array;
  /** Copula densities on the canonical square, as `CopulaDensity.read` takes them, where they were asked for. */
  mixtures: (Float32Array | undefined)[];
}

/** A sample as the network takes it. */
export interface NetworkSample {
  /** Permutation in canonical orientation. */
  perm: Uint32Array;
  /** Others of the same sample, with ties in other orders. */
  others?: readonly Uint32Array[];
  /** Levels of the variable that has levels; absent for two numbers. */
  levels?: number;
}

/** A sample to be differentiated, in canonical orientation. */
export interface DifferentiableSample extends NetworkSample {
  soft: SoftSample;
}

/** What the network says of one sample, and derivatives by its soft ranks. */
export interface NetworkDerivative {
  /** Median of √MI, not clipped at zero. */
  median: number;
  gradient: RankGradient;
}

/** One graph with its input arrays, which ONNX Runtime reads in place. */
interface Graph {
  file: GraphFile;
  session: InferenceSession;
  inputs: FeatureArrays;
}

/** A loaded model. Graphs are opened when they are first needed. */
export class Network {
  readonly #runtime: Runtime;
  readonly #read: ReadModelFile;
  #weights: Uint8Array;
  /** By file. */
  readonly #graphs = new Map<string, Promise<Graph>>();
  /** Runs take turns: they share the graphs' input arrays. */
  #last: Promise<unknown> = Promise.resolve();
  /** Multiplies matrices; opened when it is first needed. */
  #product: Promise<InferenceSession> | undefined;
  /** Aborted by {@link dispose}. */
  readonly #end = new AbortController();

  private constructor(
    readonly manifest: Manifest,
    weights: Uint8Array,
    runtime: Runtime,
    read: ReadModelFile,
  ) {
    this.#weights = weights;
    this.#runtime = runtime;
    this.#read = read;
  }

  /**
   * Reads a model and checks its weights against their hash.
   *
   * @throws InfoNetError "model"
   */
  static async open(runtime: Runtime, read: ReadModelFile): Promise<Network> {
    const manifest = await readManifest(read);
    const weights = await readChecked(read, manifest.files.weights, MOST_BYTES.weights);
    return new Network(manifest, weights, runtime, read);
  }

  /** Largest number of samples that one run takes. */
  get largestBatch(): number {
    return largestOf(this.manifest.files.values);
  }

  /**
   * Largest number of samples that are differentiated at once.
   *
   * @throws InfoNetError "model" if the model has no graphs for it
   */
  get largestDifferentiated(): number {
    return largestOf(this.#gradients());
  }

  /**
   * Runs the network on samples, in the graphs that take the least time for so many.
   *
   * @param least median of √MI from which a density is asked for; by default always
   * @param asked how many samples the call is about, of which these are some
   */
  run(samples: readonly NetworkSample[], least = -Infinity, asked = samples.length): Promise<NetworkOutput> {
    return this.#inTurn(() => this.#runNow(samples, least, asked));
  }

  /** The quantiles of {@link run} without the densities, in less time. */
  values(samples: readonly NetworkSample[]): Promise<Float32Array> {
    return this.#inTurn(() => this.#valuesNow(samples));
  }

  /**
   * Medians of √MI of smoothed samples, and the derivatives of the medians by the soft ranks.
   *
   * @throws InfoNetError "model" if the model has no graphs for it
   */
  differentiate(samples: readonly DifferentiableSample[]): Promise<NetworkDerivative[]> {
    return this.#inTurn(() => this.#differentiateNow(samples));
  }

  /**
   * A · Bᵀ, row by row.
   *
   * @param a rows of `width` numbers, as are those of `b`
   */
  product(a: Float32Array, b: Float32Array, width: number): Promise<Float32Array> {
    return this.#inTurn(async () => {
      this.#product ??= this.#runtime.open(PRODUCT);
      const session = await this.#product;
      const { Tensor } = this.#runtime;
      const tensor = (rows: Float32Array) => new Tensor("float32", rows, [rows.length / width, width]);
      const { product } = await session.run({ a: tensor(a), b: tensor(b) });
      return product.data as Float32Array;
    });
  }

  /**
   * Runs take turns. Those whose turn had not come when the network was disposed of are refused: they would open graphs
   * again, which nobody would release.
   */
  #inTurn<Result>(run: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(async () => {
      this.#mustBeAlive();
      try {
        return await run();
      } catch (error) {
        // What is read when it ends cannot be read: that is the end's doing, not the file's.
        this.#mustBeAlive();
        throw error;
      }
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #mustBeAlive(): void {
    if (this.#end.signal.aborted) throw disposedError();
  }

  async #runNow(samples: readonly NetworkSample[], least: number, asked: number): Promise<NetworkOutput> {
    const { quantiles: levels, files } = this.manifest;
    const median = levels.indexOf(0.5);
    const result = { quantiles: new Float32Array(samples.length * levels.length) };
    const mixtures: NetworkOutput["mixtures"] = new Array(samples.length).fill(undefined);
    for (const { file, first, some } of inRuns(samples, files.values, asked)) {
      const { graph, outputs } = await this.#forward(some, file);
      const quantiles = this.#quantilesOf(outputs, some.length);
      result.quantiles.set(quantiles, first * levels.length);
      const told = [...some.keys()].filter((slot) => quantiles[slot * levels.length + median] >= least);
      for (const run of inRuns(told, files.densities, asked)) {
        const of = await this.#densities(some, graph, outputs, run);
        for (const [k, slot] of run.some.entries()) mixtures[first + slot] = of(k);
      }
    }
    return { ...result, mixtures };
  }

  /** Densities of some of the samples that a graph of values has run for. */
  async #densities(
    samples: readonly NetworkSample[],
    { file, inputs: from }: Graph,
    values: Outputs,
    { file: own, some: slots }: Run<number>,
  ): Promise<(k: number) => Float32Array> {
    const graph = await this.#graph(own);
    const { inputs } = graph;
    for (const name of TOWER_FEATURES) take(from[name], FEATURE_SIZES[name], slots, inputs[name]);
    const passed = (name: string, shape: (size: number) => number[]): [Float32Array, number[]] => {
      const all = values(name);
      const size = all.length / file.batch;
      return [take(all, size, slots, new Float32Array(graph.file.batch * size)), shape(size)];
    };
    const normal = new Float32Array(graph.file.batch * NORMAL_NUMBERS);
    for (const [k, slot] of slots.entries()) {
      const { perm, others = [] } = samples[slot];
      normalCopula([perm, ...others], normal, k * NORMAL_NUMBERS);
    }
    const outputs = await this.#feed(graph, slots.length, TOWER_FEATURES, {
      tokens: passed("tokens", (size) => [TOKENS, size / TOKENS]),
      quantiles: passed("quantiles", (size) => [size]),
      normal: [normal, [NORMAL_NUMBERS]],
    });
    const mixtures = outputs("mixture", MIXTURE_NUMBERS);
    return (k) => {
      const numbers = mixtures.slice(k * MIXTURE_NUMBERS, (k + 1) * MIXTURE_NUMBERS);
      // What has levels or ties is no normal copula, however little there is to see.
      const { levels, others = [] } = samples[slots[k]];
      if (levels || others.length > 0) numbers[MIXTURE_NUMBERS - COMPONENT_NUMBERS] = -Infinity;
      return numbers;
    };
  }

  async #valuesNow(samples: readonly NetworkSample[]): Promise<Float32Array> {
    const { quantiles: levels, files } = this.manifest;
    const result = new Float32Array(samples.length * levels.length);
    for (const { file, first, some } of inRuns(samples, files.values)) {
      const { outputs } = await this.#forward(some, file);
      result.set(this.#quantilesOf(outputs, some.length), first * levels.length);
    }
    return result;
  }

  #quantilesOf(outputs: Outputs, count: number): Float32Array {
    const levels = this.manifest.quantiles.length;
    return outputs("quantiles", levels).subarray(0, count * levels);
  }

  async #forward(
    samples: readonly NetworkSample[],
    file: GraphFile,
  ): Promise<{ graph: Graph; outputs: Outputs }> {
    const graph = await this.#graph(file);
    samples.forEach(({ perm, others = [], levels }, slot) => {
      writeFeatures([perm, ...others], graph.inputs, slot, levels);
    });
    return { graph, outputs: await this.#feed(graph, samples.length, FEATURES) };
  }

  async #differentiateNow(samples: readonly DifferentiableSample[]): Promise<NetworkDerivative[]> {
    // Loaded when it is first needed: pages that differentiate nothing do not load it.
    const { writeSmoothFeatures } = await import("../features/smooth/features.js");
    const result: NetworkDerivative[] = [];
    for (const { file, some } of inRuns(samples, this.#gradients())) {
      const graph = await this.#graph(file);
      const pullbacks = some.map(({ soft }, slot) => writeSmoothFeatures(soft, graph.inputs, slot));
      const outputs = await this.#feed(graph, some.length, FEATURES);
      const median = outputs("median", 1);
      const counts = outputs("d_counts", GRID * GRID);
      const local = outputs("d_local", TOKENS * LOCAL_FEATURES);
      const spectrum = outputs("d_spectrum", SPECTRUM_FEATURES);
      for (const [slot, pullback] of pullbacks.entries()) {
        result.push({ median: median[slot], gradient: pullback({ counts, local, spectrum }) });
      }
    }
    return result;
  }

  /**
   * Runs a graph whose first `count` slots are filled.
   *
   * @param features that it reads
   * @param others arrays that it reads beside them, with their shapes a slot
   */
  async #feed(
    { file, session, inputs }: Graph,
    count: number,
    features: readonly (keyof FeatureArrays)[],
    others: Record<string, [Float32Array, number[]]> = {},
  ): Promise<Outputs> {
    this.#mustBeAlive();
    const { batch } = file;
    // Unused slots repeat nothing and are read by nobody, but log n must be finite there.
    for (let slot = count; slot < batch; slot++) if (inputs.n[slot] === 0) inputs.n[slot] = 1;
    const { Tensor } = this.#runtime;
    const feeds: Record<string, Tensor> = {};
    for (const name of features) feeds[name] = new Tensor("float32", inputs[name], [batch, ...SHAPES[name]]);
    for (const [name, [data, shape]] of Object.entries(others)) {
      feeds[name] = new Tensor("float32", data, [batch, ...shape]);
    }
    const outputs = await session.run(feeds).catch((error: unknown) => {
      throw failed(file, error);
    });
    return (name, width) => {
      const output = outputs[name] as Tensor | undefined;
      const fits = width === undefined ? output && output.size % batch === 0 : output?.size === batch * width;
      if (output?.type === "float32" && fits) return output.data as Float32Array;
      const received =
        output === undefined ? "is missing" : `has ${output.size} values of type ${output.type}`;
      const needed = width === undefined ? `a multiple of ${batch}` : batch * width;
      throw unusable(file, `its output ${name} ${received}; ${needed} of type float32 are needed`);
    };
  }

  #gradients(): readonly GraphFile[] {
    const { gradients } = this.manifest.files;
    if (gradients === undefined) {
      throw new InfoNetError(
        "model",
        "model.json names no gradient graphs; add them with `npm run graphs`, or use a model that has them.",
      );
    }
    return gradients;
  }

  #graph(file: GraphFile): Promise<Graph> {
    let graph = this.#graphs.get(file.file);
    if (graph === undefined) {
      graph = this.#openGraph(file);
      this.#graphs.set(file.file, graph);
      // What failed once may be readable later.
      graph.catch(() => this.#graphs.delete(file.file));
    }
    return graph;
  }

  async #openGraph(file: GraphFile): Promise<Graph> {
    const bytes = await readChecked(this.#read, file, MOST_BYTES.graph, this.#end.signal);
    // Protobuf merges what is concatenated: a graph without weights and weights without a graph are a model.
    const model = new Uint8Array(bytes.length + this.#weights.length);
    model.set(bytes);
    model.set(this.#weights, bytes.length);
    try {
      const session = await this.#runtime.open(model);
      return { file, session, inputs: featureArrays(file.batch) };
    } catch (error) {
      throw failed(file, error);
    }
  }

  /**
   * Releases the graphs after the run that is under way. Runs whose turn had not come, and those asked for later, throw
   * InfoNetError "disposed".
   */
  async dispose(): Promise<void> {
    this.#end.abort();
    await this.#last;
    const graphs = [...this.#graphs.values()];
    this.#graphs.clear();
    this.#weights = new Uint8Array();
    const product = this.#product;
    this.#product = undefined;
    await product?.then((session) => session.release()).catch(() => undefined);
    for (const graph of graphs) await graph.then(({ session }) => session.release()).catch(() => undefined);
  }
}

/**
 * An output of a graph by its name, and the values it has a slot, where that is known. Throws InfoNetError "model" if the graph
 * lacks it.
 */
type Outputs = (name: string, width?: number) => Float32Array;

/** The error of a graph that does not open or run; one of the platform's own tells the cause already. */
function failed(file: GraphFile, error: unknown): InfoNetError {
  return error instanceof InfoNetError ? error : unusable(file, reasonOf(error));
}

function unusable({ file }: GraphFile, reason: string): InfoNetError {
  return new InfoNetError(
    "model",
    `${file} cannot be run (${reason}); model.json, graphs and weights must be of one model, and that of a version that this one reads.`,
  );
}
