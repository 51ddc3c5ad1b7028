/** The network of a model in its largest batch: what is measured of its weights is measured with it. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FeatureArrays } from "infonet/copula";
import { type Manifest, MOST_BYTES, readChecked, readManifest } from "infonet/internal/release";
import { join as joinModel } from "jax-onnx";
import type * as ort from "onnxruntime-node";
import { floats, openSession, tensor } from "../runtime/onnx-runtime.js";
import { batchShapes, FEATURE_INPUTS } from "../stream/inputs.js";

/** The parts of model.json that are needed to open it. */
export interface QuantileParts {
  quantiles: Manifest["quantiles"];
  files: Pick<Manifest["files"], "weights" | "values">;
}

/** A model in its largest batch. */
export interface QuantileModel {
  batch: number;
  /** SHA-256 of the weights. */
  weights: string;
  /** Number of quantiles, and the position of the median among them. */
  levels: number;
  median: number;
  /**
   * Quantiles of √MI, `levels` a slot, of a whole batch of features. The first call opens the graph on one
   * thread.
   */
  quantiles(features: FeatureArrays): Promise<Float32Array>;
  /** Frees the graph, if it was opened. */
  close(): Promise<void>;
}

/**
 * The model in a folder.
 *
 * @param parts as in its model.json, which is read if they are left out
 * @throws InfoNetError "model" if the library would refuse its model.json
 */
export async function openQuantileModel(folder: string, parts?: QuantileParts): Promise<QuantileModel> {
  const read = (file: string): Promise<Buffer> => readFile(join(folder, file));
  const { quantiles, files } = parts ?? (await readManifest(read));
  const graph = files.values.reduce((largest, other) => (other.batch > largest.batch ? other : largest));
  const { batch } = graph;
  const shapes = batchShapes(batch);
  let session: ort.InferenceSession | undefined;
  const open = async (): Promise<ort.InferenceSession> => {
    const bytes = await readChecked(read, graph, MOST_BYTES.graph);
    return openSession(joinModel(bytes, await readChecked(read, files.weights, MOST_BYTES.weights)));
  };
  return {
    batch,
    weights: files.weights.sha256,
    levels: quantiles.length,
    median: quantiles.indexOf(0.5),
    async quantiles(features) {
      session ??= await open();
      const feeds = FEATURE_INPUTS.map((name) => [name, tensor(features[name], shapes[name])]);
      return floats((await session.run(Object.fromEntries(feeds))).quantiles);
    },
    async close() {
      await session?.release();
    },
  };
}
