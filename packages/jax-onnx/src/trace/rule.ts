/** What the rules that lower primitives have in common. */
import type { Graph } from "../ir/graph.js";
import type { Node } from "../ir/node.js";

/** What a lowering rule sees of its equation. */
export interface RuleContext {
  readonly g: Graph;
  readonly params: Readonly<Record<string, unknown>>;
  /** Shapes and jax-js element types of the results. */
  readonly outs: readonly { shape: number[]; dtype: string }[];
  /** Types of the operands as jax-js sees them (`uint32` travels as `int64`). */
  readonly avals: readonly { dtype: string; weakType: boolean }[];
  readonly primitive: string;
}

/** Turns the operands of one equation into its results. */
export type Rule = (inputs: Node[], context: RuleContext) => Node[];
