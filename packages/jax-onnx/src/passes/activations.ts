import { type Node, uniform } from "../ir/node.js";
import { operands, withConstant } from "./match.js";
import type { Rule, Site } from "./rewrite.js";

/** Activation functions that jax-js spells out and ONNX has a kernel for. */
export const activations: Rule = (n, site) => tanh(n, site) ?? gelu(n, site);

/**
 * jax-js' tanh: `s·(e − 1)/(e + 1)` with `s = x < 0 ? 1 : −1` and `e = exp(2·s·x)`.
 */
function tanh(n: Node, { g, of, uses }: Site): Node | undefined {
  for (const [quotient, sign] of operands(n, "mul")) {
    if (sign.op !== "where" || uniform(sign.inputs[1]) !== 1 || uniform(sign.inputs[2]) !== -1) continue;
    const test = sign.inputs[0];
    if (test.op !== "less" || uniform(test.inputs[1]) !== 0 || uses(quotient) !== 1) continue;
    const x = test.inputs[0];
    for (const [top, r] of operands(quotient, "mul")) {
      const e = withConstant(top, "add", -1);
      if (!e || r.op !== "reciprocal" || withConstant(r.inputs[0], "add", 1) !== e || e.op !== "exp")
        continue;
      const product = withConstant(e.inputs[0], "mul", 2);
      if (uses(e) !== 2 || !product) continue;
      if (operands(product, "mul").some(([a, b]) => a === x && b === sign)) return g.unary("tanh", of(x));
    }
  }
  return undefined;
}

/** `x/2 · erfc(−x/√2)`, the exact form. */
function gelu(n: Node, { g, of, uses }: Site): Node | undefined {
  if (n.dtype !== "float32") return undefined;
  for (const [half, tail] of operands(n, "mul")) {
    const x = withConstant(half, "mul", 0.5);
    if (!x || tail.op !== "erfc" || uses(tail) !== 1 || tail.inputs[0].op !== "neg") continue;
    if (withConstant(tail.inputs[0].inputs[0], "mul", Math.SQRT1_2) === x) return g.unary("gelu", of(x));
  }
  return undefined;
}

/**
 * erfc has no operator. Near zero it is 1 − erf; beyond one that difference loses its digits, and the rational
 * approximation of Abramowitz and Stegun (7.1.26), which jax-js uses everywhere, is relative to the tail.
 */
export const complements: Rule = (n, { g, of }) => {
  if (n.op !== "erfc") return undefined;
  const x = of(n.inputs[0]);
  const c = (v: number): Node => g.scalar(v, x.dtype);
  const size = g.unary("abs", x);
  const t = g.unary("reciprocal", g.add(g.mul(size, c(0.3275911)), c(1)));
  const coefficients = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
  const polynomial = coefficients.slice(1).reduce((p, a) => g.add(g.mul(p, t), c(a)), c(coefficients[0]));
  const tail = g.mul(g.mul(polynomial, t), g.unary("exp", g.neg(g.mul(x, x))));
  const far = g.where(g.binary("less", x, c(0)), g.sub(c(2), tail), tail);
  return g.where(g.binary("less", size, c(1)), g.sub(c(1), g.unary("erf", x)), far);
};
