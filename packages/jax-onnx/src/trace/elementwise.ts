import { carrier, isFloat } from "../dtype.js";
import { CompileError } from "../errors.js";
import type { Graph } from "../ir/graph.js";
import type { BinaryOp, Node, UnaryOp } from "../ir/node.js";
import type { Rule, RuleContext } from "./lower.js";

/** Results of uint32 arithmetic are computed in int64 and cut to 32 bits. */
function wrap(g: Graph, x: Node, jaxType: string): Node {
  return jaxType === "uint32" ? g.binary("bitand", x, g.scalar(0xffffffff, "int64")) : x;
}

/** Operands of a binary operation in the element type jax-js promotes them to. */
function promoted({ g, outs }: RuleContext, inputs: Node[]): Node[] {
  return inputs.map((x) => g.cast(x, carrier(outs[0].dtype)));
}

const unary =
  (op: UnaryOp): Rule =>
  ([x], { g }) => [g.unary(op, x)];

const floatUnary =
  (op: UnaryOp): Rule =>
  ([x], { g, primitive, avals }) => {
    if (!isFloat(x.dtype))
      throw new CompileError(
        `primitive "${primitive}" got ${avals[0].dtype}; cast to float32 first`,
        primitive,
      );
    return [g.unary(op, x)];
  };

/** Rounding an integer changes nothing. */
const rounding =
  (op: UnaryOp): Rule =>
  ([x], { g }) => [isFloat(x.dtype) ? g.unary(op, x) : x];

const arithmetic =
  (op: BinaryOp, onBool: BinaryOp): Rule =>
  (inputs, context) => {
    const { g, outs } = context;
    const [a, b] = promoted(context, inputs);
    if (outs[0].dtype === "bool") return [g.binary(onBool, a, b)];
    return [wrap(g, g.binary(op, a, b), outs[0].dtype)];
  };

const rank = ["bool", "uint32", "int32", "float16", "float32", "float64"];
const join = (a: string, b: string): string => (rank.indexOf(a) > rank.indexOf(b) ? a : b);

/** The element type two operands are compared in; a JavaScript number takes the type of its partner. */
function comparisonType([a, b]: RuleContext["avals"]): string {
  if (a.weakType === b.weakType) return join(a.dtype, b.dtype);
  return join(a.weakType ? b.dtype : a.dtype, "uint32");
}

const comparison: Rule = ([x, y], { g, params, avals }) => {
  const target = comparisonType(avals);
  let [a, b] = [x, y].map((n) => g.cast(n, carrier(target)));
  const op = params.op as string;
  if (target === "bool") {
    const differ = g.binary("xor", a, b);
    if (op === "not_equal") return [differ];
    if (op === "equal") return [g.unary("not", differ)];
    [a, b] = [g.cast(a, "int32"), g.cast(b, "int32")];
  }
  switch (op) {
    case "less":
      return [g.binary("less", a, b)];
    case "less_equal":
      return [g.binary("less_equal", a, b)];
    case "equal":
      return [g.binary("equal", a, b)];
    default:
      return [g.unary("not", g.binary("equal", a, b))];
  }
};

const cast: Rule = ([x], { g, outs, avals }) => {
  const to = outs[0].dtype;
  if (to === "bool") return [g.cast(x, "bool")];
  // Signed to unsigned and back reinterpret the 32 bits.
  if (to === "uint32" && avals[0].dtype === "int32") return [wrap(g, g.cast(x, "int64"), "uint32")];
  if (to === "int32" && avals[0].dtype === "uint32") return [signed(g, x)];
  return [g.cast(x, carrier(to))];
};

/** The int32 with the same bits as a uint32 held in int64. */
export function signed(g: Graph, x: Node): Node {
  const high = g.binary("less", g.scalar(0x7fffffff, "int64"), x);
  return g.cast(g.where(high, g.sub(x, g.scalar(2 ** 32, "int64")), x), "int32");
}

const select: Rule = ([c, a, b], { g, outs }) => {
  const t = carrier(outs[0].dtype);
  return [g.where(c, g.cast(a, t), g.cast(b, t))];
};

const bitCombine: Rule = (inputs, context) => {
  const { g, params, outs } = context;
  const [a, b] = promoted(context, inputs);
  const op = params.op as "and" | "or" | "xor";
  return [g.binary(outs[0].dtype === "bool" ? op : `bit${op}`, a, b)];
};

const idiv: Rule = (inputs, context) => {
  const { g, outs } = context;
  const [a, b] = promoted(context, inputs);
  if (!isFloat(a.dtype)) return [wrap(g, g.binary("idiv", a, b), outs[0].dtype)];
  // Truncation towards zero.
  const q = g.binary("div", a, b);
  const negative = g.binary("less", q, g.scalar(0, q.dtype));
  return [g.where(negative, g.unary("ceil", q), g.unary("floor", q))];
};

export const elementwiseRules: Record<string, Rule> = {
  add: arithmetic("add", "or"),
  mul: arithmetic("mul", "and"),
  min: arithmetic("min", "and"),
  max: arithmetic("max", "or"),
  mod: arithmetic("mod", "and"),
  idiv,
  neg: ([x], { g, outs }) => [wrap(g, g.unary("neg", x), outs[0].dtype)],
  reciprocal: floatUnary("reciprocal"),
  floor: rounding("floor"),
  ceil: rounding("ceil"),
  stop_gradient: ([x]) => [x],
  sin: floatUnary("sin"),
  cos: floatUnary("cos"),
  asin: floatUnary("asin"),
  atan: floatUnary("atan"),
  exp: floatUnary("exp"),
  log: floatUnary("log"),
  erf: floatUnary("erf"),
  erfc: ([x], { g }) => [g.sub(g.scalar(1, x.dtype), g.unary("erf", x))],
  sqrt: unary("sqrt"),
  cast,
  compare: comparison,
  where: select,
  bit_combine: bitCombine,
};
