import { grad, random as jaxRandom, jit, lax, nn, numpy as np, scipySpecial, vmap } from "@jax-js/jax";
import { booleans, type Case, distinct, integers, positive, unit } from "./differential.js";

type A = np.Array;
const int = (a: number[]): A => np.array(Int32Array.from(a), { dtype: np.int32 });

/** Element-wise functions of floats. */
const elementwise: Case[] = [
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

/** Activation functions and other parts of networks. */
const networks: Case[] = [
  {
    name: "relu, relu6, leaky relu",
    fn: (x: A) => [nn.relu(x.ref), nn.relu6(x.ref), nn.leakyRelu(x)],
    args: [[20]],
  },
  { name: "sigmoid, log sigmoid", fn: (x: A) => [nn.sigmoid(x.ref), nn.logSigmoid(x)], args: [[20]] },
  {
    name: "silu, mish, softplus, softsign",
    fn: (x: A) => [nn.silu(x.ref), nn.mish(x.ref), nn.softplus(x.ref), nn.softSign(x)],
    args: [[20]],
  },
  {
    name: "gelu, both forms",
    fn: (x: A) => [nn.gelu(x.ref), nn.gelu(x, { approximate: false })],
    args: [[20]],
  },
  { name: "elu, celu, selu", fn: (x: A) => [nn.elu(x.ref), nn.celu(x.ref), nn.selu(x)], args: [[20]] },
  {
    name: "hard activations, glu",
    fn: (x: A) => [nn.hardSigmoid(x.ref), nn.hardSilu(x.ref), nn.hardTanh(x.ref), nn.glu(x)],
    args: [[20]],
  },
  {
    name: "squareplus, sparse plus",
    fn: (x: A) => [nn.squareplus(x.ref), nn.sparsePlus(x.ref), nn.sparseSigmoid(x)],
    args: [[20]],
  },
  { name: "softmax, log softmax", fn: (x: A) => [nn.softmax(x.ref), nn.logSoftmax(x)], args: [[4, 7]] },
  { name: "softmax of the first axis", fn: (x: A) => nn.softmax(x, 0), args: [[4, 7]] },
  {
    name: "logsumexp, logmeanexp",
    fn: (x: A) => [nn.logsumexp(x.ref, 1), nn.logmeanexp(x, 0)],
    args: [[4, 7]],
  },
  { name: "standardize", fn: (x: A) => nn.standardize(x), args: [[4, 7]] },
  {
    name: "layer norm with gain",
    fn: (x: A, g: A, b: A) => {
      const c = x.ref.sub(x.mean(-1, { keepdims: true }));
      const v = np.square(c.ref).mean(-1, { keepdims: true });
      return c
        .div(np.sqrt(v.add(1e-5)))
        .mul(g)
        .add(b);
    },
    args: [[4, 7], [7], [7]],
  },
  { name: "one hot", fn: (x: A) => nn.oneHot(x, 5), args: [integers([6], 0, 5)] },
  {
    name: "attention",
    fn: (q: A, k: A, v: A) => nn.dotProductAttention(q, k, v),
    args: [
      [2, 5, 2, 4],
      [2, 5, 2, 4],
      [2, 5, 2, 4],
    ],
  },
  {
    name: "causal attention, shared heads",
    fn: (q: A, k: A, v: A) => nn.dotProductAttention(q, k, v, { isCausal: true }),
    args: [
      [2, 5, 4, 3],
      [2, 5, 2, 3],
      [2, 5, 2, 3],
    ],
  },
  {
    name: "perceptron",
    fn: (x: A, w: A, b: A, v: A) => np.matmul(nn.relu(np.matmul(x, w).add(b)), v),
    args: [[5, 4], [4, 6], [6], [6, 2]],
  },
  {
    name: "stop gradient with a surrogate",
    fn: (x: A) => {
      const y = lax.stopGradient(np.exp(x.ref)) as A;
      const s = y.ref.mul(x);
      return y.add(s.ref.sub(lax.stopGradient(s) as A));
    },
    args: [[5]],
  },
];

const boolean = (x: A): A => x.greater(0) as A;

/** Comparisons, selection, integers and booleans. */
const discrete: Case[] = [
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

/** Sums, extremes and sorting. */
const reductions: Case[] = [
  {
    name: "sum, mean",
    fn: (x: A) => [x.ref.sum(), x.ref.sum(1), x.ref.mean(0), x.mean([0, 2])],
    args: [[3, 4, 5]],
  },
  { name: "sum, keeping axes", fn: (x: A) => x.ref.sub(x.sum(1, { keepdims: true })), args: [[3, 4]] },
  { name: "max, min", fn: (x: A) => [x.ref.max(1), x.ref.min(0), x.max()], args: [distinct([3, 4])] },
  { name: "product", fn: (x: A) => x.prod(1), args: [positive([3, 4])] },
  { name: "variance, deviation", fn: (x: A) => [np.var_(x.ref, 0), np.std(x, 1)], args: [[5, 4]] },
  {
    name: "argmax, argmin",
    fn: (x: A) => [np.argmax(x.ref, 1), np.argmin(x, 0)],
    args: [[5, 4]],
    gradient: [],
  },
  {
    name: "cumulative sum and product",
    fn: (x: A) => [np.cumsum(x.ref, 1), np.cumprod(x, 0)],
    args: [positive([4, 5])],
  },
  {
    name: "norms",
    fn: (x: A) => [np.linalg.norm(x.ref), np.linalg.vectorNorm(x, { axis: 1 })],
    args: [positive([3, 4])],
  },
  {
    name: "nan-aware reductions",
    fn: (x: A) => [np.nansum(x.ref, 0), np.nanmax(x, 1)],
    args: [{ shape: [3, 4], value: (u, i) => (i % 5 === 2 ? Number.NaN : u) }],
    gradient: [],
  },
  { name: "covariance, correlation", fn: (x: A) => [np.cov(x.ref), np.corrcoef(x)], args: [[3, 8]] },
  { name: "sort", fn: (x: A) => [np.sort(x.ref, -1), np.sort(x, 0)], args: [[4, 6]] },
  { name: "argsort", fn: (x: A) => np.argsort(x, 1), args: [[4, 6]], gradient: [] },
  { name: "argsort with ties", fn: (x: A) => np.argsort(x), args: [integers([20], 0, 4)] },
  { name: "count nonzero", fn: (x: A) => np.countNonzero(x), args: [integers([20], 0, 3)] },
  { name: "trapezoid, differences", fn: (x: A) => [np.trapezoid(x.ref), np.diff(x)], args: [[7]] },
  {
    name: "top k",
    fn: (x: A) => {
      const [v, i] = lax.topK(x, 3);
      return [v, i];
    },
    args: [[4, 6]],
  },
];

/** Reading and arranging. */
const structure: Case[] = [
  { name: "transpose, reshape", fn: (x: A) => x.transpose([2, 0, 1]).reshape([5, 12]), args: [[3, 4, 5]] },
  {
    name: "reshape that cuts a transpose",
    fn: (x: A) => x.transpose().reshape([4, 3]).mul(2),
    args: [[4, 3]],
  },
  { name: "broadcast to", fn: (x: A) => np.broadcastTo(x, [2, 3, 4]), args: [[3, 1]] },
  {
    name: "concatenate, stack",
    fn: (x: A, y: A) => [np.concatenate([x.ref, y.ref], 1), np.stack([x, y], 1)],
    args: [
      [2, 3],
      [2, 3],
    ],
  },
  {
    name: "slices",
    fn: (x: A) => [x.ref.slice([1, 3]), x.ref.slice([], 2), x.slice([0, 2], [1, 3], null)],
    args: [[4, 5]],
  },
  { name: "split", fn: (x: A) => np.split(x, 3, 1), args: [[2, 6]] },
  { name: "flip, roll", fn: (x: A) => [np.flip(x.ref, 0), np.flip(x.ref), np.roll(x, 2, 1)], args: [[3, 5]] },
  { name: "rotate", fn: (x: A) => np.rot90(x), args: [[3, 5]] },
  {
    name: "pad",
    fn: (x: A) =>
      np.pad(x, [
        [1, 2],
        [0, 3],
      ]),
    args: [[3, 4]],
  },
  {
    name: "crop by negative padding",
    fn: (x: A) =>
      grad(
        (y: A) =>
          np
            .square(
              np.pad(y, [
                [1, 0],
                [0, 2],
              ]),
            )
            .sum() as A,
      )(x),
    args: [[3, 4]],
  },
  { name: "tile, repeat", fn: (x: A) => [np.tile(x.ref, [2, 3]), np.repeat(x, 2, 1)], args: [[2, 3]] },
  {
    name: "diagonal, trace, triangles",
    fn: (x: A) => [np.diagonal(x.ref), np.trace(x.ref), np.tril(x.ref), np.triu(x, 1)],
    args: [[4, 4]],
  },
  { name: "diagonal matrix", fn: (x: A) => np.diag(x), args: [[4]] },
  { name: "take", fn: (x: A, i: A) => np.take(x, i, 1), args: [[3, 5], integers([4], 0, 5)] },
  {
    name: "take, repeated rows",
    fn: (x: A, i: A) => np.take(x, i, 0),
    args: [[5, 3], integers([2, 6], 0, 5)],
  },
  {
    name: "take along axis",
    fn: (x: A, i: A) => np.takeAlongAxis(x, i, 1),
    args: [[3, 5], integers([3, 2], 0, 5)],
  },
  {
    name: "several index arrays",
    fn: (x: A, i: A, j: A) => x.slice(i, j),
    args: [[4, 5, 3], integers([6], 0, 4), integers([6], 0, 5)],
  },
  {
    name: "index arrays apart",
    fn: (x: A, i: A, j: A) => x.slice(i, [], j),
    args: [[4, 5, 3], integers([6], 0, 4), integers([6], 0, 3)],
  },
  {
    name: "captured constants",
    fn: (x: A) =>
      x
        .mul(
          np.array([
            [1, 2],
            [3, 4],
          ]),
        )
        .add(np.eye(2)),
    args: [[2, 2]],
  },
  { name: "captured index", fn: (x: A) => np.take(x, int([2, 0, 2]), 0), args: [[4, 3]] },
  {
    name: "meshgrid, arange, linspace",
    fn: (x: A) => {
      const [a, b] = np.meshgrid([np.linspace(0, 1, 3), np.arange(4).astype(np.float32)]);
      return a.mul(b).mul(x);
    },
    args: [[4, 3]],
  },
  {
    name: "sum of overlapping slices",
    fn: (x: A) =>
      x.ref
        .slice([0, 6])
        .mul(x.ref.slice([2, 8]))
        .add(x.slice([1, 7])),
    args: [[8]],
  },
  {
    name: "disjoint slices of one vector",
    fn: (x: A) => {
      const w = x.ref.slice([0, 6]).reshape([2, 3]);
      const b = x.ref.slice([6, 9]);
      const v = x.slice([10, 13]);
      return np.matmul(np.tanh(w.add(b)), v);
    },
    args: [[14]],
  },
  { name: "polynomials", fn: (x: A, y: A) => np.polyval(x, y), args: [[4], [5]] },
];

/** Products, convolutions and matrices. */
const products: Case[] = [
  {
    name: "matmul",
    fn: (x: A, y: A) => np.matmul(x, y),
    args: [
      [3, 4],
      [4, 5],
    ],
  },
  {
    name: "matmul with bias and scale",
    fn: (x: A, y: A, b: A) => np.matmul(x, y).add(b).mul(0.5),
    args: [[3, 4], [4, 5], [5]],
  },
  {
    name: "matmul of repeated rows with a bias by row",
    fn: (x: A, y: A, b: A) =>
      np.matmul(np.broadcastTo(x.reshape([2, 1, 4]), [2, 3, 4]).reshape([6, 4]), y).add(b),
    args: [
      [2, 4],
      [4, 5],
      [6, 5],
    ],
  },
  {
    name: "matmul, transposed and cut before the bias",
    fn: (x: A, y: A, b: A) => np.matmul(x, y).transpose([0, 2, 1]).reshape([6, 5]).add(b),
    args: [[2, 3, 4], [4, 5], [5]],
  },
  {
    name: "matmul, transposed operands",
    fn: (x: A, y: A) => np.matmul(x.transpose(), y.transpose()),
    args: [
      [4, 3],
      [5, 4],
    ],
  },
  {
    name: "batched matmul",
    fn: (x: A, y: A) => np.matmul(x, y),
    args: [
      [2, 3, 4],
      [2, 4, 5],
    ],
  },
  {
    name: "batched matmul, broadcast",
    fn: (x: A, y: A) => np.matmul(x, y),
    args: [
      [2, 1, 3, 4],
      [5, 4, 2],
    ],
  },
  {
    name: "matrix and vector",
    fn: (x: A, v: A) => [np.matmul(x.ref, v.ref), np.dot(v, x.transpose())],
    args: [[3, 4], [4]],
  },
  {
    name: "inner, outer, vdot",
    fn: (x: A, y: A) => [np.inner(x.ref, y.ref), np.outer(x.ref, y.ref), np.vdot(x, y)],
    args: [[4], [4]],
  },
  {
    name: "tensordot",
    fn: (x: A, y: A) =>
      np.tensordot(x, y, [
        [0, 2],
        [1, 0],
      ]),
    args: [
      [3, 4, 5],
      [5, 3, 2],
    ],
  },
  {
    name: "einsum, heads",
    fn: (q: A, k: A) => np.einsum("bthe,bshe->bhts", q, k),
    args: [
      [2, 3, 2, 4],
      [2, 5, 2, 4],
    ],
  },
  {
    name: "einsum, three operands",
    fn: (x: A, y: A, z: A) => np.einsum("ij,jk,ikl->l", x, y, z),
    args: [
      [2, 3],
      [3, 4],
      [2, 4, 5],
    ],
  },
  {
    name: "einsum, trace and sums",
    fn: (x: A) => [np.einsum("ii->i", x.ref), np.einsum("ij->", x)],
    args: [[4, 4]],
  },
  { name: "einsum, one-sided sum", fn: (x: A, y: A) => np.einsum("ij,k->ik", x, y), args: [[3, 4], [5]] },
  {
    name: "wide projection to heads",
    fn: (x: A, w: A) =>
      np.einsum(
        "bthe,bshe->bhts",
        np.matmul(x.ref, w.ref).reshape([2, 20, 2, 16]),
        np.matmul(x, w).reshape([2, 20, 2, 16]),
      ),
    args: [
      [2, 20, 8],
      [8, 32],
    ],
  },
  {
    name: "cross product",
    fn: (x: A, y: A) => np.cross(x, y),
    args: [
      [2, 3],
      [2, 3],
    ],
  },
  {
    name: "convolution",
    fn: (x: A, k: A) => lax.conv(x, k, [1, 1], "SAME"),
    args: [
      [2, 3, 6, 5],
      [4, 3, 3, 3],
    ],
  },
  {
    name: "convolution with stride",
    fn: (x: A, k: A) => lax.conv(x, k, [2, 2], "VALID"),
    args: [
      [2, 3, 7, 7],
      [4, 3, 3, 3],
    ],
  },
  {
    name: "convolution, dilated",
    fn: (x: A, k: A) => lax.convGeneralDilated(x, k, [1], [[2, 1]], { rhsDilation: [2] }),
    args: [
      [2, 3, 9],
      [4, 3, 3],
    ],
  },
  {
    name: "transposed convolution",
    fn: (x: A, k: A) => lax.convTranspose(x, k, [2, 2], "SAME"),
    args: [
      [2, 3, 4, 4],
      [3, 3, 3, 3],
    ],
  },
  {
    name: "convolve, correlate",
    fn: (x: A, y: A) => [np.convolve(x.ref, y.ref), np.correlate(x, y)],
    args: [[7], [3]],
  },
  {
    name: "max pooling",
    fn: (x: A) => lax.reduceWindow(x, (w: A) => w.max() as A, [2, 2], [2, 2]),
    args: [distinct([6, 6])],
  },
  {
    name: "mean pooling, overlapping",
    fn: (x: A) => lax.reduceWindow(x, (w: A) => w.mean() as A, [3], [2]),
    args: [[2, 9]],
  },
  {
    name: "triangular solve",
    fn: (a: A, b: A) =>
      lax.linalg.triangularSolve(a.add(np.eye(4).mul(3)), b, { leftSide: true, lower: true }),
    args: [
      [4, 4],
      [4, 3],
    ],
  },
  {
    name: "cholesky",
    fn: (a: A) => lax.linalg.cholesky(np.matmul(a.ref, a.transpose()).add(np.eye(4).mul(2))),
    args: [[4, 4]],
  },
  {
    name: "fourier transform",
    fn: (x: A, y: A) => {
      const { real, imag } = np.fft.fft({ real: x, imag: y });
      return [real, imag];
    },
    args: [
      [2, 12],
      [2, 12],
    ],
  },
  {
    name: "long fourier transform and back",
    fn: (x: A, y: A) => {
      const f = np.fft.fft({ real: x, imag: y });
      const { real, imag } = np.fft.ifft({ real: f.real.mul(2), imag: f.imag });
      return [real, imag];
    },
    args: [[120], [120]],
  },
];

/** Transformations of functions, and random numbers. */
const transformations: Case[] = [
  {
    name: "gradient of a gradient",
    fn: (x: A) =>
      grad((y: A) => grad((z: A) => np.sum(np.sin(z.ref).mul(np.square(z))) as A)(y).sum() as A)(x),
    args: [[5]],
  },
  {
    name: "gradient of a gradient of a network",
    fn: (w: A, x: A) =>
      grad((v: A) => np.square(grad((u: A) => np.tanh(np.matmul(x.ref, u)).sum() as A)(v)).sum() as A)(w).add(
        x.sum().mul(0),
      ),
    args: [
      [4, 2],
      [3, 4],
    ],
    gradient: [],
  },
  {
    name: "vmap",
    fn: (x: A, y: A) => vmap((a: A, b: A) => np.dot(a, b))(x, y),
    args: [
      [4, 3],
      [4, 3],
    ],
  },
  {
    name: "vmap of a convolution",
    fn: (x: A, k: A) => vmap((a: A, b: A) => lax.conv(a, b, [1], "SAME"))(x, k),
    args: [
      [3, 2, 2, 6],
      [3, 4, 2, 3],
    ],
  },
  { name: "jit inside", fn: (x: A) => jit((y: A) => np.exp(y.ref).mul(y))(x).add(1), args: [[6]] },
  {
    name: "special functions",
    fn: (x: A) => [scipySpecial.logit(x.ref.mul(0.4).add(0.5)), scipySpecial.erfc(x)],
    args: [unit([9])],
  },
  {
    name: "random bits, uniform",
    fn: (k: A) => [jaxRandom.bits(k.ref, [7]), jaxRandom.uniform(k, [3, 5])],
    args: [integers([2], 0, 4e9, "uint32")],
  },
  {
    name: "normal numbers",
    fn: (k: A) => jaxRandom.normal(k, [4, 5]),
    args: [integers([2], 0, 4e9, "uint32")],
  },
  {
    name: "split keys, integers",
    fn: (k: A) => {
      const [a, b] = jaxRandom.split(k);
      return [jaxRandom.randint(a, { minval: 0, maxval: 10, shape: [8] }), jaxRandom.bernoulli(b, 0.5, [8])];
    },
    args: [integers([2], 0, 4e9, "uint32")],
  },
];

export const cases: Case[] = [
  ...elementwise,
  ...networks,
  ...discrete,
  ...reductions,
  ...structure,
  ...products,
  ...transformations,
];
