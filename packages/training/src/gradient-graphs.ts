/** The graphs of the median and its derivatives, which ship beside those of the inference. */
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { compileInputGradient } from "./graphs.js";
import type { CopulaTransformerConfig } from "./network/copula-transformer.js";

/** Batch sizes for which one is shipped: one pair, and many pairs or slices. */
const BATCHES = [1, 16];

/** A graph as a file, and its entry in model.json. */
export interface GraphEntry {
  batch: number;
  file: string;
  sha256: string;
}

/** Compiles the graphs for a network's sizes. They hold no weights: any weights of these sizes serve. */
export function gradientGraphs(
  config: CopulaTransformerConfig,
): Array<{ entry: GraphEntry; bytes: Uint8Array }> {
  return BATCHES.map((batch) => {
    const { bytes } = compileInputGradient(config, batch);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { entry: { batch, file: `gradient-${batch}.onnx`, sha256 }, bytes };
  });
}

/**
 * Adds the graphs to an exported model, or writes them anew, for the sizes in its model.json. Weights and tables stay
 * as they are. jax-js must have been started.
 *
 * @returns bytes written
 */
export async function addGradientGraphs(folder: string): Promise<number> {
  const path = join(folder, "model.json");
  const { config } = JSON.parse(await readFile(path, "utf8")) as { config: CopulaTransformerConfig };
  const graphs = gradientGraphs(config);
  for (const { entry, bytes } of graphs) await writeFile(join(folder, entry.file), bytes);
  // Another script may have added its table meanwhile.
  const model = JSON.parse(await readFile(path, "utf8")) as { files: { gradients?: GraphEntry[] } };
  model.files.gradients = graphs.map(({ entry }) => entry);
  await writeFile(`${path}.tmp`, `${JSON.stringify(model, null, 2)}\n`);
  await rename(`${path}.tmp`, path);
  return graphs.reduce((sum, { bytes }) => sum + bytes.length, 0);
}
