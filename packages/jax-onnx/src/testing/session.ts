import type * as Ort from "onnxruntime-node";
import type { CompiledModel } from "../compile.js";

// Before ONNX Runtime is loaded: it would report its use to its makers.
process.env.ORT_DISABLE_TELEMETRY ??= "1";
const ort = await import("onnxruntime-node");

/** One thread, no spinning: the settings that a busy machine needs. */
export const sessionOptions: Ort.InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  graphOptimizationLevel: "all",
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: "0" } } },
};

export type Feeds = Record<string, Ort.Tensor>;

export async function openSession(
  bytes: Uint8Array,
  options: Ort.InferenceSession.SessionOptions = {},
): Promise<Ort.InferenceSession> {
  return ort.InferenceSession.create(bytes, { ...sessionOptions, ...options });
}

/** A tensor of a jax-js element type from plain numbers. */
export function tensor(dtype: string, data: ArrayLike<number>, shape: readonly number[]): Ort.Tensor {
  switch (dtype) {
    case "float32":
      return new ort.Tensor("float32", Float32Array.from(data), shape);
    case "float64":
      return new ort.Tensor("float64", Float64Array.from(data), shape);
    case "int32":
      return new ort.Tensor("int32", Int32Array.from(data), shape);
    case "uint32":
      return new ort.Tensor("uint32", Uint32Array.from(data), shape);
    case "bool":
      return new ort.Tensor("bool", Uint8Array.from(data), shape);
    default:
      throw new Error(`no tensor of ${dtype}`);
  }
}

/** Runs a model once on plain numbers (in the order of its inputs) and returns plain numbers. */
export async function runModel(
  model: CompiledModel,
  args: readonly ArrayLike<number>[],
  bytes: Uint8Array = model.bytes,
): Promise<{ shape: readonly number[]; dtype: string; data: number[] }[]> {
  const session = await openSession(bytes);
  try {
    const feeds: Feeds = {};
    model.inputs.forEach((spec, i) => {
      // An input that nothing reads is still declared and must be fed.
      feeds[spec.name] = tensor(spec.dtype, args[i], spec.shape);
    });
    const results = await session.run(feeds);
    return model.outputs.map(({ name }) => {
      const t = results[name];
      return { shape: t.dims, dtype: t.type, data: Array.from(t.data as Float32Array, Number) };
    });
  } finally {
    await session.release();
  }
}
