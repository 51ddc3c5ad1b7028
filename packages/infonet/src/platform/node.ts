/** Node: onnxruntime-node, model files from disk, worker threads. */

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { ReadModelFile } from "../network/manifest.js";
import type { Runtime } from "../network/network.js";
import type { BatchRunner } from "../network/runner.js";
import { fetchBytes } from "./fetch.js";
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

function folderOf(model: string | URL | undefined): URL {
  if (model === undefined) return BUNDLED;
  const url =
    model instanceof URL ? model : /^[a-z][a-z+.-]+:/i.test(model) ? new URL(model) : pathToFileURL(model);
  return url.pathname.endsWith("/") ? url : new URL(`${url.href}/`);
}

function modelFiles(model?: string | URL): ReadModelFile {
  const folder = folderOf(model);
  return async (file) => {
    const url = new URL(file, folder);
    return url.protocol === "file:" ? readFile(url) : fetchBytes(url);
  };
}

async function openPool(threads: number, model?: string | URL): Promise<BatchRunner> {
  const { Piscina } = await import("piscina");
  const pool = new Piscina({
    filename: new URL("./worker.js", import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: Number.POSITIVE_INFINITY,
    // The next batch lies with the worker while it works on one: fetched only then, it would keep the worker waiting
    // for a main thread that has no core of its own.
    concurrentTasksPerWorker: 2,
    workerData: { model: folderOf(model).href },
  });
  return {
    parallel: threads,
    run(perms) {
      const sizes = perms.map((perm) => perm.length);
      const points = new Uint32Array(sizes.reduce((sum, size) => sum + size, 0));
      let at = 0;
      for (const perm of perms) {
        points.set(perm, at);
        at += perm.length;
      }
      return pool.run({ points, sizes }, { transferList: [points.buffer] }) as Promise<Float32Array>;
    },
    close: () => pool.destroy(),
  };
}

/** The Node platform. */
export const platform: Platform = {
  loadRuntime,
  modelFiles,
  openPool,
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
};
