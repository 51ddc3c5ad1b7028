import type { ElementType } from "../dtype.js";
import type { Builder } from "./builder.js";
import { foldBinary, foldUnary, round } from "./fold.js";
import type { BinaryOp, Node, UnaryOp } from "./node.js";
import { isView, uniform } from "./node.js";

// The rules here are a gain whatever else uses the operands. Those that pay only when an operand has no other
// use live in passes/. As in most compilers for machine learning, 0·x is 0 and x − x is 0 even where x could be
// infinite: that is what lets a hand-written derivative vanish from the forward graph.

export function simplifyUnary(g: Builder, op: UnaryOp, x: Node, dtype: ElementType): Node | undefined {
  const value = uniform(x);
  if (value !== undefined) {
    const folded = foldUnary(op, value, x.dtype, dtype);
    if (folded !== undefined) return g.fill(folded, x.shape, dtype);
  }
  const [a, b] = x.inputs;
  if (op === "cast") {
    if (x.dtype === dtype) return x;
    // bool → number → bool and the like: the first step loses nothing.
    if (x.op === "cast" && a.dtype === "bool") return a.dtype === dtype ? a : g.unary("cast", a, dtype);
  }
  if (op === "neg") {
    if (x.op === "neg") return a;
    if (x.op === "sub") return g.sub(b, a);
  }
  if (op === "not" && x.op === "not") return a;
  if (op === "bitnot" && x.op === "bitnot") return a;
  if (op === "reciprocal" && x.op === "sqrt" && a.op === "fill") return undefined;
  if (op === "reciprocal" && isOnePlusExpNeg(x)) return g.unary("sigmoid", isOnePlusExpNeg(x)!);
  if ((op === "abs" || op === "relu") && (x.op === "abs" || x.op === "relu")) return x;
  return undefined;
}

/** The `z` of `1 + exp(−z)`. */
function isOnePlusExpNeg(x: Node): Node | undefined {
  if (x.op !== "add" || uniform(x.inputs[1]) !== 1) return undefined;
  const e = x.inputs[0];
  return e.op === "exp" && e.inputs[0].op === "neg" ? e.inputs[0].inputs[0] : undefined;
}

const commutative = new Set<BinaryOp>([
  "add",
  "mul",
  "min",
  "max",
  "equal",
  "and",
  "or",
  "xor",
  "bitand",
  "bitor",
  "bitxor",
]);

export function simplifyBinary(g: Builder, op: BinaryOp, a: Node, b: Node): Node | undefined {
  const [x, y] = [uniform(a), uniform(b)];
  const same = a === b;
  if (x !== undefined && y !== undefined) {
    const folded = foldBinary(op, x, y, a.dtype);
    const bool = op === "less" || op === "less_equal" || op === "equal";
    if (folded !== undefined) return g.scalar(folded, bool ? "bool" : a.dtype);
  }
  // Constants go right, other operands in the order of creation: x+y and y+x become one node.
  if (commutative.has(op) && (x !== undefined || (y === undefined && a.id > b.id))) {
    if (y === undefined || x === undefined) return g.binary(op, b, a);
  }
  switch (op) {
    case "add":
      if (y === 0) return a;
      if (negated(g, b)) return g.sub(a, negated(g, b)!);
      if (negated(g, a)) return g.sub(b, negated(g, a)!);
      return undefined;
    case "sub":
      if (same) return g.fill(0, a.shape, a.dtype);
      if (y === 0) return a;
      if (x === 0) return g.neg(b);
      if (negated(g, b)) return g.add(a, negated(g, b)!);
      if (negated(g, a)) return g.neg(g.add(negated(g, a)!, b));
      // x − c is written x + (−c), so that one rule set sees all sums with a constant.
      if (y !== undefined) return g.add(a, g.scalar(-y, b.dtype));
      return undefined;
    case "mul":
      if (y === 1) return a;
      if (y === 0) return g.scalar(0, a.dtype);
      // Signs are kept apart from constants, so that they can meet a sum; the last pass joins them again.
      if (y !== undefined && y < 0 && a.dtype.startsWith("float"))
        return g.neg(g.mul(a, g.scalar(-y, b.dtype)));
      if (y !== undefined && a.op === "neg") return g.neg(g.mul(a.inputs[0], b));
      if (negated(g, a) && negated(g, b)) return g.mul(negated(g, a)!, negated(g, b)!);
      if (y !== undefined && a.op === "mul" && uniform(a.inputs[1]) !== undefined) {
        // Not where the product of the constants leaves the range of the type.
        const joined = Math.abs(round(y * uniform(a.inputs[1])!, a.dtype));
        if (joined < 1e30 && joined > 1e-30) return g.mul(a.inputs[0], g.mul(a.inputs[1], b));
      }
      return undefined;
    case "idiv":
      return y === 1 && !a.dtype.startsWith("float") ? a : undefined;
    case "div":
      return y === 1 ? a : undefined;
    case "min":
    case "max":
      if (same) return a;
      if (op === "max" && y === 0 && a.dtype.startsWith("float")) return g.unary("relu", a);
      return undefined;
    case "and":
      if (same || y === 1) return a;
      return y === 0 ? g.scalar(0, "bool") : undefined;
    case "or":
      if (same || y === 0) return a;
      return y === 1 ? g.scalar(1, "bool") : undefined;
    case "xor":
      if (y === 0) return a;
      return y === 1 ? g.unary("not", a) : undefined;
    default:
      return undefined;
  }
}

export function simplifyWhere(g: Builder, condition: Node, a: Node, b: Node): Node | undefined {
  const c = uniform(condition);
  if (c !== undefined) return c ? a : b;
  if (a === b) return a;
  if (condition.op === "not") return g.where(condition.inputs[0], b, a);
  // where(x < 0, −x, x) is |x|.
  if (condition.op === "less" && uniform(condition.inputs[1]) === 0) {
    const x = condition.inputs[0];
    if (b === x && a.op === "neg" && a.inputs[0] === x) return g.unary("abs", x);
  }
  return undefined;
}

/** The `x` of a value that is written as −x, possibly behind views. */
export function negated(g: Builder, n: Node): Node | undefined {
  if (n.op === "neg") return n.inputs[0];
  if (!isView(n)) return undefined;
  const inner = negated(g, n.inputs[0]);
  return inner && g.rebuild(n, [inner]);
}
