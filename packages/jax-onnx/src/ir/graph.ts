import type { ElementType, TensorData } from "../dtype.js";
import { isFloat } from "../dtype.js";
import { negated, simplifyBinary, simplifyUnary, simplifyWhere } from "./algebra.js";
import type { Builder } from "./builder.js";
import { round } from "./fold.js";
import type { Attrs, AttrsOf, BinaryOp, Node, OnnxAttribute, Op, ReduceKind, UnaryOp } from "./node.js";
import { is, isView, uniform } from "./node.js";
import { addSegments, concatenate, sliceNode } from "./segments.js";
import { broadcastShapes, product, range, sameShape } from "./shape.js";

const comparisons = new Set<string>(["less", "less_equal", "equal"]);

/**
 * Builds the graph. Every method first tries the rewrites that are always a gain (folding, cancelling,
 * composition of views) and otherwise returns the one node with that operation and those operands, so common
 * subexpressions meet by construction.
 */
export class Graph implements Builder {
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
    const key = keyOf(op, inputs, shape, dtype, attrs);
    const known = this.#nodes.get(key);
    if (known) return known as Node<K>;
    const made: Node<K> = { id: this.#next++, op, inputs, shape, dtype, attrs };
    this.#nodes.set(key, made);
    return made;
  }

  /** The node with that operation and those operands, if it has been built. */
  find<K extends Op>(
    op: K,
    inputs: readonly Node[],
    shape: readonly number[],
    dtype: ElementType,
    attrs: AttrsOf<K>,
  ): Node | undefined {
    return this.#nodes.get(keyOf(op, inputs, shape, dtype, attrs));
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
    // Views come last: computed inside a broadcast the operation is smaller, and patterns have one form.
    if (isView(x)) return this.rebuild(x, [this.unary(op, x.inputs[0], dtype)]);
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
    // Operations broadcast by themselves: a stretched operand is used as it was before.
    if (a.op === "broadcast" || b.op === "broadcast")
      return this.expand(this.binary(op, unstretched(a), unstretched(b)), shape);
    if (isView(a) && uniform(b) !== undefined) return this.rebuild(a, [this.binary(op, a.inputs[0], b)]);
    if (isView(b) && uniform(a) !== undefined) return this.rebuild(b, [this.binary(op, a, b.inputs[0])]);
    if (sameView(a, b)) return this.rebuild(a, [this.binary(op, a.inputs[0], b.inputs[0])]);
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
    const [c, x, y] = [condition, a, b].map((n) =>
      uniform(n) !== undefined ? this.scalar(uniform(n)!, n.dtype) : unstretched(n),
    );
    const simple = simplifyWhere(this, c, x, y);
    if (simple) return this.expand(simple, shape);
    if (x.dtype === "bool") {
      // The runtime selects numbers only.
      const either = this.binary("and", this.unary("not", c), y);
      return this.expand(this.binary("or", this.binary("and", c, x), either), shape);
    }
    const inner = broadcastShapes(c.shape, broadcastShapes(x.shape, y.shape));
    return this.expand(this.node("where", [c, x, y], inner, x.dtype, {}), shape);
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
    if (is(x, "broadcast")) {
      const source = x.inputs[0];
      const repeats = product(axes.filter((i) => source.shape[i] === 1).map((i) => x.shape[i]));
      const inner = this.expand(this.reduce(kind, source, axes), shape);
      if (kind === "min" || kind === "max" || kind === "mean" || repeats === 1) return inner;
      if (kind !== "prod") return this.mul(inner, this.scalar(repeats, x.dtype));
      return this.binary("pow", inner, this.scalar(repeats, x.dtype));
    }
    if ((kind === "sum" || kind === "mean") && negated(this, x))
      return this.neg(this.reduce(kind, negated(this, x)!, axes));
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
    if (a.op === "broadcast" || b.op === "broadcast") {
      // A summed axis that both are stretched along is a factor; one of them keeps it.
      const last = a.shape.length > 0 && b.shape.length > 0 ? a.shape[a.shape.length - 1] : 1;
      const [x, y] = [unstretched(a), unstretched(b)];
      const summed = Math.max(x.shape.at(-1) ?? 1, y.shape.at(-1) ?? 1);
      const inner = this.expand(this.dot(x, y), shape);
      return summed === 1 && last !== 1 ? this.mul(inner, this.scalar(last, a.dtype)) : inner;
    }
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
    if (is(x, "broadcast")) return this.broadcast(this.transpose(x.inputs[0], perm), shape);
    // Moving only axes of size one is a reshape, which composes with more.
    const big = perm.filter((p) => x.shape[p] !== 1);
    if (big.every((p, i) => i === 0 || p > big[i - 1])) return this.reshape(x, shape);
    return this.node("transpose", [x], shape, x.dtype, { perm: [...perm] });
  }

