import type { ElementType, TensorData } from "../dtype.js";
import { toData } from "../dtype.js";
import { contentKey } from "../ir/graph.js";
import type { OnnxAttribute } from "../ir/node.js";
import { product, rowMajor, sameShape } from "../ir/shape.js";
import { type Atom, joinAtoms, memoryOrder, type View } from "./view.js";

/** One node of the ONNX graph. */
export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

/** A tensor whose value is known at compile time. */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  readonly data: TensorData;
}

interface TensorInfo {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
}

/** Collects ONNX nodes and initializers; equal nodes are emitted once. */
export class Emitter {
  readonly nodes: OnnxNode[] = [];
  readonly initializers = new Map<string, OnnxTensor>();
  readonly #known = new Map<string, readonly string[]>();
  readonly #info = new Map<string, TensorInfo>();
  readonly #moved = new Map<string, string>();
  readonly #copies = new Map<string, (Move & { name: string })[]>();
  #next = 0;

  declare(name: string, shape: readonly number[], dtype: ElementType): string {
    this.#info.set(name, { shape, dtype });
    return name;
  }

  info(name: string): TensorInfo {
    const info = this.#info.get(name);
    if (!info) throw new Error(`internal: tensor ${name} was never emitted`);
    return info;
  }

  /** A constant; its name depends on its content only, so graphs of the same function agree on it. */
  constant(data: TensorData, shape: readonly number[], dtype: ElementType): string {
    const name = `c_${dtype}_${shape.join("x")}_${contentKey(data)}`;
    if (!this.initializers.has(name)) {
      this.initializers.set(name, { name, shape, dtype, data });
      this.declare(name, shape, dtype);
    }
    return name;
  }

  int64s(values: readonly number[]): string {
    return this.constant(toData("int64", values), [values.length], "int64");
  }

  /** Gives a node's result another name. */
  rename(from: string, to: string): void {
    const swap = (names: readonly string[]): readonly string[] => names.map((n) => (n === from ? to : n));
    this.nodes.forEach((n, i) => {
      if (n.inputs.includes(from) || n.outputs.includes(from))
        this.nodes[i] = { ...n, inputs: swap(n.inputs), outputs: swap(n.outputs) };
    });
  }

  /** Emits a node with one result. */
  emit(
    type: string,
    inputs: readonly string[],
    shape: readonly number[],
    dtype: ElementType,
    attributes: Record<string, OnnxAttribute> = {},
  ): string {
    return this.emitMany(type, inputs, [{ shape, dtype }], attributes)[0];
  }

  emitMany(
    type: string,
    inputs: readonly string[],
    outputs: readonly TensorInfo[],
    attributes: Record<string, OnnxAttribute> = {},
    wanted: (index: number) => boolean = () => true,
  ): readonly string[] {
    const key = `${type}|${inputs.join("|")}|${JSON.stringify(attributes)}|${outputs.map((o) => o.dtype).join()}`;
    const known = this.#known.get(key);
    if (known) return known;
    const names = outputs.map((o) => this.declare(`t${this.#next++}`, o.shape, o.dtype));
    // Optional results that nobody reads are left out: an empty name, or nothing at the end.
    const used = names.map((name, i) => (i === 0 || wanted(i) ? name : ""));
    while (used.at(-1) === "") used.pop();
    this.nodes.push({ type, inputs, outputs: used, attributes });
    this.#known.set(key, names);
    return names;
  }

  /** The same elements with other axes; free at run time. */
  reshape(tensor: string, shape: readonly number[]): string {
    const info = this.info(tensor);
    if (sameShape(info.shape, shape)) return tensor;
    if (product(info.shape) !== product(shape))
      throw new Error(`internal: reshape of ${tensor} from [${info.shape}] to [${shape}]`);
    const initializer = this.initializers.get(tensor);
    if (initializer) return this.constant(initializer.data, shape, info.dtype);
    return this.emit("Reshape", [tensor, this.int64s(shape)], shape, info.dtype);
  }

