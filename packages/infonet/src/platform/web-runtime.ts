/** onnxruntime-web as the network takes it: WebAssembly, one thread a session. */

import type * as OnnxRuntime from "onnxruntime-web/wasm";
import { InfoNetError, reasonOf } from "../errors.js";
import type { Runtime } from "../network/network.js";
import { PACKAGES_PAGE } from "./bundled.js";

/** The smallest module. A page that may not compile it may compile none. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** @param wasm address of the folder of its WebAssembly files; by default beside its script */
export function webRuntime(ort: typeof OnnxRuntime, wasm?: string): Runtime {
  // More threads need cross-origin isolation, which most pages do not have.
  ort.env.wasm.numThreads = 1;
  if (wasm !== undefined) ort.env.wasm.wasmPaths = wasm;
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
export async function requireWebAssembly(): Promise<void> {
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
