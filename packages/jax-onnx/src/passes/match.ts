import { is, type Node, uniform } from "../ir/node.js";
import { sameShape } from "../ir/shape.js";

/** The other operand of a commutative operation, when one of the two satisfies `test`. */
export function operands(n: Node, op: string): [Node, Node][] {
  if (n.op !== op) return [];
  const [a, b] = n.inputs;
  return [
    [a, b],
    [b, a],
  ];
}

/** The `x` of `op(x, c)` for a constant operand near `c`; sums and products keep constants on the right. */
export function withConstant(n: Node, op: string, c: number): Node | undefined {
  if (n.op !== op) return undefined;
  const value = uniform(n.inputs[1]);
  return value !== undefined && close(value, c) ? n.inputs[0] : undefined;
}

/** Equal up to the rounding of float32. */
export const close = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 3e-7 * Math.max(Math.abs(a), Math.abs(b));

/**
 * The reduced tensor behind `view`, when `view` is that tensor with the reduced axes put back as size one, so
 * that it lines up with a tensor of shape `full`.
 */
export function reducedAlong(view: Node, full: readonly number[], axes: readonly number[]): Node | undefined {
  const kept = full.filter((_, i) => !axes.includes(i));
  const flat = full.map((d, i) => (axes.includes(i) ? 1 : d));
  const lead = flat.length - view.shape.length;
  // Leading axes of size one may be missing: broadcasting supplies them.
  const fits =
    lead >= 0 && flat.slice(0, lead).every((d) => d === 1) && sameShape(view.shape, flat.slice(lead));
  if (!fits) return undefined;
  if (sameShape(view.shape, kept)) return view;
  return is(view, "reshape") && sameShape(view.inputs[0].shape, kept) ? view.inputs[0] : undefined;
}
