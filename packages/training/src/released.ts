/** An exported model as the scripts use it that add to it what is measured of its weights. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkCalibration } from "infonet/calibration";
import type { FeatureArrays } from "infonet/copula";
import { readManifest } from "infonet/manifest";
import { checkNull } from "infonet/null";
import { join as joinModel } from "jax-onnx";
import type * as ort from "onnxruntime-node";
import { batchShapes, FEATURE_INPUTS } from "./inputs.js";
import { enterFiles, sha256, writeModelFile } from "./model-files.js";
import { floats, openSession, tensor } from "./session.js";

/** The tables that a model can have, as they are checked before they are written. */
const TABLES = { null: checkNull, calibration: checkCalibration } as const;

/** A model in its largest batch. */
export interface ReleasedModel {
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
  /**
   * Writes a table as a file of the model and enters it in model.json; returns its path.
   *
   * @throws InfoNetError "model" if the library would refuse it
   */
  add(kind: keyof typeof TABLES, table: object): Promise<string>;
}

/**
 * The model in a folder.
 *
 * @throws InfoNetError "model" if the library would refuse its model.json
 */
export async function openReleased(folder: string): Promise<ReleasedModel> {
  const read = (file: string): Promise<Buffer> => readFile(join(folder, file));
  const model = await readManifest(read);
  const { weights, values } = model.files;
  const graph = values.reduce((largest, other) => (other.batch > largest.batch ? other : largest));
  const { batch } = graph;
  const shapes = batchShapes(batch);
  let session: ort.InferenceSession | undefined;
  return {
    batch,
    weights: weights.sha256,
    levels: model.quantiles.length,
    median: model.quantiles.indexOf(0.5),
    async quantiles(features) {
      session ??= await openSession(joinModel(await read(graph.file), await read(weights.file)));
      const feeds = FEATURE_INPUTS.map((name) => [name, tensor(features[name], shapes[name])]);
      return floats((await session.run(Object.fromEntries(feeds))).quantiles);
    },
    async close() {
      await session?.release();
    },
    async add(kind, table) {
      const file = `${kind}.json`;
      const text = `${JSON.stringify(TABLES[kind](table))}\n`;
      await writeModelFile(folder, file, text);
      await enterFiles(folder, { [kind]: { file, sha256: sha256(text) } });
      return join(folder, file);
    },
  };
}
