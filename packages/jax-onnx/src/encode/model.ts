import { type ElementType, onnxType, type TensorData } from "../dtype.js";
import type { OnnxNode, OnnxTensor } from "../emit/emitter.js";
import type { OnnxAttribute } from "../ir/node.js";
import { Writer } from "./protobuf.js";

/** IR version 9 goes with opset 20; from version 4 on initializers need not be graph inputs. */
const irVersion = 9;

const attributeType = { float: 1, int: 2, string: 3, ints: 7 } as const;

/** A graph input or output. */
export interface ValueInfo {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: ElementType;
}

/** Everything that goes into a model file. */
export interface ModelParts {
  readonly name: string;
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: readonly OnnxTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

function encodeAttribute(name: string, value: OnnxAttribute): Writer {
  const w = new Writer().string(1, name);
  if (typeof value === "number") return w.int(3, value).int(20, attributeType.int);
  if (typeof value === "string") return w.string(4, value).int(20, attributeType.string);
  if ("float" in value) return w.float(2, value.float).int(20, attributeType.float);
  for (const v of value) w.int(8, v);
  return w.int(20, attributeType.ints);
}

function encodeNode(node: OnnxNode, index: number): Writer {
  const w = new Writer();
  for (const name of node.inputs) w.string(1, name);
  for (const name of node.outputs) w.string(2, name);
  w.string(3, `${node.type}_${index}`).string(4, node.type);
  for (const [name, value] of Object.entries(node.attributes)) w.message(5, encodeAttribute(name, value));
  return w;
}

/** Bytes of a tensor as ONNX stores them: little-endian, row-major. */
export function rawBytes(data: TensorData): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

function encodeTensor(t: {
  name: string;
  shape: readonly number[];
  dtype: ElementType;
  data: TensorData;
}): Writer {
  const w = new Writer();
  for (const d of t.shape) w.int(1, d);
  return w.int(2, onnxType[t.dtype]).string(8, t.name).bytes(9, rawBytes(t.data));
}

function encodeValueInfo(v: ValueInfo): Writer {
  const shape = new Writer();
  for (const d of v.shape) shape.message(1, new Writer().int(1, d));
  const tensorType = new Writer().int(1, onnxType[v.dtype]).message(2, shape);
  return new Writer().string(1, v.name).message(2, new Writer().message(1, tensorType));
}

/** A `ModelProto`. */
export function encodeModel(parts: ModelParts): Uint8Array {
  const graph = new Writer();
  parts.nodes.forEach((node, i) => {
    graph.message(1, encodeNode(node, i));
  });
  graph.string(2, parts.name);
  for (const t of parts.initializers) graph.message(5, encodeTensor(t));
  for (const v of parts.inputs) graph.message(11, encodeValueInfo(v));
  for (const v of parts.outputs) graph.message(12, encodeValueInfo(v));
  const model = new Writer().int(1, irVersion).string(2, "jax-onnx").message(7, graph);
  model.message(8, new Writer().string(1, "").int(2, parts.opset));
  for (const [key, value] of Object.entries(parts.metadata))
    model.message(14, new Writer().string(1, key).string(2, value));
  return model.finish();
}

/** A `ModelProto` that holds nothing but initializers; appended to a graph's bytes it completes the model. */
export function encodeInitializerModel(tensors: readonly OnnxTensor[]): Uint8Array {
  const graph = new Writer();
  for (const t of tensors) graph.message(5, encodeTensor(t));
  return new Writer().message(7, graph).finish();
}
