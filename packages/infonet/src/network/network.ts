/** The network as ONNX Runtime sees it: permutations in, quantiles of √MI and critic tables out. */

import type { InferenceSession, TensorConstructor } from "onnxruntime-common";
import {
  type FeatureArrays,
  featureArrays,
  GRID,
  LOCAL_FEATURES,
  SPECTRUM_FEATURES,
  TOKENS,
  writeFeatures,
} from "../copula/index.js";
import { InfoNetError } from "../errors.js";
import { type Manifest, type ReadModelFile, readChecked, readManifest } from "./manifest.js";

/** ONNX Runtime for Node or for the browser, ready to open a model. */
export interface Runtime {
  Tensor: TensorConstructor;
  open(model: Uint8Array): Promise<InferenceSession>;
}

/** Outputs for a number of samples, slot after slot. */
export interface NetworkOutput {
  /** Quantiles of √MI at the levels of the manifest, ascending, not clipped at zero. */
  quantiles: Float32Array;
  /** Critic θ on the canonical copula square, GRID × GRID each, not normalised. */
  critics: Float32Array;
}

/** One graph with its input arrays, which ONNX Runtime reads in place. */
interface Graph {
  batch: number;
  session: InferenceSession;
  inputs: FeatureArrays;
}

/** A loaded model. Graphs are opened when they are first needed. */
export class Network {
  readonly #runtime: Runtime;
  readonly #read: ReadModelFile;
  readonly #weights: Uint8Array;
  readonly #graphs = new Map<number, Promise<Graph>>();
  /** Runs take turns: they share the graphs' input arrays. */
  #last: Promise<unknown> = Promise.resolve();

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
    const weights = await readChecked(read, manifest.files.weights);
    return new Network(manifest, weights, runtime, read);
  }

  /** Largest number of samples that one run takes. */
  get largestBatch(): number {
    return Math.max(...this.manifest.files.graphs.map(({ batch }) => batch));
  }

  /**
   * Runs the network on samples given as permutations in canonical orientation, at most
   * {@link largestBatch} of them. A single one runs in the graph made for it.
   */
  run(perms: readonly Uint32Array[]): Promise<NetworkOutput> {
    const turn = this.#last.then(() => this.#runNow(perms));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #runNow(perms: readonly Uint32Array[]): Promise<NetworkOutput> {
    const count = perms.length;
    const { batch, session, inputs } = await this.#graph(count);
    perms.forEach((perm, slot) => {
      writeFeatures(perm, inputs, slot);
    });
    // Unused slots repeat nothing and are read by nobody, but log n must be finite there.
    for (let slot = count; slot < batch; slot++) if (inputs.n[slot] === 0) inputs.n[slot] = 1;
    const { Tensor } = this.#runtime;
    const outputs = await session.run({
      counts: new Tensor("float32", inputs.counts, [batch, GRID, GRID]),
      local: new Tensor("float32", inputs.local, [batch, TOKENS, LOCAL_FEATURES]),
      spectrum: new Tensor("float32", inputs.spectrum, [batch, SPECTRUM_FEATURES]),
      n: new Tensor("float32", inputs.n, [batch]),
    });
    const levels = this.manifest.quantiles.length;
    return {
      quantiles: (outputs.quantiles.data as Float32Array).subarray(0, count * levels),
      critics: (outputs.critic.data as Float32Array).subarray(0, count * GRID * GRID),
    };
  }

  /** The smallest graph that takes a number of samples. */
  #graph(count: number): Promise<Graph> {
    const sizes = this.manifest.files.graphs.map(({ batch }) => batch).sort((a, b) => a - b);
    const batch = sizes.find((size) => size >= count);
    if (batch === undefined)
      throw new RangeError(`${count} samples; one run takes at most ${this.largestBatch}`);
    let graph = this.#graphs.get(batch);
    if (graph === undefined) {
      graph = this.#openGraph(batch);
      this.#graphs.set(batch, graph);
    }
    return graph;
  }

  async #openGraph(batch: number): Promise<Graph> {
    const file = this.manifest.files.graphs.find((graph) => graph.batch === batch)!;
    const bytes = await readChecked(this.#read, file);
    // Protobuf merges what is concatenated: a graph without weights and weights without a graph are a model.
    const model = new Uint8Array(bytes.length + this.#weights.length);
    model.set(bytes);
    model.set(this.#weights, bytes.length);
    try {
      return { batch, session: await this.#runtime.open(model), inputs: featureArrays(batch) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InfoNetError(
        "model",
        `${file.file} cannot be run (${reason}); check that model and library fit.`,
      );
    }
  }

  /** Releases the graphs after the runs that are under way. */
  async dispose(): Promise<void> {
    await this.#last;
    const graphs = [...this.#graphs.values()];
    this.#graphs.clear();
    for (const graph of graphs) await graph.then(({ session }) => session.release()).catch(() => undefined);
  }
}
