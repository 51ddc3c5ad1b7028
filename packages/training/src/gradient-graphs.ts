/** The graphs of the median and its derivatives, which ship beside those of the inference. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { compileInputGradient } from "./graphs.js";
import { enterFiles, type ModelFile, sha256, writeModelFile } from "./model-files.js";
import type { CopulaTransformerConfig } from "./network/copula-transformer.js";

/** Batch sizes for which one is shipped: one pair, and many pairs or slices. */
const BATCHES = [1, 16];

/** A graph as a file, and its entry in model.json. */
export interface GraphEntry extends ModelFile {
  batch: number;
}

/** Compiles the graphs for a network's sizes. They hold no weights: any weights of these sizes serve. */
export function gradientGraphs(
  config: CopulaTransformerConfig,
): Array<{ entry: GraphEntry; bytes: Uint8Array }> {
  return BATCHES.map((batch) => {
    const { bytes } = compileInputGradient(config, batch);
    return { entry: { batch, file: `gradient-${batch}.onnx`, sha256: sha256(bytes) }, bytes };
  });
}

/**
 * Adds the graphs to an exported model, or writes them anew, for the sizes in its model.json. Weights and tables stay
 * as they are. jax-js must have been started.
 *
 * @returns bytes written
 */
export async function addGradientGraphs(folder: string): Promise<number> {
  const model = await readFile(join(folder, "model.json"), "utf8");
  const { config } = JSON.parse(model) as { config: CopulaTransformerConfig };
  const graphs = gradientGraphs(config);
  for (const { entry, bytes } of graphs) await writeModelFile(folder, entry.file, bytes);
  await enterFiles(
    folder,
    "gradients",
    graphs.map(({ entry }) => entry),
  );
  return graphs.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
