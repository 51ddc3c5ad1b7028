import { lax, nn, numpy as np } from "@jax-js/jax";
import { type Case, integers } from "../differential.js";

type A = np.Array;

/** Activation functions and other parts of networks. */
export const networks: Case[] = [
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
