/** From a checkpoint to a whole model: export, graphs, calibration, heads, null table. */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest, ModelFile } from "infonet/internal/release";
import type { Checkpoint } from "../loop/checkpoint.js";
import { writeModelDocument } from "../model/document.js";
import { writeModelFile } from "../model/files.js";
import { QUANTILE_LEVELS } from "../network/trunk.js";
import { openLog } from "./append-log.js";
import { type CalibrationPiece, calibrationTable } from "./calibration-draws.js";
import { earlierTables } from "./earlier-tables.js";
import { exportable } from "./export-model.js";
import { writeGraphFiles } from "./graph-files.js";
import { makeNetworkHead, type NetworkHeadKind } from "./network-head.js";
import { describeRow, LEAST_NULL_DRAWS, type NullRow } from "./null-statistics.js";
import { nullTable } from "./null-table.js";
import { openQuantileModel, type QuantileParts } from "./quantile-model.js";
import {
  holds,
  installRelease,
  isInstalled,
  openRelease,
  type ReleaseFolder,
  type ReleaseSettings,
  type ReleaseState,
  releaseFolder,
  saveRelease,
} from "./release-folder.js";
import { writeTable } from "./tables.js";

/** The steps of a release, in order. */
export const RELEASE_STEPS = ["export", "graphs", "calibration", "levels", "rows", "null table"] as const;

/** A step of a release. */
export type ReleaseStep = (typeof RELEASE_STEPS)[number];

/** Options of {@link releaseModel}. */
export interface ReleaseOptions extends Pick<ReleaseSettings, "calibration" | "heads" | "null"> {
  /** Worker threads that generate draws for the calibration, 0 for the calling thread. */
  workers: number;
  /** Threads of the null table, 0 for the calling one. */
  threads: number;
  /** A `counts.json` that the model gets as well; it does not depend on the weights. */
  counts?: string;
  /** Folder of an earlier model, whose tables are taken where they hold for the run: see {@link earlierTables}. */
  earlier?: string;
  /** Ends the work; the same call goes on where it was. */
  signal?: AbortSignal;
  /** Is told how far the work is, a line at a time. */
  tell?: (line: string) => void;
  /** Is called after every step that was done, not for those found done. */
  onStep?: (step: ReleaseStep) => void;
}

/** A finished release. */
export interface Release {
  /** SHA-256 of the weights. */
  weights: string;
  /** The files of the model. */
  files: Manifest["files"];
}

/**
 * Makes a whole model of a run: weights, graphs, calibration of the interval, heads that correct it, null distribution of the
 * test, and model.json. Interrupted at any moment and called again with the same checkpoint and settings it goes on where it was,
 * and ends with the same bytes. The folder gets the model as a whole, in the place of an earlier one; until then it is as
 * it was. One release at a time. jax-js must have been started.
 *
 * @param out the folder that the model is for
 * @throws TypeError if infonet cannot run the run's architecture: the message says why
 * @throws RangeError if there are too few permutations for the null table
 * @throws Error if an unfinished release with other settings is there, or files that a release would delete
 * @throws the signal's reason if it is aborted
 */
