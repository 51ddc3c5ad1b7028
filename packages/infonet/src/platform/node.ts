/** Node: onnxruntime-node, model files from disk, worker threads. */

import { readFile, stat } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { ReadModelFile } from "../network/manifest.js";
import type { Runtime } from "../network/network.js";
import { fetchBytes, tooLarge } from "./fetch.js";
import { fileAddress, folderAddress } from "./folder.js";
import { loadOnnxRuntime } from "./onnxruntime.js";
import type { Platform } from "./types.js";

/** The folder of the bundled model; the same distance from src/platform and dist/platform. */
const BUNDLED = new URL("../../model/", import.meta.url);

async function loadRuntime(): Promise<Runtime> {
  const ort = await loadOnnxRuntime();
  return {
    Tensor: ort.Tensor as unknown as Runtime["Tensor"],
    open: (model) =>
      ort.InferenceSession.create(model, {
        executionProviders: ["cpu"],
        graphOptimizationLevel: "all",
        // One thread a session; many pairs run in several sessions. Threads that wait by spinning halve the
        // speed of everything else on a busy machine.
        intraOpNumThreads: 1,
        interOpNumThreads: 1,
        logSeverityLevel: 3,
        extra: { session: { intra_op: { allow_spinning: "0" } } },
      }) as unknown as ReturnType<Runtime["open"]>,
  };
}

/** A letter and a colon begin a path of Windows, more letters an address. */
const ADDRESS = /^[a-z][a-z0-9+.-]+:/i;

function modelFolder(model: string | URL | undefined): URL {
  if (model === undefined) return BUNDLED;
  return folderAddress(model, (place) => (ADDRESS.test(place) ? new URL(place) : pathToFileURL(place)));
}

function modelFiles(folder: URL = BUNDLED): ReadModelFile {
  return async (file, most, signal) => {
    const url = fileAddress(folder, file);
    return url.protocol === "file:" ? readBytes(url, most, signal) : fetchBytes(url, most, signal);
  };
}

async function readBytes(url: URL, most: number, signal?: AbortSignal): Promise<Uint8Array> {
  // Asked before it is opened: a pipe would be waited for, a device has no end.
  const found = await stat(url);
  if (!found.isFile())
    throw new Error(`${fileURLToPath(url)} is ${found.isDirectory() ? "a folder" : "no file"}`);
  if (found.size > most) throw tooLarge(fileURLToPath(url), most);
  return readFile(url, { signal });
}

/** The Node platform. */
export const platform: Platform = {
  loadRuntime,
  modelFolder,
  modelFiles,
  async openThreads(options) {
    const { WorkerPool } = await import("./pool.js");
    return new WorkerPool({ ...options, model: options.model ?? BUNDLED });
  },
  pause: () => new Promise((resolve) => setImmediate(resolve)),
};
