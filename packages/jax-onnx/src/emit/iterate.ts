import { product, range } from "../ir/shape.js";
import type { Emitter } from "./emitter.js";
import { type Atom, memoryOrder, refine, type View, viewShape, wholeView } from "./view.js";

/** One loop of an iteration over several views at once; `strides[k]` belongs to view k, 0 where it is stretched. */
export interface Loop {
  readonly size: number;
  readonly strides: readonly number[];
  /** Axis of the common shape that the loop is part of. */
  readonly axis: number;
}

/** Views right-aligned to `rank` axes. */
export function alignRank(view: View, rank: number): View {
  const missing = range(rank - view.axes.length).map(() => []);
  return { tensor: view.tensor, axes: [...missing, ...view.axes] };
}

/** Reads the view into a row-major tensor, so that its axes can be cut anywhere. */
export function settle(e: Emitter, view: View): View {
  const axes = view.axes.map((atoms) => (atoms.every((a) => a.stride === 0) ? [] : atoms));
  const tensor = e.materialize({ tensor: view.tensor, axes });
  return wholeView(tensor, viewShape({ tensor, axes }));
}

/**
 * The loops, outermost axis first, that visit views of broadcast-compatible shapes together. Views whose runs
 * do not nest with those of the others are copied into row-major order first.
 */
export function loops(
  e: Emitter,
  views: readonly View[],
  shape: readonly number[],
): { views: View[]; loops: Loop[] } {
  const aligned = views.map((v) => alignRank(v, shape.length));
  for (;;) {
    const out: Loop[] = [];
    let clash = -1;
    for (let axis = 0; axis < shape.length && clash < 0; axis++) {
      const split = refine(
        aligned.map((v) => v.axes[axis]),
        shape[axis],
      );
      if (!split) {
        clash = axis;
        break;
      }
      for (let i = 0; i < split[0].length; i++)
        out.push({ axis, size: split[0][i].size, strides: split.map((atoms) => atoms[i].stride) });
    }
    if (clash < 0) return { views: aligned, loops: out };
    // Copy the view that is cut up most on the axis where the runs clash.
    const worst = range(aligned.length).reduce((p, k) =>
      aligned[k].axes[clash].length > aligned[p].axes[clash].length ? k : p,
    );
    aligned[worst] = settle(e, aligned[worst]);
  }
}

/**
 * Order of the loops in the result of an element-wise operation: the memory order of the largest operand, so
 * that the operand that costs most to move is the one that stays.
 */
export function leadingOrder(list: readonly Loop[], count: number): number[] {
  const volume = (k: number): number => product(list.filter((l) => l.strides[k] !== 0).map((l) => l.size));
  const disorder = (k: number): number => {
    const real = list.filter((l) => l.strides[k] !== 0);
    return real.filter((l, i) => i > 0 && l.strides[k] > real[i - 1].strides[k]).length;
  };
  let lead = 0;
  for (let k = 1; k < count; k++) {
    const larger = volume(k) > volume(lead);
    if (larger || (volume(k) === volume(lead) && disorder(k) < disorder(lead))) lead = k;
  }
  const own = range(list.length).filter((i) => list[i].strides[lead] !== 0);
  const ordered = memoryOrder(own.map((i) => ({ size: list[i].size, stride: list[i].strides[lead] }))).map(
    (p) => own[p],
  );
  // Loops in which the leader is stretched follow the loop that precedes them in the logical order.
  for (const i of range(list.length)) {
    if (list[i].strides[lead] !== 0) continue;
    const before = i === 0 ? -1 : ordered.indexOf(i - 1);
    ordered.splice(before + 1, 0, i);
  }
  return ordered;
}

/** Joins neighbouring loops that are contiguous in every view; returns groups of indices into `list`. */
export function joinLoops(list: readonly Loop[], order: readonly number[]): number[][] {
  const groups: number[][] = [];
  for (const i of order) {
    const last = groups.at(-1);
    const outer = last ? list[last[last.length - 1]] : undefined;
    const inner = list[i];
    const joins = outer?.strides.every((s, k) => {
      const t = inner.strides[k];
      return s === 0 || t === 0 ? s === t : s === t * inner.size;
    });
    if (last && joins) last.push(i);
    else groups.push([i]);
  }
  return groups;
}

