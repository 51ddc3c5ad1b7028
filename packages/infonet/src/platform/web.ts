/** Browsers: onnxruntime-web (WebAssembly, one thread), model files by fetch. Nothing leaves the machine. */

import { InfoNetError, reasonOf } from "../errors.js";
import type { ReadModelFile } from "../network/manifest.js";
import type { Runtime } from "../network/network.js";
import { bundledBinaries, bundledError, fileOf, PACKAGES_PAGE } from "./bundled.js";
import { fetchBytes } from "./fetch.js";
import { fileAddress, folderAddress } from "./folder.js";
import type { Platform } from "./types.js";

/** The smallest module. A page that may not compile it may compile none. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

async function loadRuntime(wasm?: string | URL): Promise<Runtime> {
  await requireWebAssembly();
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
      }).catch((error: unknown) => {
        throw isOfRuntime(error) ? wasmError(error, ort.env.versions.common) : error;
      }) as unknown as ReturnType<Runtime["open"]>,
  };
}

/** What is used of `WebAssembly`, which the types of Node do not know as a value. */
interface Compiler {
  compile(bytes: Uint8Array): Promise<unknown>;
}

/**
 * Asked before anything else is tried: what ONNX Runtime says later does not tell a page's policy from a wrong model.
 *
 * @throws InfoNetError "runtime" if the page may not compile WebAssembly
 */
async function requireWebAssembly(): Promise<void> {
  try {
    const { WebAssembly } = globalThis as unknown as { WebAssembly: Compiler };
    await WebAssembly.compile(EMPTY_MODULE);
  } catch (error) {
    throw new InfoNetError(
      "runtime",
      `this page may not compile WebAssembly (${reasonOf(error)}); allow 'wasm-unsafe-eval' in the script-src of its Content-Security-Policy, see ${PACKAGES_PAGE}#content-security-policy`,
    );
  }
}

/** Whether ONNX Runtime itself did not start, whatever the model. */
function isOfRuntime(error: unknown): boolean {
  return /no available backend found/i.test(reasonOf(error));
}

function wasmError(error: unknown, version: string): InfoNetError {
  return new InfoNetError(
    "runtime",
    `ONNX Runtime does not start (${reasonOf(error)}); pass \`wasm\`, the folder with ort-wasm-simd-threaded.mjs and ort-wasm-simd-threaded.wasm of onnxruntime-web ${version}, see ${PACKAGES_PAGE}`,
  );
}

/** A folder given by the user, relative to the page. */
function folderOf(place: string | URL): URL {
  const { location } = globalThis as { location?: { href: string } };
  return folderAddress(place, (address) => new URL(address, location?.href));
}

function modelFiles(folder?: URL): ReadModelFile {
  if (folder === undefined) return readBundled;
  return (file, most, signal) => fetchBytes(fileAddress(folder, file), most, signal);
}

const readBundled: ReadModelFile = async (file, most, signal) => {
  const { DOCUMENTS } = await import("./documents.js");
  if (Object.hasOwn(DOCUMENTS, file)) return new TextEncoder().encode(DOCUMENTS[file]);
  try {
    return await fetchBytes(fileOf(bundledBinaries(), file), most, signal);
  } catch (error) {
    if (error instanceof InfoNetError || signal?.aborted) throw error;
    throw bundledError(
      file,
      error,
      "serve the `model` folder of the package and pass its address as `model`",
    );
  }
};

/** The browser platform. */
export const platform: Platform = {
  loadRuntime,
  modelFolder: (model) => (model === undefined ? undefined : folderOf(model)),
  modelFiles,
  pause: () => new Promise((resolve) => setTimeout(resolve)),
};
