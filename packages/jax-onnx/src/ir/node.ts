import type { ElementType, TensorData } from "../dtype.js";

/** Element-wise operations of one operand. `cast` takes its target from the node's dtype. */
// biome-ignore format: a table reads better in rows
export const unaryOps = [
  "neg", "reciprocal", "floor", "ceil", "sin", "cos", "asin", "atan", "exp", "log", "erf", "erfc", "sqrt",
  "abs", "sigmoid", "tanh", "relu", "gelu", "sign", "not", "bitnot", "cast",
] as const;
export type UnaryOp = (typeof unaryOps)[number];

/** Element-wise operations of two operands, with NumPy broadcasting. */
// biome-ignore format: a table reads better in rows
export const binaryOps = [
  "add", "sub", "mul", "div", "idiv", "mod", "min", "max", "pow", "less", "less_equal", "equal",
  "and", "or", "xor", "bitand", "bitor", "bitxor", "shl", "shr",
] as const;
export type BinaryOp = (typeof binaryOps)[number];

export type ReduceKind = "sum" | "prod" | "min" | "max" | "mean" | "sumsq";

/** Attribute values of a raw ONNX node; integers and floats must be told apart by the wrapper. */
export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };

/**
 * Payload of a node, by operation. View operations (`transpose`, `reshape`, `broadcast`) cost nothing until a
 * later operation needs the layout; `segments` is a concatenation along one axis whose gaps are zero, so a
 * zero-padding is a `segments` of one piece.
 */
export interface Attrs {
  input: { name: string };
  const: { data: TensorData; key: string };
  /** A tensor whose elements are all the same. */
  fill: { value: number };
  where: object;
  /** Removes the axes it reduces. */
  reduce: { kind: ReduceKind; axes: readonly number[] };
  /** Sum over the last axis of the broadcast product of two operands. */
  dot: object;
  transpose: { perm: readonly number[] };
  reshape: object;
  /** Stretches axes of size one to the shape of the node, which has the operand's rank. */
  broadcast: object;
  slice: { starts: readonly number[]; steps: readonly number[] };
  segments: { axis: number; offsets: readonly number[] };
  /** A plain ONNX node; results are taken with `pick`. */
  onnx: {
    type: string;
    attributes: Readonly<Record<string, OnnxAttribute>>;
    outputs: readonly { shape: readonly number[]; dtype: ElementType }[];
  };
  pick: { index: number };
}

export type Op = UnaryOp | BinaryOp | keyof Attrs;
export type AttrsOf<K extends Op> = K extends keyof Attrs ? Attrs[K] : object;

/** A value in the graph. Nodes are hash-consed: two nodes with the same operation and operands are one object. */
export interface Node<K extends Op = Op> {
  readonly id: number;
  readonly op: K;
  readonly inputs: readonly Node[];
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  readonly attrs: AttrsOf<K>;
}

export function is<K extends Op>(n: Node, op: K): n is Node<K> {
  return n.op === op;
}

const unarySet = new Set<string>(unaryOps);
const binarySet = new Set<string>(binaryOps);
export const isUnary = (op: string): op is UnaryOp => unarySet.has(op);
export const isBinary = (op: string): op is BinaryOp => binarySet.has(op);

/** The value of a node whose elements are all the same constant, else `undefined`. */
export function uniform(n: Node): number | undefined {
  return is(n, "fill") ? n.attrs.value : undefined;
}

/** True for the operations that only change how a tensor is seen. */
export const isView = (n: Node): boolean =>
  n.op === "transpose" || n.op === "reshape" || n.op === "broadcast";
