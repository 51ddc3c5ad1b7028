import { lax, numpy as np } from "@jax-js/jax";
import { type Case, distinct } from "../differential.js";

type A = np.Array;

/** Products, convolutions and matrices. */
export const products: Case[] = [
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
