/** Browsers: onnxruntime-web (WebAssembly, one thread), model files by fetch. Nothing leaves the machine. */

import type { ReadModelFile } from "../network/manifest.js";
import type { Runtime } from "../network/network.js";
import { fetchBytes } from "./fetch.js";
import { fileAddress, folderAddress } from "./folder.js";
import type { Platform } from "./types.js";

/** Written out file by file, so that bundlers find them and copy them beside the bundle. */
const BUNDLED: Record<string, URL> = {
  "model.json": new URL("../../model/model.json", import.meta.url),
  "weights.onnx": new URL("../../model/weights.onnx", import.meta.url),
  "graph-1.onnx": new URL("../../model/graph-1.onnx", import.meta.url),
  "graph-16.onnx": new URL("../../model/graph-16.onnx", import.meta.url),
  "values-1.onnx": new URL("../../model/values-1.onnx", import.meta.url),
  "values-16.onnx": new URL("../../model/values-16.onnx", import.meta.url),
  "gradient-1.onnx": new URL("../../model/gradient-1.onnx", import.meta.url),
  "gradient-16.onnx": new URL("../../model/gradient-16.onnx", import.meta.url),
  "null.json": new URL("../../model/null.json", import.meta.url),
  "calibration.json": new URL("../../model/calibration.json", import.meta.url),
};

async function loadRuntime(wasm?: string | URL): Promise<Runtime> {
  const ort = await import("onnxruntime-web/wasm");
  // More threads need cross-origin isolation, which most pages do not have.
  ort.env.wasm.numThreads = 1;
  if (wasm !== undefined) ort.env.wasm.wasmPaths = folderOf(wasm).href;
  return {
    Tensor: ort.Tensor as unknown as Runtime["Tensor"],
    open: (model) =>
      ort.InferenceSession.create(model, {
        executionProviders: ["wasm"],
        graphOptimizationLevel: "all",
        logSeverityLevel: 3,
      }) as unknown as ReturnType<Runtime["open"]>,
  };
}

/** A folder given by the user, relative to the page. */
function folderOf(place: string | URL): URL {
  const { location } = globalThis as { location?: { href: string } };
  return folderAddress(place, (address) => new URL(address, location?.href));
}

function modelFiles(folder?: URL): ReadModelFile {
  return async (file, most, signal) => {
    const bundled = Object.hasOwn(BUNDLED, file) ? BUNDLED[file] : new URL(file, BUNDLED["model.json"]);
    return fetchBytes(folder === undefined ? bundled : fileAddress(folder, file), most, signal);
  };
}

/** The browser platform. */
export const platform: Platform = {
  loadRuntime,
  modelFolder: (model) => (model === undefined ? undefined : folderOf(model)),
  modelFiles,
  pause: () => new Promise((resolve) => setTimeout(resolve)),
};
