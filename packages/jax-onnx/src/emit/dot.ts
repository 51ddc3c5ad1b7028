import { product, range } from "../ir/shape.js";
import { emitElementwise, emitReduce } from "./elementwise.js";
import type { Emitter } from "./emitter.js";
import { type Loop, loops, resultView } from "./iterate.js";
import { choosePlan, cutLoops, type Piece, type Preference, type Roles } from "./plan.js";
import { type Atom, type View, viewShape } from "./view.js";

/** What the consumer of a dot would like, and what can be folded into it. */
export interface DotOptions {
  /** Layout that the reader of the result will ask for. */
  readonly preferred?: Preference;
  /** Constant factor on the product. */
  readonly alpha?: number;
  /** Added to the product when its layout allows, as the C operand of Gemm. */
  readonly addend?: View;
  /** Constant factor on the addend. */
  readonly beta?: number;
}

/** Result of {@link emitDot}; `added` tells whether the addend went into the Gemm. */
export interface DotResult {
  readonly view: View;
  readonly added: boolean;
  readonly scaled: boolean;
}

/**
 * Emits `sum(x · y, last axis)`. The axes of the two operands are aligned, each is classed as batch, M, N or K,
 * and the product is a MatMul or (without batch axes) a Gemm, whose transpose flags absorb one swap per operand.
 */
export function emitDot(
  e: Emitter,
  x: View,
  y: View,
  shape: readonly number[],
  options: DotOptions = {},
): DotResult {
  const full = broadcastShape(viewShape(x), viewShape(y));
  const last = full.length - 1;
  const { views, loops: uncut } = loops(e, [x, y], full);
  const preferred = options.preferred ?? { free: [], orders: [wholeAxes(shape)] };
  const list = cutLoops(uncut, [...preferred.free, ...preferred.orders[0]]);
  const [a, b] = views;
  const summedIn = (side: number): boolean =>
    list.some((l) => l.axis === last && l.strides[side] !== 0 && l.strides[1 - side] === 0);
  // A summed loop that only one side has is a plain sum of that side.
  for (const side of [0, 1]) {
    if (!summedIn(side)) continue;
    const [sum, other] = sumOneSided(e, views, side, list, full);
    return side === 0 ? emitDot(e, sum, other, shape, options) : emitDot(e, other, sum, shape, options);
  }
  const both = list.map((l) => l.strides[0] !== 0 && l.strides[1] !== 0);
  const repeats = product(
    list.filter((l) => l.axis === last && l.strides[0] === 0 && l.strides[1] === 0).map((l) => l.size),
  );
  const roles: Roles = {
    batch: pick(list, (l, i) => both[i] && l.axis !== last),
    m: pick(list, (l) => l.strides[0] !== 0 && l.strides[1] === 0),
    n: pick(list, (l) => l.strides[0] === 0 && l.strides[1] !== 0),
    k: pick(list, (l, i) => both[i] && l.axis === last),
  };
  const plain = (view: View): DotResult => ({
    view: times(e, view, shape, repeats),
    added: false,
    scaled: false,
  });
  const rowwise = roles.batch.length > 0 && roles.m.length === 0 && roles.n.length === 0;
  if (roles.k.length === 0 || rowwise) {
    const { dtype } = e.info(a.tensor);
    const mul = emitElementwise(e, "Mul", [a, b], full, dtype);
    return plain(emitReduce(e, "sum", dropStretched(mul, last), [last], shape).view);
  }
  if (repeats !== 1) return plain(product2(e, a, b, list, roles, shape, preferred, {}).view);
  return product2(e, a, b, list, roles, shape, preferred, options);
}

const pick = (list: readonly Loop[], keep: (l: Loop, i: number) => boolean): number[] =>
  list.flatMap((l, i) => (keep(l, i) ? [i] : []));

function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return range(rank).map((i) => Math.max(a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1));
}

function dropStretched(v: View, axis: number): View {
  return {
    tensor: v.tensor,
    axes: v.axes.map((atoms, i) => (i === axis ? atoms.filter((a) => a.stride !== 0) : atoms)),
  };
}