export async function releaseModel(
  checkpoint: Checkpoint,
  out: string,
  options: ReleaseOptions,
): Promise<Release> {
  if (options.null.draws < LEAST_NULL_DRAWS) {
    throw new RangeError(
      `the null table has ${options.null.draws} draws; its rarest probability needs ${LEAST_NULL_DRAWS} at least`,
    );
  }
  const source = exportable(checkpoint);
  const weights = source.entry.sha256;
  const folder = releaseFolder(out);
  const { calibration, heads, null: nullSettings } = options;
  const settings = { weights, calibration, heads, null: nullSettings };
  const state = await openRelease(folder, settings);
  const { tell = () => {}, signal } = options;
  if (await isInstalled(folder, state)) {
    await rm(folder.partial, { recursive: true });
    return { weights, files: state.files as Manifest["files"] };
  }
  await mkdir(folder.model, { recursive: true });

  if (options.counts !== undefined && state.files.counts === undefined) {
    const head: unknown = JSON.parse(await readFile(options.counts, "utf8"));
    state.files.counts = await writeTable(folder.model, "counts", head as object);
    await saveRelease(folder, state);
  }
  const carry = options.earlier === undefined ? undefined : await earlierTables(options.earlier, checkpoint);
  const work: Record<ReleaseStep, () => Promise<Partial<Manifest["files"]>>> = {
    export: async () => ({
      weights: await writeModelFile(folder.model, source.entry.file, source.weights),
    }),
    graphs: async () => (await writeGraphFiles(folder.model, source.architecture, source.config)).entries,
    calibration: async () => ({
      calibration:
        (await carry?.(folder.model, "calibration", weights)) ?? (await calibrate(folder, state, options)),
    }),
    levels: async () => ({
      levels:
        (await carry?.(folder.model, "levels", weights)) ?? (await correct("levels", folder, state, options)),
    }),
    rows: async () => ({
      rows: (await carry?.(folder.model, "rows", weights)) ?? (await correct("rows", folder, state, options)),
    }),
    "null table": async () => ({
      null: (await carry?.(folder.model, "null", weights)) ?? (await tabulate(folder, state, options)),
    }),
  };
  if (carry !== undefined)
    tell(`estimates are those of ${options.earlier}, to the last bit: its tables are kept`);
  for (const [k, step] of RELEASE_STEPS.entries()) {
    signal?.throwIfAborted();
    const title = `${k + 1} of ${RELEASE_STEPS.length}, ${step}`;
    if (await isDone(folder, state, step)) {
      tell(`${title}: done before`);
      continue;
    }
    tell(title);
    state.files = { ...state.files, ...(await work[step]()) };
    await saveRelease(folder, state);
    options.onStep?.(step);
  }
  signal?.throwIfAborted();
  const files = state.files as Manifest["files"];
  await writeModelDocument(folder.model, source.document(files));
  await installRelease(folder);
  return { weights, files };
}

/** What model.json calls the files of a step. */
const FILES: Record<ReleaseStep, readonly (keyof Manifest["files"])[]> = {
  export: ["weights"],
  graphs: ["values", "densities", "gradients"],
  calibration: ["calibration"],
  levels: ["levels"],
  rows: ["rows"],
  "null table": ["null"],
};

/** Whether a step was finished before, and its files are as it left them. */
function isDone({ model }: ReleaseFolder, { files }: ReleaseState, step: ReleaseStep): Promise<boolean> {
  const entries = FILES[step].map((key) => files[key]);
  if (entries.includes(undefined)) return Promise.resolve(false);
  return holds(model, entries.flat() as ModelFile[]);
}

/** The parts of model.json that the measuring steps need. */
function partsOf({ files }: ReleaseState): QuantileParts {
  return { quantiles: [...QUANTILE_LEVELS], files: files as QuantileParts["files"] };
}

async function calibrate(
  { model: folder, partial }: ReleaseFolder,
  state: ReleaseState,
  { calibration, workers, signal, tell }: ReleaseOptions,
): Promise<ModelFile> {
  const model = await openQuantileModel(folder, partsOf(state));
  try {
    const table = await calibrationTable(model, {
      ...calibration,
      workers,
      signal,
      log: openLog<CalibrationPiece>(join(partial, "calibration.jsonl")),
      onProgress: (done, total) => tell?.(`calibration: ${done} of ${total} draws`),
    });
    return await writeTable(folder, "calibration", table);
  } finally {
    await model.close();
  }
}

async function correct(
  kind: NetworkHeadKind,
  { model: folder }: ReleaseFolder,
  state: ReleaseState,
  { heads, signal, tell }: ReleaseOptions,
): Promise<ModelFile> {
  const model = await openQuantileModel(folder, partsOf(state));
  try {
    return await writeTable(folder, kind, await makeNetworkHead(kind, model, { ...heads, signal, tell }));
  } finally {
    await model.close();
  }
}

async function tabulate(
  { model: folder, partial }: ReleaseFolder,
  state: ReleaseState,
  { null: settings, threads, signal, tell }: ReleaseOptions,
): Promise<ModelFile> {
  const table = await nullTable(folder, {
    ...settings,
    threads,
    parts: partsOf(state),
    signal,
    log: openLog<NullRow>(join(partial, "null.jsonl")),
    onRow: (row, done, total) => tell?.(`null table: ${describeRow(row)}  (${done} of ${total} sizes)`),
  });
  return writeTable(folder, "null", table);
}
