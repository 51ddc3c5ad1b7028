import { grad, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { beforeAll, describe, expect, test } from "vitest";
import { compile, spec } from "../compile.js";
import { nodes, operators } from "../testing/inspect.js";
import { setupJax } from "../testing/jax-setup.js";

type A = np.Array;
beforeAll(() => setupJax("cpu"));

describe("layout", () => {
  test("costs nothing between element-wise operations", () => {
    const used = operators(
      (x: A, y: A) => np.exp(x.transpose()).mul(y.transpose()).transpose(),
      [
        [3, 4],
        [3, 4],
      ],
    );
    expect(used).toEqual({ Exp: 1, Mul: 1 });
  });

  test("needs no Expand where the operation broadcasts", () => {
    const used = operators(
      (x: A, b: A) =>
        np
          .broadcastTo(b.reshape([1, 4, 1]), [3, 4, 5])
          .mul(x)
          .sub(np.zeros([3, 4, 5])),
      [[3, 4, 5], [4]],
    );
    expect(used.Expand).toBeUndefined();
    expect(used.Transpose).toBeUndefined();
    expect(used.Sub).toBeUndefined();
  });

  test("keeps a broadcast result small", () => {
    const used = operators((x: A) => np.exp(np.broadcastTo(x, [50, 4])).sum(0), [[4]]);
    expect(used).toEqual({ Exp: 1, Mul: 1 });
  });

  test("needs no Transpose for a sum over any axes", () => {
    const used = operators((x: A) => x.transpose([2, 0, 1]).sum(0).mul(2), [[3, 4, 5]]);
    expect(used.Transpose).toBeUndefined();
  });
});

describe("products", () => {
  test("take transposed operands by flags", () => {
    const { bytes } = compile(
      (x: A, y: A) => np.matmul(x.transpose(), y.transpose()),
      [spec([4, 3]), spec([5, 4])],
    );
    expect(nodes(bytes)).toEqual([{ type: "Gemm", attributes: { transA: 1, transB: 1 } }]);
  });

  test("absorb a bias and a factor", () => {
    const { bytes } = compile(
      (x: A, w: A, b: A) => np.matmul(x, w).add(b).mul(0.5),
      [spec([2, 3, 4]), spec([4, 5]), spec([5])],
    );
    const gemm = nodes(bytes).filter((n) => n.type !== "Reshape");
    expect(gemm).toEqual([{ type: "Gemm", attributes: { alpha: 0.5, beta: 0.5 } }]);
  });

  test("add up as a chain when several flow into one sum", () => {
    const used = operators(
      (x: A, y: A, v: A, w: A) => np.matmul(x, v).add(np.matmul(y, w)),
      [
        [6, 4],
        [6, 4],
        [4, 5],
        [4, 5],
      ],
    );
    expect(used).toEqual({ MatMul: 1, Gemm: 1 });
  });

  test("put attention heads in place without moving the projections", () => {
    const [b, t, h, e] = [2, 32, 4, 16];
    const attention = (x: A, q: A, k: A, v: A): A => {
      const heads = (w: A): A => np.matmul(x.ref, w).reshape([b, t, h, e]);
      const scores = nn.softmax(np.einsum("bthe,bshe->bhts", heads(q), heads(k)), -1);
      const out = np.einsum("bhts,bshe->bthe", scores, heads(v)).reshape([b, t, h * e]);
      x.dispose();
      return out;
    };
    const width = h * e;
    const { bytes } = compile(attention, [
      spec([b, t, width]),
      spec([width, width]),
      spec([width, width]),
      spec([width, width]),
    ]);
    // Of the big tensors only the result moves; swaps of the last two axes go into the products.
    const moves = nodes(bytes).filter(
      (n) => n.type === "Transpose" && (n.attributes.perm as number[]).length > 3,
    );
    expect(moves.length).toBeLessThanOrEqual(1);
  });
});

describe("one vector of parameters", () => {
  const loss = (theta: A, x: A): A => {
    const w = theta.ref.slice([0, 12]).reshape([3, 4]);
    const b = theta.ref.slice([12, 16]);
    const v = theta.slice([16, 20]);
    return np.matmul(np.tanh(np.matmul(x, w).add(b)), v).sum() as A;
  };

  test("is cut by one Split, and its gradient is one Concat", () => {
    const used = operators(valueAndGrad(loss), [[20], [5, 3]]);
    expect(used.Split).toBe(1);
    expect(used.Concat).toBe(1);
    expect(used.Pad).toBeUndefined();
    expect(used.Slice).toBeUndefined();
  });

  test("leaves zeros in the gradient where it is not read", () => {
    const used = operators(
      grad((theta: A) => np.square(theta.slice([2, 5])).sum() as A),
      [[9]],
    );
    expect(used.Pad).toBe(1);
    expect(used.Concat).toBeUndefined();
  });
});

describe("outputs", () => {
  test("may be inputs, constants, or one another", () => {
    const model = compile((x: A) => [x.ref, np.exp(x.ref), np.exp(x), np.ones([2])], [spec([2])]);
    expect(model.operators).toEqual({ Exp: 1, Identity: 3 });
  });
});