function times(e: Emitter, v: View, shape: readonly number[], factor: number): View {
  if (factor === 1) return v;
  const { dtype } = e.info(v.tensor);
  const data = dtype === "float64" ? Float64Array.of(factor) : Float32Array.of(factor);
  const c = e.constant(dtype === "int32" ? Int32Array.of(factor) : data, [], dtype);
  return emitElementwise(e, "Mul", [v, { tensor: c, axes: [] }], shape, dtype);
}

/** Sums one side over the loops of the last axis that only it has, and drops them from both. */
function sumOneSided(
  e: Emitter,
  views: readonly View[],
  side: number,
  list: readonly Loop[],
  full: readonly number[],
): [View, View] {
  const last = full.length - 1;
  const inLast = list.filter((l) => l.axis === last);
  const gone = inLast.filter((l) => l.strides[side] !== 0 && l.strides[1 - side] === 0);
  const stays = inLast.filter((l) => !gone.includes(l));
  const atoms = (ls: readonly Loop[], s: number): Atom[] =>
    ls.map((l) => ({ size: l.size, stride: l.strides[s] }));
  const lead = views[side].axes.slice(0, -1);
  const split: View = { tensor: views[side].tensor, axes: [...lead, atoms(stays, side), atoms(gone, side)] };
  const sum = emitReduce(e, "sum", split, [last + 1], viewShape(split).slice(0, -1)).view;
  const rest = views[1 - side];
  const other: View = { tensor: rest.tensor, axes: [...rest.axes.slice(0, -1), atoms(stays, 1 - side)] };
  return [sum, other];
}

const wholeAxes = (shape: readonly number[]): Piece[] =>
  shape.map((size, axis) => ({ axis, size, stride: 1 }));

function product2(
  e: Emitter,
  a: View,
  b: View,
  list: readonly Loop[],
  roles: Roles,
  shape: readonly number[],
  preferred: Preference,
  options: DotOptions,
): DotResult {
  const { dtype } = e.info(a.tensor);
  const plan = choosePlan(e, [a.tensor, b.tensor], list, roles, {
    preferred,
    // A Gemm absorbs the addend, which is worth more than a better place for its result.
    mayLead: options.addend === undefined && dtype !== "int32",
  });
  // With `swap` the product is computed as (b·a), so that the result comes out as [.., N, M].
  const [left, right, li, ri] = plan.swap ? [b, a, 1, 0] : [a, b, 0, 1];
  const { batch, lead, rows, cols, k, transA, transB } = plan;
  const size = (ids: readonly number[]): number => product(ids.map((i) => list[i].size));
  const atoms = (ids: readonly number[], side: number): Atom[] =>
    ids.map((i) => ({ size: list[i].size, stride: list[i].strides[side] }));
  const [ms, ns, ks] = [size(rows), size(cols), size(k)];
  const order = [...lead, ...batch, ...rows, ...cols];
  const alpha = options.alpha ?? 1;
  if (batch.length === 0 && lead.length === 0 && dtype !== "int32") {
    const p = e.layout(
      left.tensor,
      atoms(transA ? [...k, ...rows] : [...rows, ...k], li),
      transA ? [ks, ms] : [ms, ks],
    );
    const q = e.layout(
      right.tensor,
      atoms(transB ? [...cols, ...k] : [...k, ...cols], ri),
      transB ? [ns, ks] : [ks, ns],
    );
    const c = options.addend ? addendFor(e, options.addend, list, rows, cols, shape) : undefined;
    const attributes: Record<string, number | { float: number }> = {};
    if (transA) attributes.transA = 1;
    if (transB) attributes.transB = 1;
    if (alpha !== 1) attributes.alpha = { float: alpha };
    if (c && (options.beta ?? 1) !== 1) attributes.beta = { float: options.beta! };
    const plain = !c && !transA && !transB && alpha === 1;
    const tensor = e.emit(plain ? "MatMul" : "Gemm", c ? [p, q, c] : [p, q], [ms, ns], dtype, attributes);
    return { view: resultView(tensor, list, order, shape), added: c !== undefined, scaled: true };
  }
  // `lead` are loops of the right operand only: the left one is broadcast along them.
  const [ls, bs] = [size(lead), size(batch)];
  const p = batched(e, left, atoms(batch, li), atoms(rows, li), atoms(k, li), transA, [bs, ms, ks]);
  const q = batched(e, right, atoms([...lead, ...batch], ri), atoms(k, ri), atoms(cols, ri), transB, [
    ls * bs,
    ks,
    ns,
  ]);
  const tensor = e.emit("MatMul", [p, q], [ls * bs, ms, ns], dtype);
  return { view: resultView(tensor, list, order, shape), added: false, scaled: false };
}

