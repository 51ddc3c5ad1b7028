/** The network as ONNX Runtime sees it: permutations in, quantiles of √MI and copula densities out. */

import type { InferenceSession, Tensor, TensorConstructor } from "onnxruntime-common";
import type { RankGradient, SoftSample } from "../copula/index.js";
import { MIXTURE_NUMBERS } from "../density/index.js";
import { disposedError, InfoNetError, reasonOf } from "../errors.js";
import {
  type FeatureArrays,
  featureArrays,
  GRID,
  LOCAL_FEATURES,
  SPECTRUM_FEATURES,
  TOKENS,
  writeFeatures,
  writeSmoothFeatures,
} from "../features/index.js";
import {
  type GraphFile,
  type Manifest,
  MOST_BYTES,
  type ReadModelFile,
  readChecked,
  readManifest,
} from "./manifest.js";

/** ONNX Runtime for Node or for the browser, ready to open a model. */
export interface Runtime {
  Tensor: TensorConstructor;
  open(model: Uint8Array): Promise<InferenceSession>;
}

/** Outputs for a number of samples, slot after slot. */
export interface NetworkOutput {
  /** Quantiles of √MI at the levels of the manifest, ascending, not clipped at zero. */
  quantiles: Float32Array;
  /** Copula densities on the canonical square, {@link MIXTURE_NUMBERS} each. */
  mixtures: Float32Array;
}

/** A sample to be differentiated, in canonical orientation. */
export interface DifferentiableSample {
  perm: Uint32Array;
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

  /** Largest number of samples that one run takes, with or without densities. */
  get largestBatch(): number {
    const { graphs, values } = this.manifest.files;
    return Math.min(largestOf(graphs), largestOf(values));
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
   * Runs the network on samples given as permutations in canonical orientation, at most
   * {@link largestBatch} of them. A single one runs in the graph made for it.
   */
  run(perms: readonly Uint32Array[]): Promise<NetworkOutput> {
    return this.#inTurn(() => this.#runNow(perms));
  }

  /** The quantiles of {@link run} without the densities, in less time. */
  values(perms: readonly Uint32Array[]): Promise<Float32Array> {
    return this.#inTurn(() => this.#valuesNow(perms));
  }

  /**
   * Medians of √MI of smoothed samples, and the derivatives of the medians by the soft ranks: at most
   * {@link largestDifferentiated} samples.
   *
   * @throws InfoNetError "model" if the model has no graphs for it
   */
  differentiate(samples: readonly DifferentiableSample[]): Promise<NetworkDerivative[]> {
    return this.#inTurn(() => this.#differentiateNow(samples));
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

  async #runNow(perms: readonly Uint32Array[]): Promise<NetworkOutput> {
    const outputs = await this.#forward(this.manifest.files.graphs, perms);
    return {
      quantiles: this.#quantilesOf(outputs, perms.length),
      mixtures: outputs("mixture", MIXTURE_NUMBERS).subarray(0, perms.length * MIXTURE_NUMBERS),
    };
  }

  async #valuesNow(perms: readonly Uint32Array[]): Promise<Float32Array> {
    return this.#quantilesOf(await this.#forward(this.manifest.files.values, perms), perms.length);
  }

  #quantilesOf(outputs: Outputs, count: number): Float32Array {
    const levels = this.manifest.quantiles.length;
    return outputs("quantiles", levels).subarray(0, count * levels);
  }

  async #forward(files: readonly GraphFile[], perms: readonly Uint32Array[]): Promise<Outputs> {
    const graph = await this.#graph(files, perms.length);
    perms.forEach((perm, slot) => {
      writeFeatures(perm, graph.inputs, slot);
    });
    return this.#feed(graph, perms.length);
  }

  async #differentiateNow(samples: readonly DifferentiableSample[]): Promise<NetworkDerivative[]> {
    const graph = await this.#graph(this.#gradients(), samples.length);
    const pullbacks = samples.map(({ soft }, slot) => writeSmoothFeatures(soft, graph.inputs, slot));
    const outputs = await this.#feed(graph, samples.length);
    const median = outputs("median", 1);
    const counts = outputs("d_counts", GRID * GRID);
    const local = outputs("d_local", TOKENS * LOCAL_FEATURES);
    const spectrum = outputs("d_spectrum", SPECTRUM_FEATURES);
    return pullbacks.map((pullback, slot) => ({
      median: median[slot],
      gradient: pullback({ counts, local, spectrum }),
    }));
  }

  /** Runs a graph whose first `count` slots are filled. */
  async #feed({ file, session, inputs }: Graph, count: number): Promise<Outputs> {
    this.#mustBeAlive();
    const { batch } = file;
    // Unused slots repeat nothing and are read by nobody, but log n must be finite there.
    for (let slot = count; slot < batch; slot++) if (inputs.n[slot] === 0) inputs.n[slot] = 1;
    const { Tensor } = this.#runtime;
    const outputs = await session
      .run({
        counts: new Tensor("float32", inputs.counts, [batch, GRID, GRID]),
        local: new Tensor("float32", inputs.local, [batch, TOKENS, LOCAL_FEATURES]),
        spectrum: new Tensor("float32", inputs.spectrum, [batch, SPECTRUM_FEATURES]),
        n: new Tensor("float32", inputs.n, [batch]),
        levels: new Tensor("float32", inputs.levels, [batch]),
      })
      .catch((error: unknown) => {
        throw failed(file, error);
      });
    return (name, width) => {
      const output = outputs[name] as Tensor | undefined;
      if (output?.type === "float32" && output.size === batch * width) return output.data as Float32Array;
      const received =
        output === undefined ? "is missing" : `has ${output.size} values of type ${output.type}`;
      throw unusable(file, `its output ${name} ${received}; ${batch * width} of type float32 are needed`);
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

  /** The smallest of some graphs that takes a number of samples. */
  #graph(files: readonly GraphFile[], count: number): Promise<Graph> {
    const [file] = files.filter(({ batch }) => batch >= count).sort((a, b) => a.batch - b.batch);
    if (file === undefined)
      throw new RangeError(`${count} samples; one run takes at most ${largestOf(files)}`);
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
    for (const graph of graphs) await graph.then(({ session }) => session.release()).catch(() => undefined);
  }
}

/** An output of a graph by its name, and the values it has a slot. Throws InfoNetError "model" if the graph lacks it. */
type Outputs = (name: string, width: number) => Float32Array;

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

function largestOf(files: readonly GraphFile[]): number {
  return Math.max(...files.map(({ batch }) => batch));
}
