import { grad, random as jaxRandom, jit, lax, numpy as np, scipySpecial, vmap } from "@jax-js/jax";
import { type Case, integers, unit } from "../differential.js";

type A = np.Array;

/** Transformations of functions, and random numbers. */
export const transformations: Case[] = [
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
