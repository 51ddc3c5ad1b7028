/**
 * `model.json` as the training writes it: what the library reads, by the library's own type and check, and beside it what
 * only the training reads.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkManifest, type Manifest } from "infonet/internal/release";
import type { NetworkConfig } from "../architecture/index.js";
import type { AdamWConfig } from "../optimize/adamw.js";
import type { ScheduleConfig } from "../optimize/schedule.js";
import { writeModelFile } from "./files.js";

/** Name of the file. */
export const MODEL_FILE = "model.json";

/** Format that is written. */
export const FORMAT = 2;
/** Earlier formats, whose graphs the library does not run, but whose weights are named alike. */
const EARLIER_FORMATS: readonly unknown[] = [1];

/** How the weights came about. Absent where it is not known, as of a mean of runs the validation. */
export interface TrainingRecord {
  seed: number;
  /** Steps of the optimiser, and distributions seen. */
  steps: number;
  distributions: number;
  minutes: number;
  /** Distributions a step. */
  batch: number;
  /** Of parameters that learnt at a share of the rate their number. */
  optimizer: Omit<AdamWConfig, "gentle"> & { gentle?: { share: number; parameters: number } };
  schedule: ScheduleConfig;
  /** The last evaluation on the validation set; empty for a mean of runs. */
  validation: Record<string, number>;
  /** Runs whose mean the weights are, where there are several. */
  averaged?: number;
}

/** What the training adds to the library's part. */
export interface TrainedModel {
  /** Sizes of the network. */
  config: NetworkConfig;
  training: TrainingRecord;
}

/** The whole of model.json. Its `name` is that of the architecture. */
export type ModelDocument = Manifest & TrainedModel;

/**
 * Writes model.json.
 *
 * @throws InfoNetError "model" if the library would refuse it; nothing is written then
 */
export async function writeModelDocument(folder: string, document: ModelDocument): Promise<void> {
  checkManifest(document);
  await writeModelFile(folder, MODEL_FILE, `${JSON.stringify(document, null, 2)}\n`);
}

/**
 * Reads model.json for its weights and sizes, of an earlier format too.
 *
 * @throws Error if model.json is missing, is not JSON, or holds nothing of a training
 * @throws InfoNetError "model" if the library would refuse it, whatever its format
 */
export async function readTrainedModel(folder: string): Promise<ModelDocument> {
  const model = await readAnyDocument(folder);
  checkManifest(EARLIER_FORMATS.includes(model.format) ? inThisFormat(model) : model);
  return withTraining(folder, model) as ModelDocument;
}

/**
 * Reads the sizes of a model, and the name of its architecture. The library's part may be incomplete: it is not looked at.
 *
 * @throws Error if model.json is missing, is not JSON, or holds nothing of a training
 */
export async function readSizes(folder: string): Promise<TrainedModel & Pick<Manifest, "name">> {
  return withTraining(folder, await readAnyDocument(folder));
}

/** A document of an earlier format as if it were one of this: its graphs of everything stand where those of densities are. */
function inThisFormat({ files, ...model }: Record<string, unknown>): Record<string, unknown> {
  if (!isObject(files)) return { ...model, files, format: FORMAT };
  const { graphs, ...others } = files as Record<string, unknown>;
  return { ...model, files: { ...others, densities: graphs }, format: FORMAT };
}

function withTraining(folder: string, model: Record<string, unknown>): TrainedModel & Pick<Manifest, "name"> {
  const { config, training } = model;
  if (!isObject(config) || !isObject(training)) {
    throw new Error(
      `${join(folder, MODEL_FILE)} has no ${isObject(config) ? "training" : "config"}; export the run again`,
    );
  }
  return model as unknown as TrainedModel & Pick<Manifest, "name">;
}

/**
 * Names files in model.json, in the place of what it named there before.
 *
 * @throws InfoNetError "model" if the library would refuse the result; nothing is written then
 */
export async function enterFiles(folder: string, entries: Partial<Manifest["files"]>): Promise<void> {
  // Read only now: another command may have entered its own meanwhile.
  const model = await readAnyDocument(folder);
  const files = isObject(model.files) ? model.files : {};
  await writeModelDocument(folder, { ...model, files: { ...files, ...entries } } as unknown as ModelDocument);
}

async function readAnyDocument(folder: string): Promise<Record<string, unknown>> {
  const path = join(folder, MODEL_FILE);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`;
    throw new Error(`${path} ${reason}; give the folder of an exported model`);
  });
  try {
    const model: unknown = JSON.parse(text);
    if (isObject(model)) return model;
  } catch {
    // Told below.
  }
  throw new Error(`${path} is not a JSON object; export the run again`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
