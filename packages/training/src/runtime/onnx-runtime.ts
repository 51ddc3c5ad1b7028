/** ONNX Runtime sessions for training: one place for their options. */
import { loadOnnxRuntime } from "infonet/onnxruntime";
import type * as Ort from "onnxruntime-node";

const ort = await loadOnnxRuntime();

/**
 * Opens a graph on the CPU. Spinning is off: a thread that waits for work by spinning halves the speed of
 * everything else on a busy machine.
 */
export function openSession(bytes: Uint8Array, threads = 1): Promise<Ort.InferenceSession> {
  return ort.InferenceSession.create(bytes, {
    executionProviders: ["cpu"],
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
}

/** A float tensor over existing memory. */
export function tensor(data: Float32Array, shape: readonly number[]): Ort.Tensor {
  return new ort.Tensor("float32", data, shape);
}

/** A scalar. */
export function scalar(value: number): Ort.Tensor {
  return new ort.Tensor("float32", Float32Array.of(value), []);
}

/** The float data of an output. Throws if it is of another type. */
export function floats(value: Ort.OnnxValue): Float32Array {
  if (!(value.data instanceof Float32Array)) throw new Error(`output is ${value.type}, expected float32`);
  return value.data;
}
