import { carrier, type DType, type ElementType, type TensorData, toData } from "./dtype.js";
import type { OnnxTensor } from "./emit/emitter.js";
import { emitProgram } from "./emit/program.js";
import { encodeInitializerModel, encodeModel, type ValueInfo } from "./encode/model.js";
import { CompileError } from "./errors.js";
import { product } from "./ir/shape.js";
import { ArraySpec, type TraceableFunction, trace } from "./jax.js";
import { optimize } from "./passes/optimize.js";
import { lower } from "./trace/lower.js";

/** Options of {@link compile}. */
export interface CompileOptions {
  /**
   * Names of the arguments, in order. A leaf inside an argument is named after its path: `params.w1`,
   * `layers.0.bias`. Default `arg0`, `arg1`, …
   */
  inputs?: readonly string[] | undefined;
  /**
   * Names of the results: in order (one name for a function that returns one array), or by key for a function
   * that returns an object. Leaves inside a result are named after their path, as for inputs. Default `out0`,
   * `out1`, … or the keys themselves. Inputs and outputs must not share a name.
   */
  outputs?: readonly string[] | Readonly<Record<string, string>> | undefined;
  /**
   * Inputs (by final name) that become initializers of the same name instead of graph inputs. Their data is not
   * in the bytes: append what {@link encodeInitializers} makes, and the concatenation is the complete model.
   */
  initializers?: readonly string[] | undefined;
  /**
   * Where arrays that the function captured go: `"inline"` into the graph (default), or `"separate"`, which
   * leaves those of at least 1 KiB out and returns them in `weights`, encoded, to be appended.
   */
  constants?: "inline" | "separate" | undefined;
  /** ONNX operator set, 20 (the default) or newer. */
  opset?: number | undefined;
  /** Name of the graph. Default `jax`. */
  name?: string | undefined;
  /** Key–value pairs stored in the model file. */
  metadata?: Readonly<Record<string, string>> | undefined;
}

/** Name, static shape and element type of a tensor at the edge of the graph. */
export interface TensorSpec {
  name: string;
  shape: number[];
  dtype: DType;
}

/** A compiled function. */
export interface CompiledModel {
  /** A serialized ONNX `ModelProto`. Complete unless `initializers` or `weights` are to be appended. */
  bytes: Uint8Array;
  /** Graph inputs, in the order in which jax-js flattens the arguments. */
  inputs: TensorSpec[];
  /** Graph outputs, in the order in which jax-js flattens the result. */
  outputs: TensorSpec[];
  /** Initializers the graph refers to but does not contain, to be supplied by {@link encodeInitializers}. */
  initializers: TensorSpec[];
  /** With `constants: "separate"` the captured arrays that were left out, encoded; otherwise empty. */
  weights: Uint8Array;
  /** How often each ONNX operator occurs. */
  operators: Record<string, number>;
}

/** A tensor for {@link encodeInitializers}. */
export interface Initializer {
  name: string;
  shape: readonly number[];
  /** Element type; default that of the typed array (`Uint8Array` is bool). */
  dtype?: DType;
  data: TensorData | readonly number[];
}

/** Shape and element type in place of an example array. */
export function spec(shape: readonly number[], dtype: DType = "float32"): ArraySpec {
  return new ArraySpec([...shape], dtype);
}

/**
 * Compiles a jax-js function to an ONNX model made of standard operators only.
 *
 * @param fn The function, derivatives included (`grad`, `valueAndGrad`, `vjp`, `jit` and `vmap` inside are
 *   fine). It is traced once with abstract arrays and must follow jax-js' ownership rules.
 * @param args One example per argument: a jax-js array, a {@link spec}, a number, or a tree of these. Only
 *   shapes and element types are read; arrays are not consumed.
 * @throws {CompileError} When the function uses a primitive or element type that cannot be compiled, or when
 *   names do not fit.
 */
