import { product } from "../ir/shape.js";
import type { Emitter } from "./emitter.js";
import type { Loop } from "./iterate.js";
import { memoryOrder } from "./view.js";

/** Loops of a dot by role: in both and kept, in the left only, in the right only, in both and summed. */
export interface Roles {
  readonly batch: readonly number[];
  readonly m: readonly number[];
  readonly n: readonly number[];
  readonly k: readonly number[];
}

/** A part of an axis: `size` elements that are `stride` apart in it. */
export interface Piece {
  readonly axis: number;
  readonly size: number;
  readonly stride: number;
}

/** The layout in which a result will be read. */
export interface Preference {
  /** Pieces that come first, in any order, as batch axes of a matrix product may. */
  readonly free: readonly Piece[];
  /** Pieces that follow, outermost first; more than one list when the reader takes either. */
  readonly orders: readonly (readonly Piece[])[];
}

/** One way to compute a dot as a matrix product; all members but the flags are loop indices in order. */
export interface Plan {
  /** Compute right times left, so that the result has the left's loops innermost. */
  readonly swap: boolean;
  readonly batch: readonly number[];
  /** Outer loops of the second operand over which the first is broadcast. */
  readonly lead: readonly number[];
  readonly rows: readonly number[];
  readonly cols: readonly number[];
  readonly k: readonly number[];
  readonly transA: boolean;
  readonly transB: boolean;
}

/** Narrower products waste the inner loops of a matrix kernel. */
const narrowest = 16;

/** Nanoseconds an element costs to move, as measured: in runs, as a swap of two blocks, otherwise. */
const moveCost = { runs: 0.5, swap: 0.45, scattered: 3.5 };

/**
 * Tries the sensible orders of the loops and takes the one that moves the fewest elements, counting what has
 * been moved already as free.
 */
