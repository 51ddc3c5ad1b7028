import { lax, numpy as np } from "@jax-js/jax";
import { type Case, positive, unit } from "../differential.js";

type A = np.Array;

/** Element-wise functions of floats. */
export const elementwise: Case[] = [
  {
    name: "add",
    fn: (x: A, y: A) => x.add(y),
    args: [
      [3, 4],
      [3, 4],
    ],
  },
  {
    name: "add, broadcast",
    fn: (x: A, y: A) => x.add(y),
    args: [
      [3, 1, 4],
      [2, 1],
    ],
  },
  { name: "subtract", fn: (x: A, y: A) => x.sub(y), args: [[3, 4], [4]] },
  {
    name: "multiply",
    fn: (x: A, y: A) => x.mul(y),
    args: [
      [3, 4],
      [3, 1],
    ],
  },
  { name: "divide", fn: (x: A, y: A) => x.div(y), args: [[3, 4], positive([4])] },
  { name: "power", fn: (x: A) => np.power(x, 3), args: [positive([5])] },
  { name: "remainder", fn: (x: A, y: A) => x.mod(y), args: [[7], positive([7])] },
  {
    name: "floor divide",
    fn: (x: A, y: A) => np.floorDivide(x, y),
    args: [[7], positive([7])],
    gradient: [],
  },
  {
    name: "minimum, maximum",
    fn: (x: A, y: A) => [np.minimum(x.ref, y.ref), np.maximum(x, y)],
    args: [[9], [9]],
  },
  { name: "clip", fn: (x: A) => np.clip(x, -0.5, 0.5), args: [[9]] },
  {
    name: "negative, absolute, sign",
    fn: (x: A) => [np.negative(x.ref), np.abs(x.ref), np.sign(x)],
    args: [[9]],
  },
  { name: "reciprocal", fn: (x: A) => np.reciprocal(x), args: [positive([9])] },
  { name: "sqrt, cbrt", fn: (x: A) => [np.sqrt(x.ref), np.cbrt(x)], args: [positive([9])] },
  { name: "exp, exp2, expm1", fn: (x: A) => [np.exp(x.ref), np.exp2(x.ref), np.expm1(x)], args: [[9]] },
  {
    name: "log, log2, log10",
    fn: (x: A) => [np.log(x.ref), np.log2(x.ref), np.log10(x)],
    args: [positive([9])],
  },
  { name: "log1p", fn: (x: A) => np.log1p(x), args: [unit([40])] },
  {
    name: "log1p of tiny and huge",
    fn: (x: A) => np.log1p(x),
    args: [{ shape: [6], value: (_, i) => [1e-9, -1e-7, 0, 1e-3, 1e20, 5][i] }],
  },
  { name: "sin, cos, tan", fn: (x: A) => [np.sin(x.ref), np.cos(x.ref), np.tan(x)], args: [unit([9])] },
  {
    name: "arcsin, arccos, arctan",
    fn: (x: A) => [np.asin(x.ref), np.acos(x.ref), np.atan(x)],
    args: [unit([9])],
  },
  { name: "arctan2", fn: (x: A, y: A) => np.atan2(x, y), args: [[9], [9]] },
  { name: "sinh, cosh, tanh", fn: (x: A) => [np.sinh(x.ref), np.cosh(x.ref), np.tanh(x)], args: [[9]] },
  { name: "arcsinh, arctanh", fn: (x: A) => [np.arcsinh(x.ref), np.arctanh(x)], args: [unit([9])] },
  {
    name: "erf, erfc",
    fn: (x: A) => [lax.erf(x.ref), lax.erfc(x)],
    args: [{ shape: [30], value: (_, i) => (i - 15) / 4 }],
  },
  {
    name: "floor, ceil, trunc, rint",
    fn: (x: A) => [np.floor(x.ref), np.ceil(x.ref), np.trunc(x.ref), np.rint(x)],
    args: [{ shape: [12], value: (u, i) => i - 6 + 0.2 + 0.2 * u }],
  },
  {
    name: "hypot, logaddexp",
    fn: (x: A, y: A) => [np.hypot(x.ref, y.ref), np.logaddexp(x, y)],
    args: [[9], [9]],
  },
  {
    name: "square, heaviside, sinc",
    fn: (x: A) => [np.square(x.ref), np.heaviside(x.ref, 0.5), np.sinc(x)],
    args: [positive([9])],
  },
  {
    name: "nan and infinity tests",
    fn: (x: A) => [np.isnan(x.ref), np.isinf(x.ref), np.isfinite(x.ref), np.nanToNum(x)],
    args: [
      { shape: [4], value: (_, i) => [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2][i] },
    ],
    gradient: [],
  },
  { name: "deg2rad, rad2deg", fn: (x: A) => [np.deg2rad(x.ref), np.rad2deg(x)], args: [[5]] },
  {
    name: "copysign, signbit",
    fn: (x: A, y: A) => [np.copysign(x, y.ref), np.signbit(y)],
    args: [[6], { shape: [6], value: (_, i) => [0, -0, 1, -1, 2, -3][i] }],
    gradient: [],
  },
  {
    name: "frexp, ldexp, modf",
    fn: (x: A) => [...np.frexp(x.ref), ...np.modf(x)],
    args: [positive([9])],
    gradient: [],
  },
];