export function compile(
  fn: TraceableFunction,
  args: readonly unknown[],
  options: CompileOptions = {},
): CompiledModel {
  const opset = options.opset ?? 20;
  if (!Number.isInteger(opset) || opset < 20)
    throw new CompileError(`opset is ${opset}; the emitted operators need 20 or newer`);
  const traced = trace(fn, args);
  const argumentNames = args.map((_, i) => options.inputs?.[i] ?? `arg${i}`);
  const inputNames = traced.inputs.map((x) =>
    [argumentNames[Number(x.path[0])], ...x.path.slice(1)].join("."),
  );
  const outputNames = traced.outputs.map((x) => outputName(x.path, options.outputs));
  checkNames([...inputNames, ...outputNames]);
  const { outputs } = optimize(lower(traced, inputNames));
  const emitter = emitProgram(outputs, outputNames);

  const bound = new Set(options.initializers ?? []);
  for (const name of bound) {
    if (!inputNames.includes(name))
      throw new CompileError(
        `initializer "${name}" is not an input; the inputs are ${inputNames.join(", ")}`,
      );
  }
  const specs = traced.inputs.map((x, i) => ({ name: inputNames[i], shape: [...x.shape], dtype: x.dtype }));
  const outputSpecs = traced.outputs.map((x, i) => ({
    name: outputNames[i],
    shape: [...x.atom.aval.shape],
    dtype: x.atom.aval.dtype as DType,
  }));
  const separate = options.constants === "separate";
  const apart = (t: OnnxTensor): boolean => separate && t.data.byteLength >= 1024;
  const constants = [...emitter.initializers.values()];
  const graphType = (s: TensorSpec): ValueInfo => ({
    name: s.name,
    shape: s.shape,
    dtype: s.dtype === "uint32" ? "uint32" : carrier(s.dtype),
  });
  const inputs = specs.filter((s) => !bound.has(s.name));
  const bytes = encodeModel({
    name: options.name ?? "jax",
    opset,
    nodes: emitter.nodes,
    inputs: inputs.map(graphType),
    outputs: outputSpecs.map(graphType),
    initializers: constants.filter((t) => !apart(t)),
    metadata: options.metadata ?? {},
  });
  const operators: Record<string, number> = {};
  for (const n of emitter.nodes) operators[n.type] = (operators[n.type] ?? 0) + 1;
  return {
    bytes,
    inputs,
    outputs: outputSpecs,
    initializers: specs.filter((s) => bound.has(s.name)),
    weights: separate ? encodeInitializerModel(constants.filter(apart)) : new Uint8Array(0),
    operators,
  };
}

function outputName(path: readonly string[], names: CompileOptions["outputs"]): string {
  const byKey = names as Readonly<Record<string, string>> | undefined;
  const [first = "0", ...rest] = path;
  const top = byKey?.[first] ?? (Number.isInteger(Number(first)) ? `out${first}` : first);
  return [top, ...rest].join(".");
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name))
      throw new CompileError(`the name "${name}" is used twice; give inputs and outputs distinct names`);
    seen.add(name);
  }
}

/**
 * Encodes tensors as a `ModelProto` that holds only initializers. Appended to the bytes of a graph compiled
 * with the option `initializers` it completes that model (protobuf messages merge when concatenated), so one
 * weights file serves any number of graphs.
 *
 * @throws {CompileError} When the number of elements does not fit the shape.
 */
export function encodeInitializers(tensors: readonly Initializer[]): Uint8Array {
  return encodeInitializerModel(
    tensors.map(({ name, shape, data, dtype }) => {
      const type: ElementType = dtype ? (dtype === "uint32" ? "uint32" : carrier(dtype)) : typeOf(data);
      if (data.length !== product(shape)) {
        throw new CompileError(
          `initializer "${name}" has ${data.length} elements; shape [${shape}] needs ${product(shape)}`,
        );
      }
      const typed =
        ArrayBuffer.isView(data) && typeOf(data) === type
          ? (data as TensorData)
          : toData(type, Array.from(data as ArrayLike<number>));
      return { name, shape, dtype: type, data: typed };
    }),
  );
}

function typeOf(data: Initializer["data"]): ElementType {
  if (data instanceof Float64Array) return "float64";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint32Array) return "uint32";
  if (data instanceof BigInt64Array) return "int64";
  if (data instanceof Uint8Array) return "bool";
  return "float32";
}

/** Joins a graph and the weights it refers to into one complete model. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const p of parts) {
    out.set(p, at);
    at += p.length;
  }
  return out;
}
