/** The graphs that ship, as files of a model. They hold no weights: any weights of the same sizes serve. */
import type { GraphFile as GraphEntry } from "infonet/internal/release";
import {
  type NetworkConfig,
  type RunnableArchitecture,
  runnableArchitecture,
} from "../architecture/index.js";
import { enterFiles, readSizes } from "../model/document.js";
import { sha256, writeModelFile } from "../model/files.js";
import { compileDensities, compileInputGradient, compileValues } from "./graphs.js";

/** Batch sizes for which one of each family is shipped: one pair, a few, and many pairs or slices. */
const BATCHES = [1, 4, 16];

/** By the name that model.json gives the family: quantiles and tokens, the density from these, the median's derivatives. */
const FAMILIES = {
  values: { stem: "values", compile: compileValues },
  densities: { stem: "density", compile: compileDensities },
  gradients: { stem: "gradient", compile: compileInputGradient },
} as const;

/** A family of graphs: the same function for several batch sizes. */
export type GraphFamily = keyof typeof FAMILIES;

/** Names of the families, in the order of model.json. */
export const GRAPH_FAMILIES = Object.keys(FAMILIES) as GraphFamily[];

/** Entries of all families in model.json. */
export type GraphEntries = Record<GraphFamily, GraphEntry[]>;

/** A graph as a file, and its entry in model.json. */
export interface GraphFile {
  entry: GraphEntry;
  bytes: Uint8Array;
}

/** Compiles the graphs of a family for a network's sizes. jax-js must have been started. */
export function graphFiles<Config>(
  family: GraphFamily,
  architecture: RunnableArchitecture<Config>,
  config: Config,
): GraphFile[] {
  const { stem, compile } = FAMILIES[family];
  return BATCHES.map((batch) => {
    const { bytes } = compile(architecture, config, batch);
    return { entry: { batch, file: `${stem}-${batch}.onnx`, sha256: sha256(bytes) }, bytes };
  });
}

/**
 * Compiles the graphs of all families and writes them into a folder. jax-js must have been started.
 *
 * @returns their entries for model.json, and the bytes written
 */
export async function writeGraphFiles(
  folder: string,
  architecture: RunnableArchitecture<NetworkConfig>,
  config: NetworkConfig,
): Promise<{ entries: GraphEntries; bytes: number }> {
  const entries: GraphEntries = { values: [], densities: [], gradients: [] };
  let written = 0;
  for (const family of GRAPH_FAMILIES) {
    for (const { entry, bytes } of graphFiles(family, architecture, config)) {
      await writeModelFile(folder, entry.file, bytes);
      entries[family].push(entry);
      written += bytes.length;
    }
  }
  return { entries, bytes: written };
}

/**
 * Writes all graphs of an exported model anew, for the sizes in its model.json, and enters them there. Weights and tables
 * stay as they are. jax-js must have been started.
 *
 * @returns bytes written
 * @throws TypeError if infonet cannot run its architecture
 */
export async function writeGraphs(folder: string): Promise<number> {
  const { name, config } = await readSizes(folder);
  const { entries, bytes } = await writeGraphFiles(folder, runnableArchitecture(name), config);
  await enterFiles(folder, entries);
  return bytes;
}
