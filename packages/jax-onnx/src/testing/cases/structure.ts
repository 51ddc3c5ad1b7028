import { grad, numpy as np } from "@jax-js/jax";
import { type Case, integers } from "../differential.js";

type A = np.Array;
const int = (a: number[]): A => np.array(Int32Array.from(a), { dtype: np.int32 });

/** Reading and arranging. */
export const structure: Case[] = [
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
