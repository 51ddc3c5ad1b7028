import { onnxType, toData } from "../dtype.js";
import { is, isBinary, isUnary, type Node } from "../ir/node.js";
import { product, range } from "../ir/shape.js";
import { topological, users } from "../ir/uses.js";
import { type DotOptions, emitDot } from "./dot.js";
import { emitElementwise, emitReduce, emitRowwise } from "./elementwise.js";
import { Emitter } from "./emitter.js";
import { planFusion } from "./fusion.js";
import { binaryTypes, unaryTypes } from "./types.js";
import { broadcastView, reshapeView, transposeView, type View, wholeView } from "./view.js";

/** Emits the graph that computes `outputs`; `names[i]` is the name of output i. */
export function emitProgram(outputs: readonly Node[], names: readonly string[]): Emitter {
  const e = new Emitter();
  const program = new Program(e, outputs);
  const tensors = outputs.map((node) => e.materialize(program.view(node)));
  const own = new Set(e.nodes.flatMap((n) => n.outputs));
  outputs.forEach((node, i) => {
    e.declare(names[i], node.shape, node.dtype);
    if (own.delete(tensors[i])) e.rename(tensors[i], names[i]);
    else {
      // An input, a constant or another output: Identity gives it a second name.
      const first = tensors.indexOf(tensors[i]);
      const source =
        first < i && e.nodes.some((n) => n.outputs.includes(names[first])) ? names[first] : tensors[i];
      e.nodes.push({ type: "Identity", inputs: [source], outputs: [names[i]], attributes: {} });
    }
  });
  return e;
}

class Program {
  readonly #views = new Map<Node, View>();
  readonly #picks = new Map<Node, readonly View[]>();
  readonly #wanted = new Map<Node, Set<number>>();
  readonly #users: ReturnType<typeof users>;
  readonly #fusion: ReturnType<typeof planFusion>;
  readonly #slices = new Map<Node, Node<"slice">[]>();

