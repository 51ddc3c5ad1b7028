import onnx from "onnx-proto";
import { type CompileOptions, compile, spec } from "../compile.js";
import type { TraceableFunction } from "../jax.js";

/** ONNX operators of the compiled function with their counts; float32 arguments of the given shapes. */
export function operators(
  fn: TraceableFunction,
  shapes: readonly number[][],
  options?: CompileOptions,
): Record<string, number> {
  return compile(
    fn,
    shapes.map((s) => spec(s)),
    options,
  ).operators;
}

/** The model as another implementation of the format reads it. */
export function decode(bytes: Uint8Array): onnx.onnx.IModelProto {
  return onnx.onnx.ModelProto.decode(bytes);
}

/** Nodes of a compiled function as `Type(attributes)`, for tests of how something is expressed. */
export function nodes(bytes: Uint8Array): { type: string; attributes: Record<string, unknown> }[] {
  return (decode(bytes).graph?.node ?? []).map((n) => ({
    type: n.opType ?? "",
    attributes: Object.fromEntries(
      (n.attribute ?? []).map((a) => [
        a.name,
        a.ints?.length ? a.ints.map(Number) : a.type === 1 ? a.f : Number(a.i),
      ]),
    ),
  }));
}