/**
 * A [batch, rows, cols] operand. When memory has rows and cols the other way round the swap is a Transpose of
 * the last two axes by itself, which the runtime folds into its matrix product.
 */
function batched(
  e: Emitter,
  view: View,
  batch: readonly Atom[],
  rows: readonly Atom[],
  cols: readonly Atom[],
  swapped: boolean,
  [b, r, c]: readonly [number, number, number],
): string {
  if (!swapped) return e.layout(view.tensor, [...batch, ...rows, ...cols], [b, r, c]);
  const stored = e.layout(view.tensor, [...batch, ...cols, ...rows], [b, c, r]);
  return e.emit("Transpose", [stored], [b, r, c], e.info(stored).dtype, { perm: [0, 2, 1] });
}

/** The addend as the C operand of a Gemm with the given rows and columns, if it can be had without moving data. */
function addendFor(
  e: Emitter,
  addend: View,
  list: readonly Loop[],
  rows: readonly number[],
  cols: readonly number[],
  shape: readonly number[],
): string | undefined {
  if (addend.axes.length > shape.length) return undefined;
  const pad = shape.length - addend.axes.length;
  const strides = new Map<number, number>();
  for (let axis = 0; axis < shape.length; axis++) {
    const ids = list.flatMap((l, i) => (l.axis === axis ? [i] : []));
    const atoms = axis < pad ? [] : [...addend.axes[axis - pad]];
    if (atoms.every((t) => t.stride === 0)) {
      for (const i of ids) strides.set(i, 0);
      continue;
    }
    // Walk both lists from the inside; the addend may be coarser than the loops but not finer.
    let t = atoms.pop();
    for (const i of [...ids].reverse()) {
      if (!t) return undefined;
      if (t.size % list[i].size !== 0) return undefined;
      strides.set(i, t.stride);
      const left: number = t.size / list[i].size;
      t = left === 1 ? atoms.pop() : { size: left, stride: t.stride * list[i].size };
    }
    if (t || atoms.length > 0) return undefined;
  }
  const real = (ids: readonly number[]): Atom[] =>
    ids.filter((i) => strides.get(i) !== 0).map((i) => ({ size: list[i].size, stride: strides.get(i)! }));
  const whole = (ids: readonly number[]): boolean => ids.every((i) => strides.get(i) !== 0);
  const none = (ids: readonly number[]): boolean => ids.every((i) => strides.get(i) === 0);
  if (!(whole(rows) || none(rows)) || !(whole(cols) || none(cols))) return undefined;
  const atoms = [...real(rows), ...real(cols)];
  const size = (ids: readonly number[]): number => product(ids.map((i) => list[i].size));
  // A kept axis along which both operands are stretched is in no row or column; the addend must not vary there.
  const varying = list.filter((l, i) => l.axis < shape.length && strides.get(i) !== 0);
  if (varying.length !== atoms.length) return undefined;
  const inOrder = atoms.every((t, i) => i === 0 || atoms[i - 1].stride > t.stride);
  if (!inOrder) return undefined;
  const dims = [none(rows) ? 1 : size(rows), none(cols) ? 1 : size(cols)];
  return e.layout(addend.tensor, atoms, dims[0] === 1 ? [dims[1]] : dims);
}
