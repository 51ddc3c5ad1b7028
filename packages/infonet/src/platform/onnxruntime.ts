/**
 * onnxruntime-node with its telemetry switched off, for programs that run graphs of their own beside infonet. Node only.
 *
 * @packageDocumentation
 */

import type * as ort from "onnxruntime-node";
import { switchOffTelemetry } from "./telemetry.js";

/** What onnxruntime-node exports. */
export type OnnxRuntime = typeof ort;

/**
 * Loads onnxruntime-node, which after that sends nothing and leaves no files behind. Who wants its telemetry all the
 * same sets `ORT_DISABLE_TELEMETRY` in the environment.
 *
 * @throws InfoNetError "telemetry" in a worker thread whose main thread cannot be reached to switch it off
 */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  await switchOffTelemetry();
  return import("onnxruntime-node");
}
