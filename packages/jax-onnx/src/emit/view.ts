import { product, range } from "../ir/shape.js";

/**
 * A run of elements along one axis of a view: `size` elements, `stride` apart in the underlying tensor.
 * Stride 0 is a broadcast: the same element `size` times.
 */
export interface Atom {
  readonly size: number;
  readonly stride: number;
}

/**
 * A tensor seen through transposes, reshapes and broadcasts. Each axis is a list of atoms, outermost first;
 * together the atoms with non-zero stride visit every element of the tensor exactly once. Views cost nothing:
 * nodes are emitted only when an operation needs a layout that the tensor does not have.
 */
export interface View {
  readonly tensor: string;
  readonly axes: readonly (readonly Atom[])[];
}

/** The view that sees a row-major tensor as it is. */
export function wholeView(tensor: string, shape: readonly number[]): View {
  let stride = 1;
  const axes: Atom[][] = shape.map(() => []);
  for (let i = shape.length - 1; i >= 0; i--) {
    axes[i] = shape[i] === 1 ? [] : [{ size: shape[i], stride }];
    stride *= shape[i];
  }
  return { tensor, axes };
}

export const viewShape = (v: View): number[] => v.axes.map((atoms) => product(atoms.map((a) => a.size)));

/** Neighbouring atoms that form one run are joined. */
export function joinAtoms(atoms: readonly Atom[]): Atom[] {
  const joined: Atom[] = [];
  for (const a of atoms) {
    const last = joined.at(-1);
    if (a.size === 1) continue;
    if (last && last.stride === a.stride * a.size) {
      joined[joined.length - 1] = { size: last.size * a.size, stride: a.stride };
    } else joined.push(a);
  }
  return joined;
}

export function transposeView(v: View, perm: readonly number[]): View {
  return { tensor: v.tensor, axes: perm.map((p) => v.axes[p]) };
}

/** Inserts axes at the positions `added`, and stretches axes of size one, to reach `shape`. */
export function broadcastView(v: View, shape: readonly number[], added: readonly number[]): View {
  let next = 0;
  const axes = shape.map((d, i) => {
    if (added.includes(i)) return d === 1 ? [] : [{ size: d, stride: 0 }];
    const atoms = v.axes[next++];
    return atoms.length === 0 && d !== 1 ? [{ size: d, stride: 0 }] : atoms;
  });
  return { tensor: v.tensor, axes };
}

/**
 * The view with another shape, or `undefined` when the new axes cut through the old runs in a way that only a
 * copy can undo (for example [2, 3] transposed and then read as [2, 3]).
 */
export function reshapeView(v: View, shape: readonly number[]): View | undefined {
  const rest = joinAtoms(v.axes.flat());
  const axes: Atom[][] = shape.map(() => []);
  let last = rest.length - 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    let need = shape[i];
    const atoms: Atom[] = [];
    while (need > 1) {
      if (last < 0) return undefined;
      const a = rest[last];
      if (need % a.size === 0) {
        atoms.unshift(a);
        need /= a.size;
        last--;
      } else if (a.size % need === 0) {
        atoms.unshift({ size: need, stride: a.stride });
        rest[last] = { size: a.size / need, stride: a.stride * need };
        need = 1;
      } else return undefined;
    }
    axes[i] = atoms;
  }
  return { tensor: v.tensor, axes };
}

/**
 * Splits atoms so that all lists (which describe the same axis) have the same sizes, or `undefined` when their
 * boundaries do not nest. An empty list stands for an axis of size one that is stretched.
 */
export function refine(lists: readonly (readonly Atom[])[], size: number): Atom[][] | undefined {
  const full = lists.map((l) => (l.length === 0 && size !== 1 ? [{ size, stride: 0 }] : [...l]));
  const out: Atom[][] = full.map(() => []);
  const tail = full.map((l) => l.length - 1);
  let left = size;
  while (left > 1) {
    const step = Math.min(...full.map((l, k) => l[tail[k]].size));
    for (let k = 0; k < full.length; k++) {
      const a = full[k][tail[k]];
      if (a.size % step !== 0) return undefined;
      out[k].unshift({ size: step, stride: a.stride });
      if (a.size === step) tail[k]--;
      else full[k][tail[k]] = { size: a.size / step, stride: a.stride * step };
    }
    left /= step;
  }
  return out;
}

/** Positions of `atoms` sorted from the outermost in memory to the innermost. */
export function memoryOrder(atoms: readonly Atom[]): number[] {
  return range(atoms.length).sort((p, q) => atoms[q].stride - atoms[p].stride || p - q);
}
