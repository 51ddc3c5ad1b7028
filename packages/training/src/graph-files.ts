/** The graphs that ship, as files of a model. They hold no weights: any weights of the same sizes serve. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { GraphFile as GraphEntry } from "infonet/manifest";
import { compileInference, compileInputGradient, compileValues } from "./graphs.js";
import { enterFiles, sha256, writeModelFile } from "./model-files.js";
import type { CopulaTransformerConfig } from "./network/copula-transformer.js";

/** Batch sizes for which one of each family is shipped: one pair, and many pairs or slices. */
const BATCHES = [1, 16];

/** By the name that model.json gives the family: the whole network, its quantiles alone, the median's derivatives. */
const FAMILIES = {
  graphs: { stem: "graph", compile: compileInference },
  values: { stem: "values", compile: compileValues },
  gradients: { stem: "gradient", compile: compileInputGradient },
} as const;

/** A family of graphs: the same function for several batch sizes. */
export type GraphFamily = keyof typeof FAMILIES;

/** Names of the families, in the order of model.json. */
export const GRAPH_FAMILIES = Object.keys(FAMILIES) as GraphFamily[];

/** A graph as a file, and its entry in model.json. */
export interface GraphFile {
  entry: GraphEntry;
  bytes: Uint8Array;
}

/** Compiles the graphs of a family for a network's sizes. jax-js must have been started. */
export function graphFiles(family: GraphFamily, config: CopulaTransformerConfig): GraphFile[] {
  const { stem, compile } = FAMILIES[family];
  return BATCHES.map((batch) => {
    const { bytes } = compile(config, batch);
    return { entry: { batch, file: `${stem}-${batch}.onnx`, sha256: sha256(bytes) }, bytes };
  });
}

/**
 * Writes all graphs of an exported model anew, for the sizes in its model.json, and enters them there. Weights and tables
 * stay as they are. jax-js must have been started.
 *
 * @returns bytes written
 */
export async function writeGraphs(folder: string): Promise<number> {
  const model = await readFile(join(folder, "model.json"), "utf8");
  const { config } = JSON.parse(model) as { config: CopulaTransformerConfig };
  let written = 0;
  const entries: Partial<Record<GraphFamily, GraphEntry[]>> = {};
  for (const family of GRAPH_FAMILIES) {
    const files = graphFiles(family, config);
    for (const { entry, bytes } of files) {
      await writeModelFile(folder, entry.file, bytes);
      written += bytes.length;
    }
    entries[family] = files.map(({ entry }) => entry);
  }
  await enterFiles(folder, entries);
  return written;
}
