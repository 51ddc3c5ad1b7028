import { lax, numpy as np } from "@jax-js/jax";
import { type Case, distinct, integers, positive } from "../differential.js";

type A = np.Array;

/** Sums, extremes and sorting. */
export const reductions: Case[] = [
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
