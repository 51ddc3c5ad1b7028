import { isFloat } from "../dtype.js";
import { foldBinary, foldUnary } from "../ir/fold.js";
import { isBinary, isUnary, type Node, uniform } from "../ir/node.js";
import { withConstant } from "./match.js";
import type { Rule } from "./rewrite.js";

/**
 * jax-js computes log1p near zero by a polynomial of degree ten: thirty passes over the data. The classic
 * correction `log(u) · x/(u − 1)` with `u = 1 + x` is as accurate and takes seven.
 *
 * Recognised by its frame, `where(|x| ≤ c, P(x), log(1 + x))`, and by the values of P at a few points.
 */
export const series: Rule = (n, { g, of }) => {
  if (n.op !== "where" || !isFloat(n.dtype)) return undefined;
  const [test, polynomial, outside] = n.inputs;
  if (outside.op !== "log") return undefined;
  const x = withConstant(outside.inputs[0], "add", 1);
  if (!x || test.op !== "less_equal" || test.inputs[0].op !== "abs" || test.inputs[0].inputs[0] !== x)
    return undefined;
  const cutoff = uniform(test.inputs[1]);
  if (cutoff === undefined) return undefined;
  const points = [-1, -0.6, -0.1, 0.1, 0.4, 1].map((t) => t * cutoff);
  const agrees = points.every((t) => {
    const value = evaluate(polynomial, x, t, new Map());
    return value !== undefined && Math.abs(value - Math.log1p(t)) < 1e-6 * Math.abs(t);
  });
  if (!agrees) return undefined;
  const z = of(x);
  const one = g.scalar(1, z.dtype);
  const u = g.add(z, one);
  const lost = g.add(u, g.scalar(-1, z.dtype));
  const corrected = g.mul(g.unary("log", u), g.binary("div", z, lost));
  // Where 1 + x rounds to 1 the result is x; where x is infinite the quotient is not a number.
  const exact = g.binary("equal", lost, g.scalar(0, z.dtype));
  const finite = g.binary("less", z, g.scalar(1e30, z.dtype));
  return g.where(exact, z, g.where(finite, corrected, g.unary("log", u)));
};

/** Value of an element-wise expression in `x` at a point, or `undefined` when it is anything else. */
function evaluate(n: Node, x: Node, at: number, seen: Map<Node, number | undefined>): number | undefined {
  if (n === x) return at;
  const constant = uniform(n);
  if (constant !== undefined) return constant;
  if (seen.has(n)) return seen.get(n);
  const inputs = n.inputs.map((i) => evaluate(i, x, at, seen));
  let value: number | undefined;
  if (inputs.length > 0 && inputs.every((v) => v !== undefined)) {
    const [a, b] = inputs as number[];
    if (isUnary(n.op)) value = foldUnary(n.op, a, n.inputs[0].dtype, n.dtype);
    else if (isBinary(n.op)) value = foldBinary(n.op, a, b, n.inputs[0].dtype);
  }
  seen.set(n, value);
  return value;
}
