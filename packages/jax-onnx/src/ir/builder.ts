import type { ElementType } from "../dtype.js";
import type { AttrsOf, BinaryOp, Node, Op, UnaryOp } from "./node.js";

/**
 * What a rewriting rule makes its nodes with. Each of these but `node` simplifies what it makes, by the rules again.
 * `Graph` is the builder: it calls the rules, so that they cannot name it.
 */
export interface Builder {
  /** The hash-consed node, without any rewriting. */
  node<K extends Op>(
    op: K,
    inputs: readonly Node[],
    shape: readonly number[],
    dtype: ElementType,
    attrs: AttrsOf<K>,
  ): Node<K>;
  /** The same operation on other operands. */
  rebuild(n: Node, inputs: readonly Node[]): Node;

  fill(value: number, shape: readonly number[], dtype: ElementType): Node;
  scalar(value: number, dtype: ElementType): Node;
  /** @param dtype of the result, by default that of `x` */
  unary(op: UnaryOp, x: Node, dtype?: ElementType): Node;
  neg(x: Node): Node;
  /** Operands broadcast by NumPy's rule. */
  binary(op: BinaryOp, a: Node, b: Node): Node;
  add(a: Node, b: Node): Node;
  sub(a: Node, b: Node): Node;
  mul(a: Node, b: Node): Node;
  where(condition: Node, a: Node, b: Node): Node;

  /** Stretches axes of size one to the shape of the result. */
  broadcast(x: Node, shape: readonly number[]): Node;
  /** @param steps by default 1 along every axis */
  slice(x: Node, starts: readonly number[], ends: readonly number[], steps?: readonly number[]): Node;
}
