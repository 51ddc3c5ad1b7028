import { isFloat } from "../dtype.js";
import { negated } from "../ir/algebra.js";
import { is, isView, type Node, uniform } from "../ir/node.js";
import { product, sameShape } from "../ir/shape.js";
import { close } from "./match.js";
import type { Rule } from "./rewrite.js";

/** sum(x) / n is a mean. */
export const means: Rule = (n, { g, of, uses }) => {
  if (n.op !== "mul" || !isFloat(n.dtype)) return undefined;
  const [sum, c] = n.inputs;
  const factor = uniform(c);
  if (factor === undefined || !is(sum, "reduce") || sum.attrs.kind !== "sum" || uses(sum) !== 1)
    return undefined;
  const x = sum.inputs[0];
  const count = product(sum.attrs.axes.map((i) => x.shape[i]));
  if (count < 2 || !close(factor, 1 / count)) return undefined;
  return g.reduce("mean", of(x), sum.attrs.axes);
};

/** −a · b is −(a · b): the sign then meets the sum that reads it and turns it into a difference. */
export const negations: Rule = (n, { g, of, uses }) => {
  if (n.op !== "mul") return undefined;
  const alone = (x: Node): boolean => uses(x) === 1 && (!isView(x) || alone(x.inputs[0]));
  for (const [i, x] of n.inputs.entries()) {
    const inner = negated(g, x) && alone(x) ? negated(g, of(x)) : undefined;
    if (inner && uniform(n.inputs[1 - i]) === undefined) return g.neg(g.mul(inner, of(n.inputs[1 - i])));
  }
  return undefined;
};

/** −(c·x) is (−c)·x. The last of all, since the graph builder would undo it. */
export const signs: Rule = (n, { g, of, uses }) => {
  if (n.op !== "neg" || n.inputs[0].op !== "mul" || uses(n.inputs[0]) !== 1) return undefined;
  const [x, c] = n.inputs[0].inputs;
  const factor = uniform(c);
  return factor === undefined || of(n.inputs[0]).op !== "mul"
    ? undefined
    : g.node("mul", [of(x), g.scalar(-factor, c.dtype)], n.shape, n.dtype, {});
};

/** A whole sum of squares in one node. (By rows the runtime is faster with a product and a sum.) */
export const squares: Rule = (n, { g, of, uses }) => {
  if (!is(n, "reduce") || n.attrs.kind !== "sum" || n.shape.length > 0) return undefined;
  const m = n.inputs[0];
  if (m.op !== "mul" || m.inputs[0] !== m.inputs[1] || uses(m) !== 1 || !isFloat(m.dtype)) return undefined;
  return g.reduce("sumsq", of(m.inputs[0]), n.attrs.axes);
};

/** x · (1 / y) is x / y, unless y is smaller than x: then few reciprocals and many products are faster. */
export const quotients: Rule = (n, { g, of, uses }) => {
  if (n.op !== "mul") return undefined;
  for (const [i, r] of n.inputs.entries()) {
    if (r.op === "reciprocal" && uses(r) === 1 && sameShape(r.shape, n.shape)) {
      const x = n.inputs[1 - i];
      return r === x ? undefined : g.binary("div", of(x), of(r.inputs[0]));
    }
  }
  return undefined;
};