  /**
   * The tensor whose row-major order visits `atoms` (all with non-zero stride, all of the tensor) as listed,
   * with the given shape. Emits a Transpose only when memory order differs.
   */
  layout(tensor: string, atoms: readonly Atom[], shape: readonly number[]): string {
    const move = moveOf(atoms);
    if (!move) return this.reshape(tensor, shape);
    const { dtype } = this.info(tensor);
    const key = moveKey(tensor, move);
    let moved = this.#moved.get(key);
    if (!moved) {
      const stored = this.reshape(tensor, move.stored);
      const out = move.perm.map((p) => move.stored[p]);
      moved = this.emit("Transpose", [stored], out, dtype, { perm: move.perm });
      this.#moved.set(key, moved);
      const copies = this.#copies.get(tensor) ?? [];
      copies.push({ ...move, name: moved });
      this.#copies.set(tensor, copies);
    }
    return this.reshape(moved, shape);
  }

  /** The same view read from copies of its tensor that have been made already in another order. */
  alternatives(view: View): View[] {
    return (this.#copies.get(view.tensor) ?? []).flatMap(({ stored, perm, name }) => {
      const before = rowMajor(stored);
      const after = rowMajor(perm.map((p) => stored[p]));
      // Elements inside a run stay side by side; the run itself has a new stride.
      const restride = (a: Atom): Atom | undefined => {
        if (a.stride === 0) return a;
        const run = before.findIndex((s, i) => a.stride >= s && a.stride * a.size <= s * stored[i]);
        if (run < 0) return undefined;
        return { size: a.size, stride: (a.stride / before[run]) * after[perm.indexOf(run)] };
      };
      const axes = view.axes.map((atoms) => atoms.map(restride));
      return axes.every((atoms) => atoms.every((a) => a !== undefined))
        ? [{ tensor: name, axes: axes as Atom[][] }]
        : [];
    });
  }

  /** What {@link layout} would have to do: nothing (or nothing more), or which kind of copy. */
  movement(tensor: string, atoms: readonly Atom[]): "none" | "runs" | "swap" | "scattered" {
    const move = moveOf(atoms);
    if (!move || this.initializers.has(tensor) || this.#moved.has(moveKey(tensor, move))) return "none";
    const rank = move.perm.length;
    if (move.perm[rank - 1] === rank - 1) return "runs";
    const swaps = rank === 2 || (rank === 3 && move.perm[0] === 0);
    return swaps ? "swap" : "scattered";
  }

  /** The view as a plain tensor. `broadcast: "keep"` leaves stretched axes at size one where whole axes are. */
  materialize(view: View, stretch = true): string {
    const { dtype } = this.info(view.tensor);
    const real = view.axes.map((atoms) => atoms.filter((a) => a.stride !== 0));
    const full = view.axes.map((atoms) => product(atoms.map((a) => a.size)));
    const broadcast = view.axes.some((atoms) => atoms.some((a) => a.stride === 0));
    if (!broadcast) return this.layout(view.tensor, real.flat(), full);
    const split = view.axes.flatMap((atoms) => atoms.map((a) => (a.stride === 0 ? 1 : a.size)));
    if (
      !stretch &&
      view.axes.every((atoms) => atoms.every((a) => a.stride === 0) || atoms.every((a) => a.stride))
    )
      return this.layout(
        view.tensor,
        real.flat(),
        view.axes.map((atoms, i) => (atoms.some((a) => a.stride === 0) ? 1 : full[i])),
      );
    const scalar = this.initializers.get(view.tensor);
    if (scalar && scalar.data.length === 1 && product(full) <= 4096) {
      // A small constant array is better than a node that makes one.
      const data = toData(dtype, new Array<number>(product(full)).fill(Number(scalar.data[0])));
      return this.constant(data, full, dtype);
    }
    const small = this.layout(view.tensor, real.flat(), split);
    const wide = view.axes.flatMap((atoms) => atoms.map((a) => a.size));
    const stretched = this.emit("Expand", [small, this.int64s(wide)], wide, dtype);
    return this.reshape(stretched, full);
  }
}

/** A Transpose: sizes of the runs as they lie in memory, and their order in the result. */
interface Move {
  readonly stored: number[];
  readonly perm: number[];
}

function moveOf(atoms: readonly Atom[]): Move | undefined {
  const runs = joinAtoms(atoms);
  const order = memoryOrder(runs);
  if (order.every((p, i) => p === i)) return undefined;
  return { stored: order.map((p) => runs[p].size), perm: runs.map((_, i) => order.indexOf(i)) };
}

const moveKey = (tensor: string, { stored, perm }: Move): string => `${tensor}|${stored}|${perm}`;
