import { CompileError } from "../errors.js";
import type { Graph } from "../ir/graph.js";
import type { Node } from "../ir/node.js";
import type { Rule } from "./rule.js";

// uint32 values travel as int64 in [0, 2³²): ONNX kernels have no uint32 arithmetic, and 64 bits hold every
// intermediate result that is cut back to 32.

const word = (g: Graph, value: number): Node => g.scalar(value, "int64");

/** The low 32 bits. */
export const low32 = (g: Graph, x: Node): Node => g.binary("bitand", x, word(g, 0xffffffff));

/** An int32 or uint32 value as the int64 with the same 32 bits. */
export const unsigned = (g: Graph, x: Node): Node => (x.dtype === "int32" ? low32(g, g.cast(x, "int64")) : x);

/** The int32 with the same bits as a uint32. */
export function signed(g: Graph, x: Node): Node {
  const high = g.binary("less", word(g, 0x7fffffff), x);
  return g.cast(g.where(high, g.sub(x, word(g, 2 ** 32)), x), "int32");
}

const fromBits = (g: Graph, x: Node, dtype: string): Node => (dtype === "int32" ? signed(g, x) : x);

/** `x >> n` for a constant n and a non-negative x. */
const right = (g: Graph, x: Node, n: number): Node => g.binary("idiv", x, word(g, 2 ** n));

const bitShift: Rule = ([x, by], { g, params, outs }) => {
  // As in JavaScript and WebAssembly only the low five bits of the distance count, and right shifts fill
  // with zeros whatever the sign.
  const distance = g.cast(g.binary("bitand", unsigned(g, by), word(g, 31)), "uint64");
  const wide = g.cast(unsigned(g, x), "uint64");
  const shifted = g.binary(params.op === "shl" ? "shl" : "shr", wide, distance);
  return [fromBits(g, low32(g, g.cast(shifted, "int64")), outs[0].dtype)];
};

/** Bits counted in pairs, nibbles and bytes at once. */
const bitCount: Rule = ([input], { g }) => {
  const mask = (x: Node, m: number): Node => g.binary("bitand", x, word(g, m));
  let x = unsigned(g, input);
  x = g.sub(x, mask(right(g, x, 1), 0x55555555));
  x = g.add(mask(x, 0x33333333), mask(right(g, x, 2), 0x33333333));
  x = mask(g.add(x, right(g, x, 4)), 0x0f0f0f0f);
  const bytes = low32(g, g.mul(x, word(g, 0x01010101)));
  return [g.cast(right(g, bytes, 24), "int32")];
};

/** Powers of two from 2^-149, the smallest float32, to 2^127. */
const powers = Float32Array.from({ length: 277 }, (_, i) => 2 ** (i - 149));

/** 2^k for integer k in [-149, 127], exactly. */
function powerOfTwo(g: Graph, k: Node): Node {
  const table = g.constant(powers, [powers.length], "float32");
  const index = g.add(k, word(g, 149));
  return g.onnx("Gather", [table, index], { axis: 0 }, [{ shape: k.shape, dtype: "float32" }])[0];
}

/** The float32 with the given 32 bits, put together from sign, exponent and fraction. */
function floatFromBits(g: Graph, bits: Node): Node {
  const f = (v: number): Node => g.scalar(v, "float32");
  const exponent = g.binary("bitand", right(g, bits, 23), word(g, 0xff));
  const fraction = g.cast(g.binary("bitand", bits, word(g, 0x7fffff)), "float32");
  const isSmall = g.binary("equal", exponent, word(g, 0));
  const isSpecial = g.binary("equal", exponent, word(g, 0xff));
  const clamped = g.binary("min", g.binary("max", exponent, word(g, 1)), word(g, 254));
  const unit = powerOfTwo(g, g.sub(clamped, word(g, 150)));
  // 2^(e−150) may itself be subnormal-small, so the hidden bit is added before scaling.
  const magnitude = g.mul(g.where(isSmall, fraction, g.add(fraction, f(2 ** 23))), unit);
  const special = g.where(g.binary("equal", fraction, f(0)), f(Number.POSITIVE_INFINITY), f(Number.NaN));
  const size = g.where(isSpecial, special, magnitude);
  const negative = g.binary("less", word(g, 0x7fffffff), bits);
  return g.where(negative, g.neg(size), size);
}

/** The 32 bits of a float32, as an int64. */
function bitsFromFloat(g: Graph, x: Node): Node {
  const f = (v: number): Node => g.scalar(v, "float32");
  const size = g.unary("abs", x);
  const noNumber = g.unary("not", g.binary("equal", x, x));
  const isInfinite = g.binary("less", f(3.4028234663852886e38), size);
  const usable = g.where(g.binary("less", size, f(2 ** -126)), f(1), g.where(isInfinite, f(1), size));
  const safe = g.where(noNumber, f(1), usable);
  // The logarithm may be off by one near a power of two; comparing with the power corrects it.
  const guess = g.cast(g.unary("floor", g.mul(g.unary("log", safe), f(Math.LOG2E))), "int64");
  const bounded = g.binary("max", g.binary("min", guess, word(g, 127)), word(g, -126));
  const tooHigh = g.binary("less", safe, powerOfTwo(g, bounded));
  const lowered = g.where(tooHigh, g.sub(bounded, word(g, 1)), bounded);
  const next = g.binary("min", g.add(lowered, word(g, 1)), word(g, 127));
  const tooLow = g.binary("less_equal", powerOfTwo(g, next), safe);
  const exponent = g.where(tooLow, next, lowered);
  const scaled = g.mul(g.binary("div", safe, powerOfTwo(g, exponent)), f(2 ** 23));
  const fraction = g.sub(g.cast(scaled, "int64"), word(g, 2 ** 23));
  const biased = g.mul(g.add(exponent, word(g, 127)), word(g, 2 ** 23));
  const normal = g.add(biased, fraction);
  const tiny = g.cast(g.mul(g.mul(size, f(2 ** 100)), f(2 ** 49)), "int64");
  const isTiny = g.binary("less", size, f(2 ** -126));
  const finite = g.where(isTiny, g.where(noNumber, word(g, 0), tiny), normal);
  const magnitude = g.where(noNumber, word(g, 0x7fc00000), g.where(isInfinite, word(g, 0x7f800000), finite));
  // 1/x tells the two zeros apart.
  const negative = g.where(
    g.binary("equal", x, f(0)),
    g.binary("less", g.unary("reciprocal", x), f(0)),
    g.binary("less", x, f(0)),
  );
  return g.where(negative, g.add(magnitude, word(g, 2 ** 31)), magnitude);
}

const bitcast: Rule = ([x], { g, outs, avals, primitive }) => {
  const [from, to] = [avals[0].dtype, outs[0].dtype];
  if (from === to) return [x];
  const words = new Set(["int32", "uint32", "float32"]);
  if (!words.has(from) || !words.has(to))
    throw new CompileError(
      `primitive "${primitive}" from ${from} to ${to} cannot be compiled; only 32-bit types can`,
      primitive,
    );
  const bits = from === "float32" ? bitsFromFloat(g, x) : unsigned(g, x);
  return [to === "float32" ? floatFromBits(g, bits) : fromBits(g, bits, to)];
};

export const bitRules: Record<string, Rule> = { bit_shift: bitShift, bit_count: bitCount, bitcast };