/**
 * Groups of loops that follow the shape in which some operand already is, when the loops allow it: then that
 * operand (and often the others) need no Reshape. Otherwise the fewest groups.
 */
export function groupLoops(
  e: Emitter,
  views: readonly View[],
  list: readonly Loop[],
  order: readonly number[],
): number[][] {
  const joined = joinLoops(list, order);
  let best = joined;
  let least = reshapes(e, views, list, joined);
  if (least === 0) return joined;
  for (let k = 0; k < views.length; k++) {
    const groups = groupsOfShape(list, order, e.info(views[k].tensor).shape);
    if (!groups?.every((group) => joinLoops(list, group).length <= 1)) continue;
    const count = reshapes(e, views, list, groups);
    if (count < least) [best, least] = [groups, count];
  }
  return best;
}

/**
 * The loops in `order`, cut where the axes of `shape` end (axes of size one have none); `undefined` when they do
 * not end together.
 */
export function groupsOfShape(
  list: readonly Loop[],
  order: readonly number[],
  shape: readonly number[],
): number[][] | undefined {
  const groups: number[][] = [];
  let at = 0;
  for (const d of shape) {
    const group: number[] = [];
    let size = 1;
    while (size < d && at < order.length) {
      size *= list[order[at]].size;
      group.push(order[at++]);
    }
    if (size !== d) return undefined;
    groups.push(group);
  }
  return at === order.length ? groups : undefined;
}

/** How many operands do not have the shape that the groups ask of them. */
function reshapes(
  e: Emitter,
  views: readonly View[],
  list: readonly Loop[],
  groups: readonly (readonly number[])[],
): number {
  return views.filter((v, k) => !hasShape(e.info(v.tensor).shape, operandShape(k, list, groups))).length;
}

const operandShape = (k: number, list: readonly Loop[], groups: readonly (readonly number[])[]): number[] =>
  groups.map((group) => product(group.map((i) => (list[i].strides[k] === 0 ? 1 : list[i].size))));

/** Equal but for leading axes of size one, which broadcasting supplies; never of higher rank. */
const hasShape = (stored: readonly number[], shape: readonly number[]): boolean =>
  stored.length <= shape.length && trimmed(stored).join() === trimmed(shape).join();

/** Without leading axes of size one. */
function trimmed(shape: readonly number[]): number[] {
  const first = shape.findIndex((d) => d !== 1);
  return first < 0 ? [] : shape.slice(first);
}

/** The operand as a tensor with one axis a group of loops; axes it is stretched along have size one. */
export function operand(
  e: Emitter,
  view: View,
  k: number,
  list: readonly Loop[],
  groups: readonly (readonly number[])[],
): string {
  const atoms: Atom[] = groups.flat().flatMap((i) => {
    const { size, strides } = list[i];
    return strides[k] === 0 ? [] : [{ size, stride: strides[k] }];
  });
  const shape = operandShape(k, list, groups);
  const stored = e.info(view.tensor).shape;
  return e.layout(view.tensor, atoms, hasShape(stored, shape) ? stored : trimmed(shape));
}

/** The view of a result that was computed loop by loop in `order` (loops not listed are broadcast). */
export function resultView(
  tensor: string,
  list: readonly Loop[],
  order: readonly number[],
  shape: readonly number[],
): View {
  const stride = new Map<number, number>();
  let s = 1;
  for (const i of [...order].reverse()) {
    stride.set(i, s);
    s *= list[i].size;
  }
  const axes: Atom[][] = shape.map(() => []);
  list.forEach((l, i) => {
    // Loops of a summed axis lie beyond the result's shape.
    if (l.size > 1 && l.axis < shape.length) axes[l.axis].push({ size: l.size, stride: stride.get(i) ?? 0 });
  });
  return { tensor, axes };
}
