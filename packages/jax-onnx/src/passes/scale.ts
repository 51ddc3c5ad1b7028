import { isFloat } from "../dtype.js";
import type { Graph } from "../ir/graph.js";
import { is, isView, type Node, uniform } from "../ir/node.js";
import { product } from "../ir/shape.js";
import type { Rule, Site } from "./rewrite.js";

// A constant factor on a big tensor costs a pass over it. Products are linear, so the factor can sit on
// whichever of their operands or result is smallest, or inside a Gemm, where it is free.

/** `x` and `c` of `view(c · x)`; c is −1 for a negation. */
function peel(n: Node): { core: Node; factor: number; views: Node[] } | undefined {
  const views: Node[] = [];
  let x = n;
  while (isView(x)) {
    views.push(x);
    x = x.inputs[0];
  }
  if (x.op === "neg") return { core: x.inputs[0], factor: -1, views };
  const factor = x.op === "mul" ? uniform(x.inputs[1]) : undefined;
  return factor === undefined ? undefined : { core: x.inputs[0], factor, views };
}

/** The views applied again, innermost last in the list. */
const reapply = (g: Graph, x: Node, views: readonly Node[]): Node =>
  [...views].reverse().reduce((y, v) => g.rebuild(v, [y]), x);

const strip = (n: Node): { core: Node; views: Node[] } => {
  const views: Node[] = [];
  let x = n;
  while (isView(x)) {
    views.push(x);
    x = x.inputs[0];
  }
  return { core: x, views };
};

/** Whether the dot has axes that both operands keep, so that it becomes a batched product without a factor. */
function batched(dot: Node): boolean {
  const [a, b] = dot.inputs;
  const rank = dot.shape.length + 1;
  const size = (x: Node, i: number): number => x.shape[i - rank + x.shape.length] ?? 1;
  return dot.shape.some((_, i) => size(a, i) !== 1 && size(b, i) !== 1);
}

/** Moves the factor of a batched product to the smaller operand, or to one that is scaled like that anyway. */
export const scalesIntoOperands: Rule = (n, site) => {
  const { g, of, uses } = site;
  if (!isFloat(n.dtype)) return undefined;
  if (n.op === "mul" && uniform(n.inputs[1]) !== undefined) {
    const [dot, c] = n.inputs;
    if (!is(dot, "dot") || uses(dot) !== 1 || !batched(dot)) return undefined;
    const sizes = dot.inputs.map((x) => product(strip(x).core.shape));
    const small = sizes[0] <= sizes[1] ? 0 : 1;
    if (sizes[small] >= product(n.shape)) return undefined;
    const { core, views } = strip(dot.inputs[small]);
    const scaled = reapply(g, g.mul(of(core), c), views);
    const other = of(dot.inputs[1 - small]);
    return small === 0 ? g.dot(scaled, other) : g.dot(other, scaled);
  }
  if (is(n, "dot")) return shareScale(n, site);
  return undefined;
};

/** `(c·a) · b` as `a · (c·b)` when c·b exists already. */
function shareScale(n: Node<"dot">, { g, of }: Site): Node | undefined {
  for (const side of [0, 1]) {
    const scaled = peel(n.inputs[side]);
    if (!scaled) continue;
    const { core, views } = strip(n.inputs[1 - side]);
    const c = g.scalar(scaled.factor, n.dtype);
    const known = g.find("mul", [of(core), c], core.shape, core.dtype, {});
    if (!known) continue;
    const a = reapply(g, of(scaled.core), scaled.views);
    const b = reapply(g, known, views);
    return side === 0 ? g.dot(a, b) : g.dot(b, a);
  }
  return undefined;
}

/** Moves factors out of sums and products, towards what is smaller or free. */
export const scalesOutwards: Rule = (n, { g, of, uses }) => {
  if (!isFloat(n.dtype)) return undefined;
  if (is(n, "reduce") && (n.attrs.kind === "sum" || n.attrs.kind === "mean")) {
    const inner = of(n.inputs[0]);
    const scaled = peel(inner);
    if (!scaled) return undefined;
    const x = reapply(g, scaled.core, scaled.views);
    return g.mul(g.reduce(n.attrs.kind, x, n.attrs.axes), g.scalar(scaled.factor, n.dtype));
  }
  if (n.op === "mul") {
    // (c·a)·b is c·(a·b): further out the factor may meet a Gemm.
    for (const [i, x] of n.inputs.entries()) {
      const other = n.inputs[1 - i];
      const scaled = uses(x) === 1 && uniform(other) === undefined ? peel(of(x)) : undefined;
      if (!scaled || product(scaled.core.shape) < product(n.shape)) continue;
      const inner = g.mul(reapply(g, scaled.core, scaled.views), of(other));
      return g.mul(inner, g.scalar(scaled.factor, n.dtype));
    }
    return undefined;
  }
  if (is(n, "dot")) {
    let factor = 1;
    const inner = n.inputs.map((x) => {
      const scaled = peel(of(x));
      // In a Gemm the factor is free; elsewhere only a move to something smaller is a gain.
      if (!scaled || (batched(n) && product(scaled.core.shape) <= product(n.shape))) return of(x);
      factor *= scaled.factor;
      return reapply(g, scaled.core, scaled.views);
    });
    return factor === 1 ? undefined : g.mul(g.dot(inner[0], inner[1]), g.scalar(factor, n.dtype));
  }
  return undefined;
};
