/** What `model.json` says of a model: its files with their hashes, its sizes and how it was trained. */

import { InfoNetError } from "../errors.js";

/** A file of the model. */
export interface ModelFile {
  file: string;
  sha256: string;
}

/** A graph for a number of samples. */
export interface GraphFile extends ModelFile {
  batch: number;
}

/** The parts of `model.json` that are needed to run it. */
export interface Manifest {
  format: 1;
  name: string;
  parameters: number;
  /** Levels of the quantiles of √MI, ascending, 0.5 among them. */
  quantiles: number[];
  /** Where the model was trained: sample sizes, and the largest MI it can tell (nats). */
  range: { n: [number, number]; ceiling: number };
  files: {
    weights: ModelFile;
    /** Graphs of the quantiles and the critic. */
    graphs: GraphFile[];
    /** Graphs of the quantiles alone, which take less time. */
    values: GraphFile[];
    /** Graphs of the median and its derivatives by the features; absent from models of before there were any. */
    gradients?: GraphFile[];
    /** Quantiles of the estimate under independence; absent until they are tabulated. */
    null?: ModelFile;
    /** Factors that make the interval hold nine in ten truths; absent until they are fitted. */
    calibration?: ModelFile;
  };
}

/** Reads the bytes of a file of the model by its name. */
export type ReadModelFile = (file: string) => Promise<Uint8Array>;

/**
 * Reads and checks `model.json`.
 *
 * @throws InfoNetError "model" if it is missing, not JSON, of another format or incomplete
 */
export async function readManifest(read: ReadModelFile): Promise<Manifest> {
  const text = new TextDecoder().decode(await readOrExplain(read, "model.json"));
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(text) as Partial<Manifest>;
  } catch {
    throw new InfoNetError(
      "model",
      "model.json is not JSON; point `model` at the folder of a released model.",
    );
  }
  if (manifest.format !== 1) {
    throw new InfoNetError(
      "model",
      `model.json has format ${JSON.stringify(manifest.format)}; this version of infonet reads format 1.`,
    );
  }
  const whole =
    Array.isArray(manifest.quantiles) &&
    manifest.quantiles.includes(0.5) &&
    manifest.range !== undefined &&
    manifest.files?.weights !== undefined &&
    (manifest.files.graphs?.length ?? 0) > 0;
  if (!whole) {
    throw new InfoNetError(
      "model",
      "model.json is incomplete; export the model again with `npm run export`.",
    );
  }
  if ((manifest.files?.values?.length ?? 0) === 0) {
    throw new InfoNetError(
      "model",
      "model.json names no graphs of values; add them with `npm run graphs`, or use a model that has them.",
    );
  }
  return manifest as Manifest;
}

/**
 * Reads a file of the model and checks it against its hash.
 *
 * @throws InfoNetError "model" if it is missing or differs
 */
export async function readChecked(read: ReadModelFile, { file, sha256 }: ModelFile): Promise<Uint8Array> {
  const bytes = await readOrExplain(read, file);
  // Pages served without TLS have no Web Crypto; there the transport protects nothing either.
  if (globalThis.crypto?.subtle === undefined) return bytes;
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  const actual = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (actual !== sha256) {
    throw new InfoNetError(
      "model",
      `${file} has SHA-256 ${actual.slice(0, 12)}…, model.json says ${sha256.slice(0, 12)}…; install the package again.`,
    );
  }
  return bytes;
}

async function readOrExplain(read: ReadModelFile, file: string): Promise<Uint8Array> {
  try {
    return await read(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InfoNetError(
      "model",
      `${file} of the model cannot be read (${reason}); check the \`model\` option.`,
    );
  }
}