export function choosePlan(
  e: Emitter,
  tensors: readonly [string, string],
  list: readonly Loop[],
  roles: Roles,
  options: { preferred: Preference; mayLead: boolean },
): Plan {
  const by = (ids: readonly number[], side: number): number[] =>
    memoryOrder(ids.map((i) => ({ size: list[i].size, stride: list[i].strides[side] }))).map((p) => ids[p]);
  const orders = (ids: readonly number[], ...sides: number[]): number[][] => {
    const all = [...sides.map((s) => by(ids, s)), [...ids]];
    return all.filter((o, i) => all.findIndex((p) => p.join() === o.join()) === i);
  };
  const volume = (ids: readonly number[]): number => product(ids.map((i) => list[i].size));
  const moving = (side: number, ids: readonly number[]): number => {
    const atoms = ids.map((i) => ({ size: list[i].size, stride: list[i].strides[side] }));
    const kind = e.movement(tensors[side], atoms);
    return kind === "none" ? 0 : moveCost[kind] * volume(ids);
  };
  const free = new Set(loopsOf(list, options.preferred.free));
  const targets = options.preferred.orders.map((order) => loopsOf(list, order));
  /** Whether the reader can use a result laid out as `out` without moving it. */
  const fits = (out: readonly number[]): boolean => {
    const fixed = out.filter((i) => !free.has(i));
    const outside = out.slice(0, out.length - fixed.length);
    return (
      outside.every((i) => free.has(i)) &&
      targets.some((target) => {
        const wanted = target.filter((i) => out.includes(i));
        return wanted.length === fixed.length && fixed.every((i, p) => i === wanted[p]);
      })
    );
  };
  const batchless = roles.batch.length === 0;
  const sizeOut = volume([...roles.batch, ...roles.m, ...roles.n]);
  let best: Plan | undefined;
  let least = Number.POSITIVE_INFINITY;
  const consider = (plan: Omit<Plan, "transA" | "transB">, penalty: number): void => {
    const [l, r] = plan.swap ? [1, 0] : [0, 1];
    const { batch, lead, rows, cols, k } = plan;
    const a = [moving(l, [...batch, ...rows, ...k]), moving(l, [...batch, ...k, ...rows])];
    const b = [moving(r, [...lead, ...batch, ...k, ...cols]), moving(r, [...lead, ...batch, ...cols, ...k])];
    // A swapped layout is free with Gemm's flags, and nearly so where the runtime fuses the Transpose
    const flag = batchless ? 0.03 : 0.05;
    // (once for every repetition of an operand that is broadcast).
    const swapped = [
      flag * volume([...lead, ...batch, ...rows, ...k]),
      flag * volume([...lead, ...batch, ...cols, ...k]),
    ];
    const transA = a[1] + swapped[0] < a[0];
    const transB = b[1] + swapped[1] < b[0];
    // Both operands the wrong way round defeat the kernel's packing.
    const both = transA && transB ? 0.3 * Math.min(volume([...rows, ...k]), volume([...k, ...cols])) : 0;
    const out = fits([...lead, ...batch, ...rows, ...cols]) ? 0 : sizeOut * moveCost.runs;
    const cost =
      (transA ? a[1] + swapped[0] : a[0]) + (transB ? b[1] + swapped[1] : b[0]) + both + out + penalty;
    if (cost < least) {
      least = cost;
      best = { ...plan, transA, transB };
    }
  };
  for (const batch of orders(roles.batch, 0, 1))
    for (const k of orders(roles.k, 0, 1))
      for (const m of orders(roles.m, 0))
        for (const n of orders(roles.n, 1))
          for (const swap of [false, true]) {
            const [rows, cols] = swap ? [n, m] : [m, n];
            const plan = { swap, batch, lead: [] as number[], rows, cols, k };
            consider(plan, swap ? 0.001 : 0);
            if (!batchless || !options.mayLead) continue;
            // Loops of the second operand that the reader, or memory, has outside those of the first.
            for (let cut = 1; cut < cols.length; cut++) {
              const rest = cols.slice(cut);
              if (volume(rest) < narrowest || volume(rows) < narrowest) continue;
              consider({ ...plan, lead: cols.slice(0, cut), cols: rest }, swap ? 1.001 : 1);
            }
          }
  return best!;
}

/** Loops in the order of the pieces they lie in. */
function loopsOf(list: readonly Loop[], pieces: readonly Piece[]): number[] {
  const strides = innerStrides(list);
  return pieces.flatMap((p) =>
    list.flatMap((l, i) => {
      const inside = strides[i] >= p.stride && strides[i] * l.size <= p.stride * p.size;
      return l.axis === p.axis && inside ? [i] : [];
    }),
  );
}

/** For every loop the number of elements of its axis that lie inside it. */
function innerStrides(list: readonly Loop[]): number[] {
  const inside = new Map<number, number>();
  const strides = new Array<number>(list.length).fill(1);
  for (let i = list.length - 1; i >= 0; i--) {
    strides[i] = inside.get(list[i].axis) ?? 1;
    inside.set(list[i].axis, strides[i] * list[i].size);
  }
  return strides;
}

/** Splits loops where pieces end, so that each lies in one piece. */
export function cutLoops(list: readonly Loop[], pieces: readonly Piece[]): Loop[] {
  const strides = innerStrides(list);
  return list.flatMap((l, i) => {
    const cuts = pieces
      .filter((p) => p.axis === l.axis)
      .map((p) => p.stride / strides[i])
      .filter((c) => Number.isInteger(c) && c > 1 && c < l.size && l.size % c === 0)
      .sort((a, b) => a - b);
    const out: Loop[] = [];
    let inner = 1;
    for (const c of [...cuts, l.size]) {
      if (c % inner !== 0) return [l];
      const step = inner;
      out.unshift({ axis: l.axis, size: c / inner, strides: l.strides.map((s) => s * step) });
      inner = c;
    }
    return out;
  });
}