  reshape(x: Node, shape: readonly number[]): Node {
    if (sameShape(x.shape, shape)) return x;
    if (is(x, "fill")) return this.fill(x.attrs.value, shape, x.dtype);
    if (is(x, "reshape")) return this.reshape(x.inputs[0], shape);
    if (is(x, "broadcast")) {
      const small = reshapeStretched(x.inputs[0].shape, x.shape, shape);
      if (small) return this.broadcast(this.reshape(x.inputs[0], small), shape);
    }
    return this.node("reshape", [x], [...shape], x.dtype, {});
  }

  /** Stretches axes of size one; `added` are the axes of the result that `x` does not have at all. */
  broadcast(x: Node, shape: readonly number[], added: readonly number[] = []): Node {
    if (is(x, "fill")) return this.fill(x.attrs.value, shape, x.dtype);
    let at = 0;
    const y = this.reshape(
      x,
      shape.map((_, i) => (added.includes(i) ? 1 : x.shape[at++])),
    );
    if (sameShape(y.shape, shape)) return y;
    return this.node("broadcast", [unstretched(y)], [...shape], x.dtype, {});
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
    if (is(n, "broadcast")) return this.broadcast(inputs[0], n.shape);
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

/** The operand of a broadcast, which has the same rank; any other node itself. */
const unstretched = (n: Node): Node => (n.op === "broadcast" ? n.inputs[0] : n);

/**
 * Shape of the unstretched tensor after a reshape from `from` to `to`, or `undefined` when the reshape joins
 * stretched axes with others. `small` is `from` with ones where it is stretched.
 */
function reshapeStretched(
  small: readonly number[],
  from: readonly number[],
  to: readonly number[],
): number[] | undefined {
  const out: number[] = [];
  let i = 0;
  let j = 0;
  while (i < from.length || j < to.length) {
    // The shortest runs of axes on both sides with the same number of elements.
    const [i0, j0] = [i, j];
    let [p, q] = [from[i++] ?? 1, to[j++] ?? 1];
    while (p !== q) {
      if (p < q && i < from.length) p *= from[i++];
      else if (j < to.length) q *= to[j++];
      else return undefined;
    }
    const real = small.slice(i0, i).filter((d) => d !== 1);
    const stretched = from.slice(i0, i).filter((d, k) => d !== small[i0 + k]);
    if (real.length > 0 && stretched.length > 0) return undefined;
    out.push(...to.slice(j0, j).map((d) => (stretched.length > 0 ? 1 : d)));
  }
  return out.length === to.length ? out : undefined;
}

function keyOf(
  op: Op,
  inputs: readonly Node[],
  shape: readonly number[],
  dtype: ElementType,
  attrs: object,
): string {
  const payload = op === "const" ? (attrs as Attrs["const"]).key : stringify(attrs);
  return `${op}|${inputs.map((n) => n.id).join(",")}|${shape.join(",")}|${dtype}|${payload}`;
}

/** Whether both are the same view of tensors of one shape, so that an operation can be done before it. */
function sameView(a: Node, b: Node): boolean {
  return (
    isView(a) &&
    a.op === b.op &&
    sameShape(a.shape, b.shape) &&
    sameShape(a.inputs[0].shape, b.inputs[0].shape) &&
    stringify(a.attrs) === stringify(b.attrs)
  );
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
