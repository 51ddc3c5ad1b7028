import type { BinaryOp, UnaryOp } from "../ir/node.js";

/** ONNX operator of a unary operation (those not listed here are composed in `program.ts`). */
export const unaryTypes: Readonly<Record<UnaryOp, string>> = {
  neg: "Neg",
  reciprocal: "Reciprocal",
  floor: "Floor",
  ceil: "Ceil",
  sin: "Sin",
  cos: "Cos",
  asin: "Asin",
  atan: "Atan",
  exp: "Exp",
  log: "Log",
  erf: "Erf",
  // Written out by the last pass; no operator of its own.
  erfc: "Erfc",
  sqrt: "Sqrt",
  abs: "Abs",
  sigmoid: "Sigmoid",
  tanh: "Tanh",
  relu: "Relu",
  gelu: "Gelu",
  sign: "Sign",
  not: "Not",
  bitnot: "BitwiseNot",
  cast: "Cast",
};

/** ONNX operator of a binary operation. */
export const binaryTypes: Readonly<Record<BinaryOp, string>> = {
  add: "Add",
  sub: "Sub",
  mul: "Mul",
  div: "Div",
  idiv: "Div",
  mod: "Mod",
  min: "Min",
  max: "Max",
  pow: "Pow",
  less: "Less",
  less_equal: "LessOrEqual",
  equal: "Equal",
  and: "And",
  or: "Or",
  xor: "Xor",
  bitand: "BitwiseAnd",
  bitor: "BitwiseOr",
  bitxor: "BitwiseXor",
  shl: "BitShift",
  shr: "BitShift",
};
