import { lax, numpy as np } from "@jax-js/jax";
import { booleans, type Case, integers } from "../differential.js";

type A = np.Array;
const boolean = (x: A): A => x.greater(0) as A;

/** Comparisons, selection, integers and booleans. */
export const discrete: Case[] = [
  {
    name: "comparisons",
    fn: (x: A, y: A) => [
      x.ref.less(y.ref),
      x.ref.lessEqual(y.ref),
      x.ref.equal(y.ref),
      x.ref.notEqual(y.ref),
      x.ref.greater(y.ref),
      x.greaterEqual(y),
    ],
    args: [integers([12], 0, 3), integers([12], 0, 3)],
  },
  {
    name: "comparisons of floats and booleans",
    fn: (x: A, b: A) => [x.ref.less(0.3), boolean(x).equal(b.ref), b.notEqual(true)],
    args: [[12], booleans([12])],
    gradient: [],
  },
  { name: "where", fn: (c: A, x: A, y: A) => np.where(c, x, y), args: [booleans([3, 4]), [3, 4], [4]] },
  { name: "where, of numbers", fn: (x: A) => np.where(x.ref.less(0), x.mul(2), 5), args: [[9]] },
  {
    name: "logical operations",
    fn: (a: A, b: A) => [
      np.logicalAnd(a.ref, b.ref),
      np.logicalOr(a.ref, b.ref),
      np.logicalXor(a.ref, b),
      np.logicalNot(a),
    ],
    args: [booleans([8]), booleans([8])],
  },
  { name: "any, all", fn: (a: A) => [np.any(a.ref, 0), np.all(a, 1)], args: [booleans([3, 4])] },
  {
    name: "integer arithmetic",
    fn: (x: A, y: A) => [x.ref.add(y.ref), x.ref.mul(y.ref), x.ref.sub(y.ref), x.ref.div(y.ref), x.mod(y)],
    args: [integers([12], -9, 9), integers([12], 1, 5)],
  },
  {
    name: "integer reductions",
    fn: (x: A) => [x.ref.sum(0), x.ref.prod(1), x.ref.min(0), x.max(1)],
    args: [integers([3, 4], -4, 5)],
  },
  {
    name: "unsigned arithmetic wraps",
    fn: (x: A, y: A) => [x.ref.add(y.ref), x.ref.mul(y.ref), x.sub(y)],
    args: [integers([8], 1e6, 6e7, "uint32"), integers([8], 1e5, 6e7, "uint32")],
  },
  {
    name: "bitwise operations",
    fn: (x: A, y: A) => [
      np.bitwiseAnd(x.ref, y.ref),
      np.bitwiseOr(x.ref, y.ref),
      np.bitwiseXor(x.ref, y),
      np.invert(x),
    ],
    args: [integers([8], -1000, 1000), integers([8], -1000, 1000)],
  },
  {
    name: "unsigned bits",
    fn: (x: A, y: A) => [np.bitwiseAnd(x.ref, y.ref), np.bitwiseXor(x.ref, y), np.invert(x)],
    args: [integers([8], 0, 4e9, "uint32"), integers([8], 0, 4e9, "uint32")],
  },
  {
    name: "shifts",
    fn: (x: A, y: A) => [np.leftShift(x.ref, y.ref), np.rightShift(x, y)],
    args: [integers([8], 0, 1e9), integers([8], 0, 8)],
  },
  {
    name: "shifts of unsigned",
    fn: (x: A, y: A) => [np.leftShift(x.ref, y.ref), np.rightShift(x, y)],
    args: [integers([8], 0, 4e9, "uint32"), integers([8], 0, 31, "uint32")],
  },
  {
    name: "bit count",
    fn: (x: A, y: A) => [np.bitwiseCount(x), np.bitwiseCount(y)],
    args: [integers([8], 0, 4e9, "uint32"), integers([8], -1000, 1000)],
  },
  {
    name: "casts",
    fn: (x: A, n: A, b: A) => [
      x.ref.astype(np.int32),
      x.astype(np.bool),
      n.ref.astype(np.float32),
      n.ref.astype(np.uint32),
      n.astype(np.bool),
      b.ref.astype(np.float32),
      b.astype(np.int32),
    ],
    args: [[9], integers([9], -3, 4), booleans([9])],
    gradient: [],
  },
  {
    name: "bit casts",
    fn: (x: A, n: A) => [
      lax.bitcastConvertType(x.ref, np.int32),
      lax.bitcastConvertType(x, np.uint32),
      lax.bitcastConvertType(n, np.float32),
    ],
    args: [
      {
        shape: [10],
        value: (u, i) => [0, -0, 1, -1.5, 3e38, -1e-38, 1e-42, 7.25 + u, Number.POSITIVE_INFINITY, 0.1][i],
      },
      integers([10], 0, 2e9),
    ],
    gradient: [],
  },
  {
    name: "float64",
    fn: (x: A, y: A) => [x.ref.mul(y.ref).add(1), np.exp(x.ref), np.matmul(x, y)],
    args: [
      { shape: [3, 3], dtype: "float64", value: (u) => u },
      { shape: [3, 3], dtype: "float64", value: (u) => u },
    ],
  },
];
