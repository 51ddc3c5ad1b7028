import { lax, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { beforeAll, describe, expect, test } from "vitest";
import { operators } from "../testing/inspect.js";
import { setupJax } from "../testing/jax-setup.js";
import { handWritten, naive } from "../testing/network.js";

type A = np.Array;
beforeAll(() => setupJax("cpu"));
const x = [[3, 8]];

describe("kernels are recognised:", () => {
  test("softmax and log-softmax", () => {
    expect(operators((a: A) => nn.softmax(a), x)).toEqual({ Softmax: 1 });
    expect(operators((a: A) => nn.softmax(a, 0), x)).toEqual({ Softmax: 1 });
    expect(operators((a: A) => nn.logSoftmax(a), x)).toEqual({ LogSoftmax: 1 });
  });

  test("not softmax when its parts are needed anyway", () => {
    const used = operators((a: A) => {
      const e = np.exp(a.ref.sub(a.max(1, { keepdims: true })));
      const sum = e.ref.sum(1, { keepdims: true });
      return [e.div(sum.ref), np.log(sum)];
    }, x);
    expect(used.Softmax).toBeUndefined();
    expect(used.Exp).toBe(1);
  });

  test("layer normalisation, with and without gain and offset", () => {
    expect(operators(naive.layerNorm, x)).toEqual({ LayerNormalization: 1 });
    const affine = (a: A, g: A, b: A): A => naive.layerNorm(a).mul(g).add(b) as A;
    expect(operators(affine, [[3, 8], [8], [8]])).toEqual({ LayerNormalization: 1 });
    const residual = (a: A, g: A): A => naive.layerNorm(a.ref).mul(g).add(a) as A;
    expect(operators(residual, [[3, 8], [8]])).toEqual({ LayerNormalization: 1, Add: 1 });
  });

  test("layer normalisation whose derivative reads the deviation", () => {
    const used = operators(
      valueAndGrad((a: A) => np.sin(handWritten.layerNorm(a)).sum() as A),
      x,
    );
    expect(used.LayerNormalization).toBe(1);
    expect(used.Sqrt).toBeUndefined();
  });

  test("sigmoid, tanh, gelu, silu, relu", () => {
    expect(operators((a: A) => nn.sigmoid(a), x)).toEqual({ Sigmoid: 1 });
    expect(operators((a: A) => np.tanh(a), x)).toEqual({ Tanh: 1 });
    expect(operators((a: A) => nn.gelu(a, { approximate: false }), x)).toEqual({ Gelu: 1 });
    expect(operators((a: A) => nn.silu(a), x)).toEqual({ Sigmoid: 1, Mul: 1 });
    expect(operators((a: A) => nn.relu(a), x)).toEqual({ Relu: 1 });
  });

  test("means and sums of squares", () => {
    expect(operators((a: A) => a.mean(1), x)).toEqual({ ReduceMean: 1 });
    expect(operators((a: A) => np.square(a).sum(), x)).toEqual({ ReduceSumSquare: 1 });
  });

  test("log1p in a handful of nodes instead of thirty", () => {
    const used = operators((a: A) => np.log1p(a), x);
    expect(used.Log).toBe(1);
    expect(Object.values(used).reduce((p, q) => p + q, 0)).toBeLessThan(11);
  });
});

describe("factors and signs", () => {
  test("of attention scores end in the smaller product", () => {
    const scores = (q: A, k: A, w: A): A => np.matmul(np.matmul(q, w), k.transpose([0, 2, 1])).mul(0.25) as A;
    const used = operators(scores, [
      [2, 6, 4],
      [2, 9, 4],
      [4, 4],
    ]);
    // The factor is the alpha of the projection; the scores themselves are not multiplied.
    expect(used.Mul).toBeUndefined();
    expect(used.Gemm).toBe(1);
  });

  test("of a sum are applied to the sum", () => {
    expect(operators((a: A) => a.mul(3).sum(1).mul(2), x)).toEqual({ ReduceSum: 1, Mul: 1 });
  });

  test("become differences and quotients", () => {
    expect(operators((a: A, b: A) => a.sub(b), [[4], [4]])).toEqual({ Sub: 1 });
    expect(operators((a: A, b: A) => a.div(b), [[4], [4]])).toEqual({ Div: 1 });
    expect(
      operators(
        (a: A, b: A) => a.div(b),
        [
          [3, 4],
          [3, 1],
        ],
      ),
    ).toEqual({ Reciprocal: 1, Mul: 1 });
    expect(operators((a: A) => a.mul(2).neg(), [[4]])).toEqual({ Mul: 1 });
  });
});

describe("a hand-written derivative", () => {
  test("leaves nothing of its surrogate in the forward graph", () => {
    const fn = (a: A): A => {
      const y = lax.stopGradient(np.exp(a.ref)) as A;
      const s = y.ref.mul(np.sin(a));
      return y.add(s.ref.sub(lax.stopGradient(s) as A)) as A;
    };
    expect(operators(fn, x)).toEqual({ Exp: 1 });
  });

  test("of softmax keeps the kernel and needs four more nodes", () => {
    const used = operators(
      valueAndGrad((a: A, w: A) => handWritten.softmax(a).mul(w).sum() as A),
      [
        [3, 8],
        [3, 8],
      ],
    );
    expect(used.Softmax).toBe(1);
    expect(used.Exp).toBeUndefined();
    expect(used.Mul).toBe(2);
    expect(used.Sub).toBe(1);
  });
});
