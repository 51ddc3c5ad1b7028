import { CompileError } from "./errors.js";

/** Element types that can appear at the edge of a compiled graph: the element types of jax-js. */
export type DType = "float32" | "float64" | "int32" | "uint32" | "bool" | "float16";

/** Element types of the graph itself: `int64` carries `uint32` values, because ONNX has no uint32 arithmetic. */
export type ElementType = "float32" | "float64" | "int32" | "int64" | "uint32" | "uint64" | "bool";

/** Typed array that can hold the elements of a tensor; booleans are one byte each. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int32Array
  | BigInt64Array
  | BigUint64Array
  | Uint32Array
  | Uint8Array;

/** `TensorProto.DataType` of ONNX. */
export const onnxType: Record<ElementType, number> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
  uint32: 12,
  uint64: 13,
};

export const isFloat = (t: ElementType): boolean => t === "float32" || t === "float64";

/** The element type that carries jax-js values of type `t` inside the graph. */
export function carrier(t: string): ElementType {
  switch (t) {
    case "float32":
    case "float64":
    case "int32":
    case "bool":
      return t;
    case "uint32":
      return "int64";
    default:
      throw new CompileError(
        `dtype ${t} is not supported by ONNX Runtime's CPU kernels; cast to float32 before and back after`,
      );
  }
}

/** A typed array of element type `t` with the given numbers, rounded as that type rounds. */
export function toData(t: ElementType, values: ArrayLike<number>): TensorData {
  switch (t) {
    case "float32":
      return Float32Array.from(values);
    case "float64":
      return Float64Array.from(values);
    case "int32":
      return Int32Array.from(values);
    case "uint32":
      return Uint32Array.from(values);
    case "uint64":
      return BigUint64Array.from(Array.from(values, (v) => BigInt(Math.trunc(v))));
    case "int64":
      return BigInt64Array.from(Array.from(values, (v) => BigInt(Math.trunc(v))));
    case "bool":
      return Uint8Array.from(values, (v) => (v ? 1 : 0));
  }
}
