import type { ElementType, TensorData } from "../dtype.js";
import { isFloat } from "../dtype.js";
import { simplifyBinary, simplifyUnary, simplifyWhere } from "./algebra.js";
import { round } from "./fold.js";
import type { Attrs, AttrsOf, BinaryOp, Node, OnnxAttribute, Op, ReduceKind, UnaryOp } from "./node.js";
import { is, uniform } from "./node.js";
import { addSegments, concatenate, sliceNode } from "./segments.js";
import { broadcastShapes, product, range, sameShape } from "./shape.js";

const comparisons = new Set<string>(["less", "less_equal", "equal"]);

/**
 * Builds the graph. Every method first tries the rewrites that are always a gain (folding, cancelling,
 * composition of views) and otherwise returns the one node with that operation and those operands, so common
 * subexpressions meet by construction.
 */
export class Graph {
  readonly #nodes = new Map<string, Node>();
  #next = 0;

  /** The hash-consed node, without any rewriting. */
  node<K extends Op>(
    op: K,
    inputs: readonly Node[],
    shape: readonly number[],
    dtype: ElementType,
    attrs: AttrsOf<K>,
  ): Node<K> {
    const payload = op === "const" ? (attrs as Attrs["const"]).key : stringify(attrs);
    const key = `${op}|${inputs.map((n) => n.id).join(",")}|${shape.join(",")}|${dtype}|${payload}`;
    const known = this.#nodes.get(key);
    if (known) return known as Node<K>;
    const made: Node<K> = { id: this.#next++, op, inputs, shape, dtype, attrs };
    this.#nodes.set(key, made);
    return made;
  }

  input(name: string, shape: readonly number[], dtype: ElementType): Node {
    return this.node("input", [], shape, dtype, { name });
  }

  /** A constant tensor; becomes a `fill` when all its elements are the same. */
  constant(data: TensorData, shape: readonly number[], dtype: ElementType): Node {
    const first = data[0];
    if (data.length > 0 && (data as Float32Array).every((v) => Object.is(v, first)))
      return this.fill(Number(first), shape, dtype);
    return this.node("const", [], shape, dtype, { data, key: contentKey(data) });
  }

  fill(value: number, shape: readonly number[], dtype: ElementType): Node {
    return this.node("fill", [], shape, dtype, { value: round(value, dtype) });
  }

  scalar(value: number, dtype: ElementType): Node {
    return this.fill(value, [], dtype);
  }

  unary(op: UnaryOp, x: Node, dtype: ElementType = x.dtype): Node {
    return simplifyUnary(this, op, x, dtype) ?? this.node(op, [x], x.shape, dtype, {} as AttrsOf<UnaryOp>);
  }

  cast(x: Node, dtype: ElementType): Node {
    return x.dtype === dtype ? x : this.unary("cast", x, dtype);
  }

  binary(op: BinaryOp, a: Node, b: Node): Node {
    const shape = broadcastShapes(a.shape, b.shape);
    // A constant operand needs no shape of its own: compute at the other operand's shape, broadcast after.
    if (uniform(b) !== undefined && b.shape.length > 0)
      return this.expand(this.binary(op, a, this.scalar(uniform(b)!, b.dtype)), shape);
    if (uniform(a) !== undefined && a.shape.length > 0)
      return this.expand(this.binary(op, this.scalar(uniform(a)!, a.dtype), b), shape);
    const simple = simplifyBinary(this, op, a, b);
    if (simple) return this.expand(simple, shape);
    if (op === "add") {
      const merged = addSegments(this, a, b);
      if (merged) return merged;
    }
    const dtype = comparisons.has(op) ? "bool" : a.dtype;
    return this.node(op, [a, b], shape, dtype, {} as AttrsOf<BinaryOp>);
  }

  add(a: Node, b: Node): Node {
    return this.binary("add", a, b);
  }
  sub(a: Node, b: Node): Node {
    return this.binary("sub", a, b);
  }
  mul(a: Node, b: Node): Node {
    return this.binary("mul", a, b);
  }
  neg(x: Node): Node {
    return this.unary("neg", x);
  }

  where(condition: Node, a: Node, b: Node): Node {
    const shape = broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape));
    const scalarFill = (n: Node): Node =>
      uniform(n) !== undefined && n.shape.length > 0 ? this.scalar(uniform(n)!, n.dtype) : n;
    const [x, y] = [scalarFill(a), scalarFill(b)];
    const simple = simplifyWhere(this, condition, x, y);
    if (simple) return this.expand(simple, shape);
    const inner = broadcastShapes(condition.shape, broadcastShapes(x.shape, y.shape));
    return this.expand(this.node("where", [condition, x, y], inner, x.dtype, {}), shape);
  }

  reduce(kind: ReduceKind, x: Node, axes: readonly number[]): Node {
    const shape = x.shape.filter((_, i) => !axes.includes(i));
    if (axes.length === 0) return kind === "sumsq" ? this.mul(x, x) : x;
    const count = product(axes.map((i) => x.shape[i]));
    const value = uniform(x);
    if (value !== undefined && count > 0) {
      const total = { sum: value * count, prod: value ** count, min: value, max: value, mean: value };
      return this.fill(kind === "sumsq" ? value * value * count : total[kind], shape, x.dtype);
    }
    if (kind === "sum" && is(x, "reduce") && x.attrs.kind === "sum") {
      // One pass over the data instead of two.
      const kept = range(x.inputs[0].shape.length).filter((i) => !x.attrs.axes.includes(i));
      const all = [...x.attrs.axes, ...axes.map((i) => kept[i])].sort((p, q) => p - q);
      return this.reduce("sum", x.inputs[0], all);
    }
    return this.node("reduce", [x], shape, x.dtype, { kind, axes: [...axes] });
  }

  dot(a: Node, b: Node): Node {
    const shape = broadcastShapes(a.shape, b.shape).slice(0, -1);
    if (uniform(a) === 0 || uniform(b) === 0) return this.fill(0, shape, a.dtype);
    return this.node("dot", [a, b], shape, a.dtype, {});
  }

  transpose(x: Node, perm: readonly number[]): Node {
    if (perm.every((p, i) => p === i)) return x;
    const shape = perm.map((p) => x.shape[p]);
    if (is(x, "fill")) return this.fill(x.attrs.value, shape, x.dtype);
    if (is(x, "transpose"))
      return this.transpose(
        x.inputs[0],
        perm.map((p) => x.attrs.perm[p]),
      );
    // Moving only axes of size one is a reshape, which composes with more.
    const big = perm.filter((p) => x.shape[p] !== 1);
    if (big.every((p, i) => i === 0 || p > big[i - 1])) return this.reshape(x, shape);
    return this.node("transpose", [x], shape, x.dtype, { perm: [...perm] });
  }

  reshape(x: Node, shape: readonly number[]): Node {
    if (sameShape(x.shape, shape)) return x;
    if (is(x, "fill")) return this.fill(x.attrs.value, shape, x.dtype);
    if (is(x, "reshape")) return this.reshape(x.inputs[0], shape);
    return this.node("reshape", [x], [...shape], x.dtype, {});
  }

  broadcast(x: Node, shape: readonly number[], axes: readonly number[]): Node {
    if (is(x, "fill")) return this.fill(x.attrs.value, shape, x.dtype);
    if (sameShape(x.shape, shape)) return x;
    if (product(x.shape) === product(shape)) return this.reshape(x, shape);
    return this.node("broadcast", [x], [...shape], x.dtype, { axes: [...axes] });
  }

  /** Broadcasts by NumPy's rule (missing axes are leading). */
  expand(x: Node, shape: readonly number[]): Node {
    return this.broadcast(x, shape, range(shape.length - x.shape.length));
  }

  slice(x: Node, starts: readonly number[], ends: readonly number[], steps?: readonly number[]): Node {
    return sliceNode(this, x, starts, ends, steps ?? starts.map(() => 1));
  }

  concat(xs: readonly Node[], axis: number): Node {
    return concatenate(this, xs, axis);
  }

  onnx(
    type: string,
    inputs: readonly Node[],
    attributes: Record<string, OnnxAttribute>,
    outputs: readonly { shape: readonly number[]; dtype: ElementType }[],
  ): Node[] {
    const made = this.node("onnx", inputs, outputs[0].shape, outputs[0].dtype, { type, attributes, outputs });
    return outputs.map((o, index) => this.node("pick", [made], o.shape, o.dtype, { index }));
  }

  /** The same operation on other operands, simplified again; used by the passes. */
  rebuild(n: Node, inputs: readonly Node[]): Node {
    if (inputs.every((x, i) => x === n.inputs[i])) return n;
    if (is(n, "where")) return this.where(inputs[0], inputs[1], inputs[2]);
    if (is(n, "reduce")) return this.reduce(n.attrs.kind, inputs[0], n.attrs.axes);
    if (is(n, "dot")) return this.dot(inputs[0], inputs[1]);
    if (is(n, "transpose")) return this.transpose(inputs[0], n.attrs.perm);
    if (is(n, "reshape")) return this.reshape(inputs[0], n.shape);
    if (is(n, "broadcast")) return this.broadcast(inputs[0], n.shape, n.attrs.axes);
    if (is(n, "slice")) {
      const { starts, steps } = n.attrs;
      const ends = n.shape.map((d, i) => starts[i] + d * steps[i]);
      return this.slice(inputs[0], starts, ends, steps);
    }
    if (is(n, "segments") || is(n, "onnx") || is(n, "pick"))
      return this.node(n.op, inputs, n.shape, n.dtype, n.attrs);
    if (inputs.length === 1) return this.unary(n.op as UnaryOp, inputs[0], n.dtype);
    return this.binary(n.op as BinaryOp, inputs[0], inputs[1]);
  }

  isFloat(n: Node): boolean {
    return isFloat(n.dtype);
  }
}

/** JSON that keeps the difference between 0, -0, NaN and the infinities, so constants do not merge. */
function stringify(attrs: object): string {
  return JSON.stringify(attrs, (_, v) =>
    typeof v === "number" && (!Number.isFinite(v) || Object.is(v, -0))
      ? Object.is(v, -0)
        ? "-0"
        : String(v)
      : v,
  );
}

/** Two independent 32-bit FNV-style hashes and the length: equal constants share a key, others do not. */
export function contentKey(data: TensorData): string {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  let a = 0x811c9dc5;
  let b = 0x9747b28c;
  for (let i = 0; i < bytes.length; i++) {
    a = Math.imul(a ^ bytes[i], 0x01000193);
    b = Math.imul(b ^ bytes[i], 0x5bd1e995) ^ (b >>> 15);
  }
  return `${data.constructor.name}${data.length}_${(a >>> 0).toString(16)}${(b >>> 0).toString(16)}`;
}
