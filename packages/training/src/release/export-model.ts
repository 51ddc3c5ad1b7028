/** From a checkpoint to the files of a model that infonet can run: weights, graphs and model.json. */
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest, ModelFile } from "infonet/internal/release";
import {
  type NetworkConfig,
  type RunnableArchitecture,
  runnableArchitecture,
} from "../architecture/index.js";
import type { Checkpoint } from "../loop/checkpoint.js";
import { FORMAT, type ModelDocument, writeModelDocument } from "../model/document.js";
import { sha256, writeModelFile } from "../model/files.js";
import { encodeWeights } from "../model/weights.js";
import { QUANTILE_LEVELS } from "../network/trunk.js";
import { STATE } from "../step/step.js";
import { SMALLEST } from "../stream/index.js";
import { writeGraphFiles } from "./graph-files.js";
import { TABLE_KINDS, tableFile } from "./tables.js";

const WEIGHTS_FILE = "weights.onnx";

/**
 * Sample sizes that the network takes: those of nearly the whole stream. Of longer samples a random choice of
 * 10,000 rows was better on prior draws of n = 50,000 and 150,000 than any larger one (docs/training.md).
 */
export const TRAINED_SIZES: readonly [number, number] = [SMALLEST, 10_000];

/** Largest mutual information that the network can tell, nats. */
const CEILING = 8;

/** What is written of a checkpoint. */
export interface Exportable {
  architecture: RunnableArchitecture<NetworkConfig>;
  config: NetworkConfig;
  weights: Uint8Array;
  /** The entry of the weights in model.json. */
  entry: ModelFile;
  /** model.json, given all files that it names. */
  document(files: Manifest["files"]): ModelDocument;
}

/**
 * Takes from a checkpoint what is written of it: the averaged weights.
 *
 * @param n sample sizes that the network takes, default {@link TRAINED_SIZES}
 * @throws TypeError if infonet cannot run the run's architecture: the message says why
 */
export function exportable(
  { record, state }: Checkpoint,
  n: readonly [number, number] = TRAINED_SIZES,
): Exportable {
  const architecture = runnableArchitecture(record.architecture);
  const { network: config } = record;
  const { gentle, ...optimizer } = record.optimizer;
  const theta = state[STATE.indexOf("average")];
  const weights = encodeWeights(architecture.parameters(config), theta);
  return {
    architecture,
    config,
    weights,
    entry: { file: WEIGHTS_FILE, sha256: sha256(weights) },
    document: (files) => ({
      format: FORMAT,
      name: architecture.name,
      parameters: theta.length,
      quantiles: [...QUANTILE_LEVELS],
      range: { n: [...n], ceiling: CEILING },
      config,
      training: {
        seed: record.seed,
        steps: record.step,
        distributions: record.seen,
        minutes: Math.round(10 * record.minutes) / 10,
        batch: record.batch,
        optimizer: {
          ...optimizer,
          ...(gentle && { gentle: { share: gentle.share, parameters: gentle.names.length } }),
        },
        schedule: record.schedule,
        validation: record.validation,
        averaged: record.averaged,
      },
      files,
    }),
  };
}

/**
 * Writes weights, graphs and `model.json` into a folder: a model without tables, so without p-values and with intervals
 * that are too wide. The graphs hold no weights: a graph file and the weights file, one after the other, are a whole
 * model (protobuf merges what is concatenated). jax-js must have been started.
 *
 * @param n sample sizes that the network takes, default {@link TRAINED_SIZES}
 * @throws TypeError if infonet cannot run the run's architecture: the message says why
 */
export async function exportModel(
  checkpoint: Checkpoint,
  folder: string,
  n?: readonly [number, number],
): Promise<{ sha256: string; bytes: number }> {
  const { architecture, config, weights, entry, document } = exportable(checkpoint, n);
  await mkdir(folder, { recursive: true });
  await writeModelFile(folder, entry.file, weights);
  const { entries, bytes } = await writeGraphFiles(folder, architecture, config);
  await writeModelDocument(folder, document({ weights: entry, ...entries }));
  // What was measured of other weights goes with them.
  for (const kind of TABLE_KINDS) await rm(join(folder, tableFile(kind)), { force: true });
  return { sha256: entry.sha256, bytes: weights.length + bytes };
}
