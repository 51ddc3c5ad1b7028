import { product, range } from "../ir/shape.js";
import { emitElementwise, emitReduce } from "./elementwise.js";
import type { Emitter } from "./emitter.js";
import { type Loop, loops, resultView } from "./iterate.js";
import { type Atom, memoryOrder, type View, viewShape } from "./view.js";

/** Loops of a dot by role: in both and kept, in the left only, in the right only, in both and summed. */
interface Roles {
  batch: number[];
  m: number[];
  n: number[];
  k: number[];
}

/** What the consumer of a dot would like, and what can be folded into it. */
export interface DotOptions {
  /**
   * Order of the result's axes in the layout that the consumer will ask for (a permutation of the axes of the
   * result); the orientation of the product that comes closest is chosen.
   */
  readonly preferred?: readonly number[];
  /** Constant factor on the product. */
  readonly alpha?: number;
  /** Added to the product when its layout allows, as the C operand of Gemm. */
  readonly addend?: View;
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
  const { views, loops: list } = loops(e, [x, y], full);
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
  if (repeats !== 1) return plain(product2(e, a, b, list, roles, shape, options.preferred, {}).view);
  return product2(e, a, b, list, roles, shape, options.preferred, options);
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

/** One way to lay out the operands of a product. */
interface Plan {
  readonly cost: number;
  readonly swap: boolean;
  readonly batch: readonly number[];
  readonly m: readonly number[];
  readonly n: readonly number[];
  readonly k: readonly number[];
  readonly transA: boolean;
  readonly transB: boolean;
}

function product2(
  e: Emitter,
  a: View,
  b: View,
  list: readonly Loop[],
  roles: Roles,
  shape: readonly number[],
  preferred: readonly number[] | undefined,
  options: DotOptions,
): DotResult {
  const plan = choosePlan(list, roles, shape, preferred);
  // With `swap` the product is computed as (b·a) so that the result comes out as [.., N, M].
  const [left, right, li, ri] = plan.swap ? [b, a, 1, 0] : [a, b, 0, 1];
  const [rows, cols] = plan.swap ? [plan.n, plan.m] : [plan.m, plan.n];
  const { dtype } = e.info(a.tensor);
  const size = (ids: readonly number[]): number => product(ids.map((i) => list[i].size));
  const atoms = (ids: readonly number[], side: number): Atom[] =>
    ids.map((i) => ({ size: list[i].size, stride: list[i].strides[side] }));
  const [bs, ms, ns, ks] = [size(plan.batch), size(rows), size(cols), size(plan.k)];
  const order = [...plan.batch, ...rows, ...cols];
  const gemm = plan.batch.length === 0 && dtype !== "int32";
  if (gemm) {
    const tl = plan.transA;
    const tr = plan.transB;
    const p = e.layout(
      left.tensor,
      atoms(tl ? [...plan.k, ...rows] : [...rows, ...plan.k], li),
      tl ? [ks, ms] : [ms, ks],
    );
    const q = e.layout(
      right.tensor,
      atoms(tr ? [...cols, ...plan.k] : [...plan.k, ...cols], ri),
      tr ? [ns, ks] : [ks, ns],
    );
    const c = options.addend ? addendFor(e, options.addend, list, rows, cols, shape) : undefined;
    const attributes: Record<string, number | { float: number }> = {};
    if (tl) attributes.transA = 1;
    if (tr) attributes.transB = 1;
    const alpha = options.alpha ?? 1;
    if (alpha !== 1) attributes.alpha = { float: alpha };
    const inputs = c ? [p, q, c] : [p, q];
    const plain = !c && !tl && !tr && alpha === 1;
    const tensor = e.emit(plain ? "MatMul" : "Gemm", inputs, [ms, ns], dtype, attributes);
    return { view: resultView(tensor, list, order, shape), added: c !== undefined, scaled: true };
  }
  const p = batched(e, left, atoms(plan.batch, li), atoms(rows, li), atoms(plan.k, li), plan.transA, [
    bs,
    ms,
    ks,
  ]);
  const q = batched(e, right, atoms(plan.batch, ri), atoms(plan.k, ri), atoms(cols, ri), plan.transB, [
    bs,
    ks,
    ns,
  ]);
  const tensor = e.emit("MatMul", [p, q], [bs, ms, ns], dtype);
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

/** Tries the sensible orders of the loops and takes the one that moves the fewest elements. */
function choosePlan(
  list: readonly Loop[],
  roles: Roles,
  shape: readonly number[],
  preferred: readonly number[] | undefined,
): Plan {
  const by = (ids: readonly number[], side: number): number[] =>
    memoryOrder(ids.map((i) => ({ size: list[i].size, stride: list[i].strides[side] }))).map((p) => ids[p]);
  const orders = (ids: readonly number[], ...sides: number[]): number[][] => {
    const all = [...sides.map((s) => by(ids, s)), [...ids]];
    return all.filter((o, i) => all.findIndex((p) => p.join() === o.join()) === i);
  };
  const volume = (ids: readonly number[]): number => product(ids.map((i) => list[i].size));
  const sizeA = volume([...roles.batch, ...roles.m, ...roles.k]);
  const sizeB = volume([...roles.batch, ...roles.n, ...roles.k]);
  const sizeOut = volume([...roles.batch, ...roles.m, ...roles.n]);
  const sorted = (ids: readonly number[], side: number): boolean =>
    ids.every((id, i) => i === 0 || list[ids[i - 1]].strides[side] > list[id].strides[side]);
  const target = targetOrder(list, preferred ?? range(shape.length));
  const batchless = roles.batch.length === 0;
  let best: Plan | undefined;
  for (const batch of orders(roles.batch, 0, 1))
    for (const k of orders(roles.k, 0, 1))
      for (const m of orders(roles.m, 0))
        for (const n of orders(roles.n, 1))
          for (const swap of [false, true]) {
            // A swapped layout is free with Gemm's flags and nearly so where the runtime fuses the Transpose.
            const operandCost = (
              ids: number[],
              flipped: number[],
              side: number,
              volume: number,
            ): [number, boolean] => {
              if (sorted(ids, side)) return [0, false];
              const swapCost = batchless ? 0 : volume * 0.05;
              if (sorted(flipped, side)) return [swapCost, true];
              return [volume, false];
            };
            const [rows, cols, l, r] = swap ? [n, m, 1, 0] : [m, n, 0, 1];
            const [costL, transA] = operandCost(
              [...batch, ...rows, ...k],
              [...batch, ...k, ...rows],
              l,
              l ? sizeB : sizeA,
            );
            const [costR, transB] = operandCost(
              [...batch, ...k, ...cols],
              [...batch, ...cols, ...k],
              r,
              r ? sizeB : sizeA,
            );
            const out = [...batch, ...rows, ...cols];
            const wanted = target.filter((i) => out.includes(i));
            const outCost = out.every((i, p) => i === wanted[p]) ? 0 : sizeOut * 0.9;
            const cost = costL + costR + outCost + (swap ? 0.001 : 0);
            if (!best || cost < best.cost) best = { cost, swap, batch, m, n, k, transA, transB };
          }
  return best!;
}

/** Loop indices in the order of the given axes. */
function targetOrder(list: readonly Loop[], axes: readonly number[]): number[] {
  return axes.flatMap((axis) => list.flatMap((l, i) => (l.axis === axis ? [i] : [])));
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
  const inOrder = atoms.every((t, i) => i === 0 || atoms[i - 1].stride > t.stride);
  if (!inOrder) return undefined;
  const dims = [none(rows) ? 1 : size(rows), none(cols) ? 1 : size(cols)];
  return e.layout(addend.tensor, atoms, dims[0] === 1 ? [dims[1]] : dims);
}
