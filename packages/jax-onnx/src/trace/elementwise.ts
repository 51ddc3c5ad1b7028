import { carrier, isFloat } from "../dtype.js";
import { CompileError } from "../errors.js";
import type { Graph } from "../ir/graph.js";
import { type BinaryOp, type Node, type UnaryOp, uniform } from "../ir/node.js";
import { low32, signed } from "./bits.js";
import type { Rule, RuleContext } from "./rule.js";

/** Results of uint32 arithmetic are computed in int64 and cut to 32 bits. */
function wrap(g: Graph, x: Node, jaxType: string): Node {
  return jaxType === "uint32" ? low32(g, x) : x;
}

/** Operands of a binary operation in the element type jax-js promotes them to. */
function promoted({ g, outs }: RuleContext, inputs: Node[]): Node[] {
  return inputs.map((x) => convert(g, x, outs[0].dtype));
}

/** A value in the carrier of another jax-js element type. */
function convert(g: Graph, x: Node, to: string): Node {
  if (to !== "uint32" || !isFloat(x.dtype)) return g.cast(x, carrier(to));
  // Clamped as jax-js does; what does not fit would otherwise be up to the machine.
  const value = uniform(x);
  if (value !== undefined) return g.fill(Math.min(Math.max(value, 0), 0xffffffff), x.shape, "int64");
  const top = g.scalar(x.dtype === "float64" ? 0xffffffff : 4294967040, x.dtype);
  return g.cast(g.binary("min", g.binary("max", x, g.scalar(0, x.dtype)), top), "int64");
}

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

/** Functions that the runtime has for float32 only. */
const singleUnary =
  (op: UnaryOp): Rule =>
  (inputs, context) => {
    const { primitive, avals } = context;
    if (avals[0].dtype === "float64") {
      const remedy = "ONNX Runtime has no kernel for it; cast to float32 around it";
      throw new CompileError(`primitive "${primitive}" got float64; ${remedy}`, primitive);
    }
    return floatUnary(op)(inputs, context);
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
  let [a, b] = [x, y].map((n) => convert(g, n, target));
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
  return [convert(g, x, to)];
};

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
  asin: singleUnary("asin"),
  atan: singleUnary("atan"),
  exp: floatUnary("exp"),
  log: floatUnary("log"),
  erf: singleUnary("erf"),
  erfc: singleUnary("erfc"),
  sqrt: floatUnary("sqrt"),
  cast,
  compare: comparison,
  where: select,
  bit_combine: bitCombine,
};
