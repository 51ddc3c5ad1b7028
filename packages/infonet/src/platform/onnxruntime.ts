/**
 * onnxruntime-node with its telemetry switched off, for programs that run graphs of their own beside infonet. Node only.
 *
 * @packageDocumentation
 */

import { env } from "onnxruntime-common";
import type * as ort from "onnxruntime-node";
import { InfoNetError, reasonOf } from "../errors.js";
import { PACKAGES_PAGE } from "./bundled.js";
import { switchOffTelemetry } from "./telemetry.js";

/** What onnxruntime-node exports. */
export type OnnxRuntime = typeof ort;

/**
 * Loads onnxruntime-node, which after that sends nothing and leaves no files behind. Who wants its telemetry all the
 * same sets `ORT_DISABLE_TELEMETRY` in the environment.
 *
 * @throws InfoNetError "telemetry" in a worker thread whose main thread cannot be reached to switch it off; "runtime" if
 *   onnxruntime-node is not installed, or does not run here
 */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  await switchOffTelemetry();
  try {
    return await import("onnxruntime-node");
  } catch (error) {
    throw runtimeError(error);
  }
}

/** What to say where onnxruntime-node cannot be loaded. It is an optional dependency: pages do without it. */
export function runtimeError(error: unknown): InfoNetError {
  const missing =
    error instanceof Error &&
    /^(ERR_)?MODULE_NOT_FOUND$/.test(String((error as NodeJS.ErrnoException).code)) &&
    /'onnxruntime-node'/.test(error.message);
  if (missing) {
    return new InfoNetError(
      "runtime",
      `onnxruntime-node is not installed, which runs the network in Node; npm i onnxruntime-node@${env.versions.common} --ignore-scripts`,
    );
  }
  return new InfoNetError(
    "runtime",
    `onnxruntime-node cannot be loaded (${reasonOf(error)}); it runs on Linux, macOS and Windows, outside of bundles, see ${PACKAGES_PAGE}`,
  );
}