  constructor(
    readonly e: Emitter,
    outputs: readonly Node[],
  ) {
    const order = topological(outputs);
    this.#users = users(outputs);
    this.#fusion = planFusion(order, this.#users);
    for (const n of order) {
      if (is(n, "pick")) {
        const source = n.inputs[0];
        this.#wanted.set(source, (this.#wanted.get(source) ?? new Set()).add(n.attrs.index));
      }
      if (is(n, "slice")) this.#slices.set(n.inputs[0], [...(this.#slices.get(n.inputs[0]) ?? []), n]);
    }
    for (const n of order) if (!this.#fusion.deferred.has(n)) this.view(n);
  }

  view(n: Node): View {
    const known = this.#views.get(n);
    if (known) return known;
    const made = this.#emit(n);
    this.#views.set(n, made);
    return made;
  }

  /** The node as a tensor with its own shape in row-major order. */
  tensor(n: Node): string {
    return this.e.materialize(this.view(n));
  }

  #emit(n: Node): View {
    const { e } = this;
    if (product(n.shape) === 0) return wholeView(e.constant(toData(n.dtype, []), n.shape, n.dtype), n.shape);
    if (is(n, "input")) return wholeView(e.declare(n.attrs.name, n.shape, n.dtype), n.shape);
    if (is(n, "const")) return wholeView(e.constant(n.attrs.data, n.shape, n.dtype), n.shape);
    if (is(n, "fill")) {
      const scalar = e.constant(toData(n.dtype, [n.attrs.value]), [], n.dtype);
      return { tensor: scalar, axes: n.shape.map((d) => (d === 1 ? [] : [{ size: d, stride: 0 }])) };
    }
    if (is(n, "transpose")) return transposeView(this.view(n.inputs[0]), n.attrs.perm);
    if (is(n, "broadcast")) return broadcastView(this.view(n.inputs[0]), n.shape, []);
    if (is(n, "reshape")) return this.#reshape(this.view(n.inputs[0]), n.shape);
    if (is(n, "dot")) return this.#dot(n, {}).view;
    const fused = this.#fusion.adds.get(n);
    if (fused) return this.#gemm(n, fused);
    if (is(n, "reduce")) return this.#reduce(n);
    if (is(n, "slice")) return this.#slice(n);
    if (is(n, "segments")) return this.#segments(n);
    if (is(n, "onnx")) {
      const optional = n.attrs.type === "LayerNormalization";
      const wanted = (i: number): boolean => !optional || (this.#wanted.get(n)?.has(i) ?? false);
      const { type, outputs, attributes } = n.attrs;
      const count = rowwise(n);
      if (
        count > 0 &&
        this.view(n.inputs[0])
          .axes.slice(-count)
          .every((atoms) => atoms.every((a) => a.stride))
      ) {
        const others = n.inputs.slice(1).map((x) => this.tensor(x));
        const input = this.view(n.inputs[0]);
        // ONNX Runtime would fuse a sum that only this reads into SkipLayerNormalization, five times slower.
        const alone = n.inputs[0].op === "add" && this.#users.get(n.inputs[0])?.length === 1;
        this.#picks.set(
          n,
          emitRowwise(e, type, input, others, count, outputs, { ...attributes }, wanted, alone),
        );
      } else {
        const inputs = n.inputs.map((x) => this.tensor(x));
        const names = e.emitMany(type, inputs, outputs, { ...attributes }, wanted);
        this.#picks.set(
          n,
          names.map((name, i) => wholeView(name, outputs[i].shape)),
        );
      }
      return this.#picks.get(n)![0];
    }
    if (is(n, "pick")) {
      this.view(n.inputs[0]);
      return this.#picks.get(n.inputs[0])![n.attrs.index];
    }
    const views = n.inputs.map((x) => this.view(x));
    if (is(n, "where")) return emitElementwise(e, "Where", views, n.shape, n.dtype);
    if (is(n, "cast")) return emitElementwise(e, "Cast", views, n.shape, n.dtype, { to: onnxType[n.dtype] });
    if (isUnary(n.op)) return emitElementwise(e, unaryTypes[n.op], views, n.shape, n.dtype);
    if (isBinary(n.op)) {
      const attributes: Record<string, string | number> = {};
      if (n.op === "mod") attributes.fmod = 1;
      if (n.op === "shl") attributes.direction = "LEFT";
      if (n.op === "shr") attributes.direction = "RIGHT";
      return emitElementwise(e, binaryTypes[n.op], views, n.shape, n.dtype, attributes);
    }
    throw new Error(`internal: no emission for ${n.op}`);
  }

  /** The view with another shape, by way of a copy where the new axes cut through its runs. */
  #reshape(view: View, shape: readonly number[]): View {
    return reshapeView(view, shape) ?? wholeView(this.e.reshape(this.e.materialize(view), shape), shape);
  }

  #dot(n: Node, options: DotOptions): ReturnType<typeof emitDot> {
    const preferred = this.#fusion.preferred.get(n);
    const [x, y] = n.inputs.map((i) => this.view(i));
    return emitDot(this.e, x, y, n.shape, { preferred, ...options });
  }

  /** `view(dot) · alpha + addend`, as one Gemm where layouts allow it. */
  #gemm(n: Node, fused: NonNullable<ReturnType<ReturnType<typeof planFusion>["adds"]["get"]>>): View {
    const { dot, path, alpha, beta, addend } = fused;
    let c: View | undefined;
    if (addend) {
      c = broadcastView(this.view(addend), n.shape, range(n.shape.length - addend.shape.length));
      for (const step of [...path].reverse()) {
        if (!c) break;
        if (is(step, "transpose")) {
          const inverse = step.attrs.perm.map((_, i) => (step as Node<"transpose">).attrs.perm.indexOf(i));
          c = transposeView(c, inverse);
        } else c = reshapeView(c, step.inputs[0].shape);
      }
    }
    const result = this.#dot(dot, { alpha, beta, addend: c });
    let { view } = result;
    for (const step of path)
      view = is(step, "transpose") ? transposeView(view, step.attrs.perm) : this.#reshape(view, step.shape);
    const times = (v: View, by: number, shape: readonly number[]): View => {
      if (by === 1) return v;
      const factor = this.e.constant(toData(n.dtype, [by]), [], n.dtype);
      return emitElementwise(this.e, "Mul", [v, { tensor: factor, axes: [] }], shape, n.dtype);
    };
    if (!result.scaled) view = times(view, alpha, n.shape);
    if (addend && !result.added) {
      const other = times(this.view(addend), beta, addend.shape);
      view = emitElementwise(this.e, "Add", [view, other], n.shape, n.dtype);
    }
    return view;
  }

  #reduce(n: Node<"reduce">): View {
    const { kind, axes } = n.attrs;
    const { view, repeats } = emitReduce(this.e, kind, this.view(n.inputs[0]), axes, n.shape);
    if (repeats === 1 || kind === "min" || kind === "max" || kind === "mean") return view;
    const by = this.e.constant(toData(n.dtype, [repeats]), [], n.dtype);
    const type = kind === "prod" ? "Pow" : "Mul";
    return emitElementwise(this.e, type, [view, { tensor: by, axes: [] }], n.shape, n.dtype);
  }

  /** Slices of one vector that lie side by side come out of a single Split. */
  #slice(n: Node<"slice">): View {
    const { e } = this;
    const source = n.inputs[0];
    const siblings = this.#slices.get(source) ?? [];
    if (source.shape.length === 1 && siblings.length > 1 && siblings.every((s) => s.attrs.steps[0] === 1)) {
      const sorted = [...siblings].sort(
        (p, q) => p.attrs.starts[0] - q.attrs.starts[0] || p.shape[0] - q.shape[0],
      );
      const sizes: number[] = [];
      const owner: (Node | undefined)[] = [];
      let at = 0;
      let disjoint = true;
      for (const s of sorted) {
        const start = s.attrs.starts[0];
        if (start < at) disjoint = false;
        if (start > at) {
          sizes.push(start - at);
          owner.push(undefined);
        }
        sizes.push(s.shape[0]);
        owner.push(s);
        at = start + s.shape[0];
      }
      if (at < source.shape[0]) {
        sizes.push(source.shape[0] - at);
        owner.push(undefined);
      }
      const used = sorted.reduce((k, s) => k + s.shape[0], 0);
      // A Split copies everything: only worth it when most of the vector is read.
      if (disjoint && used * 2 > source.shape[0]) {
        const outputs = sizes.map((d) => ({ shape: [d], dtype: n.dtype }));
        const names = e.emitMany("Split", [this.tensor(source), e.int64s(sizes)], outputs, { axis: 0 });
        owner.forEach((s, i) => {
          if (s) this.#views.set(s, wholeView(names[i], s.shape));
        });
        return this.#views.get(n)!;
      }
    }
    const axes = range(n.shape.length).filter(
      (i) => n.attrs.steps[i] !== 1 || n.shape[i] !== source.shape[i],
    );
    const starts = axes.map((i) => n.attrs.starts[i]);
    const steps = axes.map((i) => n.attrs.steps[i]);
    const ends = axes.map((i) => {
      const end = n.attrs.starts[i] + n.shape[i] * n.attrs.steps[i];
      // Running off the front is written as a number below every valid index.
      return end < 0 ? -(2 ** 31) : end;
    });
    const inputs = [this.tensor(source), e.int64s(starts), e.int64s(ends), e.int64s(axes), e.int64s(steps)];
    return wholeView(e.emit("Slice", inputs, n.shape, n.dtype), n.shape);
  }

  #segments(n: Node<"segments">): View {
    const { e } = this;
    const { axis, offsets } = n.attrs;
    const sizes = n.inputs.map((x) => x.shape[axis]);
    const total = n.shape[axis];
    if (n.inputs.length === 1 && n.dtype !== "bool") {
      const low = n.shape.map((_, i) => (i === axis ? offsets[0] : 0));
      const high = n.shape.map((_, i) => (i === axis ? total - offsets[0] - sizes[0] : 0));
      const zero = e.constant(toData(n.dtype, [0]), [], n.dtype);
      const inputs = [this.tensor(n.inputs[0]), e.int64s([...low, ...high]), zero];
      return wholeView(e.emit("Pad", inputs, n.shape, n.dtype, { mode: "constant" }), n.shape);
    }
    const parts: string[] = [];
    const gap = (length: number): void => {
      if (length === 0) return;
      const shape = n.shape.map((d, i) => (i === axis ? length : d));
      parts.push(e.constant(toData(n.dtype, new Array<number>(product(shape)).fill(0)), shape, n.dtype));
    };
    let at = 0;
    n.inputs.forEach((x, i) => {
      gap(offsets[i] - at);
      parts.push(this.tensor(x));
      at = offsets[i] + sizes[i];
    });
    gap(total - at);
    return wholeView(e.emit("Concat", parts, n.shape, n.dtype, { axis }), n.shape);
  }
}

/** Number of trailing axes that a node works along, row by row; 0 for nodes that need their input as it is. */
function rowwise(n: Node<"onnx">): number {
  const { type, attributes } = n.attrs;
  const rank = n.shape.length;
  if (type === "LayerNormalization") return rank - Number(attributes.axis);
  if (type === "Softmax" || type === "LogSoftmax") return Number(attributes.axis) === rank - 1 ? 1 : 0;
  return 0;
}
