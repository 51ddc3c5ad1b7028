import type { ElementType } from "../dtype.js";
import type { BinaryOp, UnaryOp } from "./node.js";

/** `value` as an element of type `t` holds it. */
export function round(value: number, t: ElementType): number {
  switch (t) {
    case "float32":
      return Math.fround(value);
    case "float64":
      return value;
    case "int32":
      return value | 0;
    case "uint32":
      return value >>> 0;
    case "int64":
    case "uint64":
      return Math.trunc(value);
    case "bool":
      return value ? 1 : 0;
  }
}

/** Value of a unary operation on a constant, or `undefined` when it is left to the runtime. */
export function foldUnary(op: UnaryOp, x: number, from: ElementType, to: ElementType): number | undefined {
  switch (op) {
    case "neg":
      return -x;
    case "reciprocal":
      return 1 / x;
    case "floor":
      return Math.floor(x);
    case "ceil":
      return Math.ceil(x);
    case "sin":
      return Math.sin(x);
    case "cos":
      return Math.cos(x);
    case "asin":
      return Math.asin(x);
    case "atan":
      return Math.atan(x);
    case "exp":
      return Math.exp(x);
    case "log":
      return Math.log(x);
    case "sqrt":
      return Math.sqrt(x);
    case "abs":
      return Math.abs(x);
    case "not":
      return x ? 0 : 1;
    case "cast":
      // A float that does not fit an integer type is left to the runtime: the rule is the kernel's.
      if (to === "bool") return x ? 1 : 0;
      if ((to === "int32" || to === "int64" || to === "uint64") && from.startsWith("float"))
        return Math.abs(x) < 2 ** 31 ? Math.trunc(x) : undefined;
      return x;
    default:
      return undefined;
  }
}

/** Value of a binary operation on two constants of element type `t`, or `undefined`. */
export function foldBinary(op: BinaryOp, a: number, b: number, t: ElementType): number | undefined {
  const exact = (v: number): number | undefined =>
    t === "int64" && !Number.isSafeInteger(v) ? undefined : v;
  switch (op) {
    case "add":
      return exact(a + b);
    case "sub":
      return exact(a - b);
    case "mul":
      return t === "int32" ? Math.imul(a, b) : exact(a * b);
    case "div":
      return a / b;
    case "idiv":
      return b === 0 ? undefined : Math.trunc(a / b);
    case "mod":
      return b === 0 ? undefined : a % b;
    case "min":
      return Math.min(a, b);
    case "max":
      return Math.max(a, b);
    case "less":
      return a < b ? 1 : 0;
    case "less_equal":
      return a <= b ? 1 : 0;
    case "equal":
      return a === b ? 1 : 0;
    case "and":
      return a && b;
    case "or":
      return a || b;
    case "xor":
      return a === b ? 0 : 1;
    case "bitand":
      // Beyond 32 bits JavaScript's operators do not reach.
      if (a >= 0 && b >= 0 && Number.isSafeInteger(a) && Number.isSafeInteger(b))
        return Number(BigInt(a) & BigInt(b));
      return undefined;
    default:
      return undefined;
  }
}
