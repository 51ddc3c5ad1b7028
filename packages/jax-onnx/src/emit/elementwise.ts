import type { ElementType } from "../dtype.js";
import type { OnnxAttribute } from "../ir/node.js";
import { product, range } from "../ir/shape.js";
import type { Emitter } from "./emitter.js";
import { groupLoops, groupsOfShape, leadingOrder, loops, operand, resultView } from "./iterate.js";
import type { View } from "./view.js";

/**
 * Emits an element-wise node over views. The result is computed in the memory order of its largest operand and
 * only over axes that some operand really has; the rest stays a broadcast in the returned view.
 */
export function emitElementwise(
  e: Emitter,
  type: string,
  inputs: readonly View[],
  shape: readonly number[],
  dtype: ElementType,
  attributes: Record<string, OnnxAttribute> = {},
): View {
  const { views, loops: list } = loops(e, inputs, shape);
  const used = leadingOrder(list, views.length).filter((i) => list[i].strides.some((s) => s !== 0));
  const groups = groupLoops(e, views, list, used);
  const operands = views.map((v, k) => operand(e, v, k, list, groups));
  const out = groups.map((group) => product(group.map((i) => list[i].size)));
  const tensor = e.emit(type, operands, out, dtype, attributes);
  return resultView(tensor, list, used, shape);
}

const reduceTypes = {
  sum: "ReduceSum",
  prod: "ReduceProd",
  min: "ReduceMin",
  max: "ReduceMax",
  mean: "ReduceMean",
  sumsq: "ReduceSumSquare",
} as const;

/** Number of times reduced and kept loops alternate in memory; the runtime is fast for up to two runs. */
function alternations(view: View, axes: readonly number[]): number {
  const list = view.axes.flatMap((atoms, axis) => atoms.map((a) => ({ ...a, reduced: axes.includes(axis) })));
  const real = list.filter((a) => a.stride !== 0).sort((p, q) => q.stride - p.stride);
  return real.filter((a, i) => i === 0 || a.reduced !== real[i - 1].reduced).length;
}

/** Emits a reduction without moving data: the reduced axes are wherever memory order puts them. */
export function emitReduce(
  e: Emitter,
  kind: keyof typeof reduceTypes,
  source: View,
  axes: readonly number[],
  shape: readonly number[],
): { view: View; repeats: number } {
  let input = source;
  if (alternations(source, axes) > 2)
    for (const copy of e.alternatives(source))
      if (alternations(copy, axes) < alternations(input, axes)) input = copy;
  const list = input.axes.flatMap((atoms, axis) =>
    atoms.map((a) => ({ size: a.size, strides: [a.stride], axis })),
  );
  const reduced = (i: number): boolean => axes.includes(list[i].axis);
  const order = leadingOrder(list, 1).filter((i) => list[i].strides[0] !== 0);
  // Elements that a reduced, stretched axis repeats are the caller's to account for.
  const repeats = product(list.filter((l, i) => reduced(i) && l.strides[0] === 0).map((l) => l.size));
  const merged: number[][] = [];
  for (const i of order) {
    const last = merged.at(-1);
    if (last && reduced(last[0]) === reduced(i)) last.push(i);
    else merged.push([i]);
  }
  const own = groupsOfShape(list, order, e.info(input.tensor).shape);
  const pure = own?.every((group) => group.every((i) => reduced(i) === reduced(group[0])));
  // Right behind a Transpose the runtime would pull the reduction in front of it; a Reshape between stops that.
  const groups = own && pure && input === source ? own : merged;
  const { dtype } = e.info(input.tensor);
  const kept = order.filter((i) => !reduced(i));
  const keptAxis = new Map<number, number>();
  input.axes.forEach((_, axis) => {
    if (!axes.includes(axis)) keptAxis.set(axis, keptAxis.size);
  });
  const rest = list.map((l) => ({ ...l, axis: keptAxis.get(l.axis) ?? -1 }));
  const restLoops = rest.filter((l) => l.axis >= 0);
  const restOrder = kept.map((i) => restLoops.indexOf(rest[i]));
  const target = groups.map((group) => ({
    reduced: group.length > 0 && reduced(group[0]),
    size: product(group.map((i) => list[i].size)),
  }));
  const where = target.flatMap((t, i) => (t.reduced ? [i] : []));
  if (where.length === 0) {
    const tensor = e.reshape(
      input.tensor,
      target.map((t) => t.size),
    );
    return { view: resultView(tensor, restLoops, restOrder, shape), repeats };
  }
  const stored = e.layout(
    input.tensor,
    order.map((i) => ({ size: list[i].size, stride: list[i].strides[0] })),
    target.map((t) => t.size),
  );
  const out = target.filter((t) => !t.reduced).map((t) => t.size);
  const tensor = e.emit(reduceTypes[kind], [stored, e.int64s(where)], out, dtype, { keepdims: 0 });
  return { view: resultView(tensor, restLoops, restOrder, shape), repeats };
}

/**
 * Emits a node that works along the trailing `count` axes of its first input (softmax, layer normalisation).
 * The other axes stay in memory order. Results have the input's shape, or size one along those axes. With
 * `reshaped` the node gets another rank than its input, which keeps the runtime from fusing the two.
 */
export function emitRowwise(
  e: Emitter,
  type: string,
  input: View,
  others: readonly string[],
  count: number,
  outputs: readonly { shape: readonly number[]; dtype: ElementType }[],
  attributes: Record<string, OnnxAttribute>,
  wanted: (index: number) => boolean,
  reshaped = false,
): View[] {
  const rank = input.axes.length;
  const list = input.axes.flatMap((atoms, axis) =>
    atoms.map((a) => ({ size: a.size, strides: [a.stride], axis })),
  );
  const inner = range(list.length).filter((i) => list[i].axis >= rank - count);
  const outer = leadingOrder(list, 1).filter((i) => !inner.includes(i) && list[i].strides[0] !== 0);
  const order = [...outer, ...inner];
  const size = (ids: readonly number[]): number => product(ids.map((i) => list[i].size));
  const rows = groupsOfShape(list, outer, e.info(input.tensor).shape.slice(0, -1)) ?? [outer];
  const shape = [...rows.map(size), size(inner)];
  if (reshaped && shape.length === e.info(input.tensor).shape.length) shape.unshift(1);
  const stored = e.layout(
    input.tensor,
    order.map((i) => ({ size: list[i].size, stride: list[i].strides[0] })),
    shape,
  );
  const whole = outputs.map((o) => product(o.shape.slice(rank - count)) !== 1 || size(inner) === 1);
  const infos = outputs.map((o, i) => ({
    dtype: o.dtype,
    shape: whole[i] ? shape : [...shape.slice(0, -1), 1],
  }));
  const names = e.emitMany(
    type,
    [stored, ...others],
    infos,
    { ...attributes, axis: shape.length - 1 },
    wanted,
  );
  return names.map((name, i) => {
    if (whole[i]) return resultView(name, list, order, outputs[i].shape);
    const kept = list.map((l, k) => (inner.includes(k) ? { ...l, axis: rank } : l));
    return resultView(name, kept, outer, outputs[i].shape);
  });
}
