/**
 * Where a release is made: a folder beside the one that it is for. The library finds no model there, nor in the folder
 * itself anything but the earlier model, until all of the new one is written; then it takes the place of the earlier one.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import {
  type Manifest,
  MOST_BYTES,
  type ModelFile,
  readChecked,
  readManifest,
} from "infonet/internal/release";
import { MODEL_FILE } from "../model/document.js";
import { writeModelFile } from "../model/files.js";
import { TABLE_KINDS, tableFile } from "./tables.js";

const STATE_FILE = "release.json";

/** What decides the bytes of a release, beside the code. */
export interface ReleaseSettings {
  /** SHA-256 of the weights. */
  weights: string;
  calibration: { draws: number; seed: number };
  heads: { draws?: number; calibrationDraws?: number; epochs?: number; seed: number };
  null: { draws: number; seed: number; sizes?: readonly number[] };
}

/** What is done of a release. */
export interface ReleaseState {
  settings: ReleaseSettings;
  /** Entries of the finished files, as model.json will have them. */
  files: Partial<Manifest["files"]>;
}

/** Paths of a release that is being made. */
export interface ReleaseFolder {
  /** The folder that the release is for. */
  out: string;
  /** All of what follows. */
  partial: string;
  /** The files of the model. */
  model: string;
  /** The earlier model, while it is replaced. */
  replaced: string;
}

/** The paths for a folder. */
export function releaseFolder(out: string): ReleaseFolder {
  const partial = `${resolve(out)}.partial`;
  return { out: resolve(out), partial, model: join(partial, "model"), replaced: join(partial, "replaced") };
}

/**
 * Begins a release, or takes up one that was interrupted.
 *
 * @throws Error if one with other settings is there, or files that a release would delete
 */
export async function openRelease(folder: ReleaseFolder, settings: ReleaseSettings): Promise<ReleaseState> {
  await refuseForeignFiles(folder.out);
  const path = join(folder.partial, STATE_FILE);
  if (existsSync(path)) {
    const state = JSON.parse(await readFile(path, "utf8")) as ReleaseState;
    const difference = differenceOf(state.settings, settings);
    if (difference !== undefined) {
      throw new Error(
        `${folder.partial} holds an unfinished release with ${difference}; finish that one with its own settings, or remove the folder`,
      );
    }
    return state;
  }
  const others = existsSync(folder.partial)
    ? (await readdir(folder.partial)).filter((name) => !name.startsWith(STATE_FILE))
    : [];
  if (others.length > 0) {
    throw new Error(
      `${folder.partial} holds ${others[0]} but no ${STATE_FILE}: it is no unfinished release; remove or rename the folder`,
    );
  }
  await mkdir(folder.model, { recursive: true });
  const state: ReleaseState = { settings, files: {} };
  await saveRelease(folder, state);
  return state;
}

/** Notes what is done. */
export async function saveRelease({ partial }: ReleaseFolder, state: ReleaseState): Promise<void> {
  await writeModelFile(partial, STATE_FILE, `${JSON.stringify(state, null, 2)}\n`);
}

/** Whether files are there as their entries say. */
export async function holds(folder: string, entries: Iterable<ModelFile>): Promise<boolean> {
  try {
    for (const entry of entries) await readChecked(readerOf(folder), entry, MOST_BYTES.weights);
    return true;
  } catch {
    return false;
  }
}

/** Whether the folder that the release is for holds this very model already. */
export async function isInstalled({ out, model }: ReleaseFolder, { files }: ReleaseState): Promise<boolean> {
  const { calibration, levels, rows, null: table } = files;
  if (existsSync(model) || [calibration, levels, rows, table].includes(undefined)) return false;
  const installed = await readManifest(readerOf(out)).catch(() => undefined);
  if (installed === undefined) return false;
  const hashes = (whole: Manifest["files"]): string =>
    entriesOf(whole)
      .map(({ file, sha256 }) => `${file} ${sha256}`)
      .sort()
      .join();
  return (
    hashes(installed.files) === hashes(files as Manifest["files"]) &&
    (await holds(out, entriesOf(installed.files)))
  );
}

/** All entries of model.json. */
export function entriesOf({
  weights,
  values,
  densities,
  gradients,
  ...tables
}: Manifest["files"]): ModelFile[] {
  return [weights, ...values, ...densities, ...(gradients ?? []), ...Object.values(tables)];
}

/**
 * Puts a whole model where the earlier one was, and removes what the release was made with. The model is checked before
 * that, as the library will check it.
 */
export async function installRelease(folder: ReleaseFolder): Promise<void> {
  const { out, model, replaced, partial } = folder;
  const { files } = await readManifest(readerOf(model));
  const entries = entriesOf(files);
  for (const entry of entries) await readChecked(readerOf(model), entry, MOST_BYTES.weights);
  const named = new Set([MODEL_FILE, ...entries.map(({ file }) => file)]);
  for (const file of await readdir(model)) {
    if (!named.has(file)) await rm(join(model, file), { recursive: true });
  }
  if (existsSync(out)) {
    await rm(replaced, { recursive: true, force: true });
    await rename(out, replaced);
  }
  await rename(model, out);
  await rm(partial, { recursive: true });
}

const readerOf =
  (folder: string) =>
  (file: string): Promise<Buffer> =>
    readFile(join(folder, file));

/** The folder is replaced as a whole: whatever else lies in it would be lost. */
async function refuseForeignFiles(out: string): Promise<void> {
  if (!existsSync(out)) return;
  const known = new Set([MODEL_FILE, ...TABLE_KINDS.map(tableFile)]);
  const foreign = (await readdir(out)).find((name) => !known.has(name) && !name.endsWith(".onnx"));
  if (foreign === undefined) return;
  throw new Error(`${out} holds ${foreign}, which is no file of a model; give a folder of the model's own`);
}

/** Settings in which an unfinished release differs, in words. */
function differenceOf(there: ReleaseSettings, asked: ReleaseSettings): string | undefined {
  if (there.weights !== asked.weights) {
    return `other weights, ${there.weights.slice(0, 12)}… for ${asked.weights.slice(0, 12)}…`;
  }
  const names = { calibration: "calibration table", heads: "heads", null: "null table" } as const;
  for (const step of ["calibration", "heads", "null"] as const) {
    const [before, now] = [there[step], asked[step]].map((value) => JSON.stringify(value));
    if (before !== now) return `other settings of the ${names[step]}, ${before} for ${now}`;
  }
  return undefined;
}
