/** Node: onnxruntime-node, model files from disk, worker threads. */

import { readFile, stat } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { InferenceSession } from "onnxruntime-common";
import { InfoNetError, reasonOf } from "../errors.js";
import type { ReadModelFile } from "../network/manifest.js";
import type { Runtime } from "../network/network.js";
import { bundledError, bundledLargeFiles, fileOf, PACKAGES_PAGE } from "./bundled.js";
import { fetchBytes, tooLarge, type WatchBytes } from "./fetch.js";
import { fileAddress, folderAddress } from "./folder.js";
import { loadOnnxRuntime } from "./onnxruntime.js";
import type { Platform } from "./types.js";

/** The files of the bundled model; the same distance from src/platform and dist/platform. */
function bundledFiles(): Record<string, URL> {
  return {
    ...bundledLargeFiles(),
    "model.json": new URL("../../model/model.json", import.meta.url),
    "null.json": new URL("../../model/null.json", import.meta.url),
    "calibration.json": new URL("../../model/calibration.json", import.meta.url),
    "counts.json": new URL("../../model/counts.json", import.meta.url),
  };
}

/** This module where the package has it; elsewhere a bundler has put it. */
const IN_PLACE = /\/(src|dist)\/platform\/node\.[jt]s$/;

async function loadRuntime(): Promise<Runtime> {
  const ort = await loadOnnxRuntime();
  return {
    Tensor: ort.Tensor as unknown as Runtime["Tensor"],
    async open(model) {
      const session = await ort.InferenceSession.create(model, {
        executionProviders: ["cpu"],
        graphOptimizationLevel: "all",
        // One thread a session; many pairs run in several sessions. Threads that wait by spinning halve the
        // speed of everything else on a busy machine.
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        logSeverityLevel: 3,
        extra: { session: { intra_op: { allow_spinning: "0" } } },
      });
      return {
        run: (feeds: InferenceSession.FeedsType) =>
          session.run(feeds).catch((error: unknown) => {
            throw isOfAnotherRealm(error) ? realmError() : error;
          }),
        release: () => session.release(),
      } as unknown as InferenceSession;
    },
  };
}

/** What ONNX Runtime says where its native code makes other arrays than the program: in test environments. */
function isOfAnotherRealm(error: unknown): boolean {
  return /float32 tensor.s data must be type of/.test(reasonOf(error));
}

function realmError(): InfoNetError {
  return new InfoNetError(
    "runtime",
    `Float32Array is not Node's own here, as in the environments of Jest and jsdom, and ONNX Runtime's results do not fit; run these tests in Node's environment, see ${PACKAGES_PAGE}#jest-vitest-jsdom`,
  );
}

/** A letter and a colon begin a path of Windows, more letters an address. */
const ADDRESS = /^[a-z][a-z0-9+.-]+:/i;

function modelFolder(model: string | URL | undefined): URL | undefined {
  if (model === undefined) return undefined;
  return folderAddress(model, (place) => (ADDRESS.test(place) ? new URL(place) : pathToFileURL(place)));
}

function modelFiles(folder?: URL, watch?: WatchBytes): ReadModelFile {
  if (folder === undefined) return (file, most, signal) => readBundled(file, most, signal, watch);
  return async (file, most, signal) => {
    const url = fileAddress(folder, file);
    const read = url.protocol === "file:" ? readBytes : fetchBytes;
    return read(url, most, signal, watch);
  };
}

async function readBundled(
  file: string,
  most: number,
  signal?: AbortSignal,
  watch?: WatchBytes,
): Promise<Uint8Array> {
  try {
    return await readBytes(fileOf(bundledFiles(), file), most, signal, watch);
  } catch (error) {
    if (error instanceof InfoNetError || signal?.aborted) throw error;
    throw bundledError(
      file,
      error,
      IN_PLACE.test(import.meta.url ?? "")
        ? "install the package again"
        : "infonet was bundled: keep it external (esbuild `external`, webpack `externals`, Vite `ssr.external`, Next.js `serverExternalPackages`), or pass its `model` folder",
    );
  }
}

async function readBytes(
  url: URL,
  most: number,
  signal?: AbortSignal,
  watch?: WatchBytes,
): Promise<Uint8Array> {
  // Asked before it is opened: a pipe would be waited for, a device has no end.
  const found = await stat(url);
  if (!found.isFile())
    throw new Error(`${fileURLToPath(url)} is ${found.isDirectory() ? "a folder" : "no file"}`);
  if (found.size > most) throw tooLarge(fileURLToPath(url), most);
  watch?.expect(found.size);
  const bytes = await readFile(url, { signal });
  watch?.count(bytes.length);
  return bytes;
}

/** The Node platform. */
export const platform: Platform = {
  loadRuntime,
  modelFolder,
  modelFiles,
  async openThreads(options) {
    const { WorkerPool } = await import("./pool.js");
    return new WorkerPool(options);
  },
  pause: () => new Promise((resolve) => setImmediate(resolve)),
};
