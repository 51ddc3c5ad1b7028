import { beforeAll, expect, test } from "vitest";
import { nn, np, startJax, type Tensor, valueAndGrad } from "../runtime/jax.js";
import { layerNorm, logSumExp, softmax, softplus, squaredRelu } from "./layers.js";

beforeAll(() => startJax());

const input = (rows: number, columns: number): number[][] =>
  Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => 2 * Math.sin(1 + 3.7 * i + 1.3 * j) + 0.1 * i),
  );

/** Value and gradient of Σ w·f(x) with fixed uneven weights, as flat arrays. */
function probe(f: (x: Tensor) => Tensor): number[] {
  const [value, gradient] = valueAndGrad((x: Tensor) => {
    const y = f(x);
    const size = y.size;
    const weights = np.array(Array.from({ length: size }, (_, k) => Math.cos(k * 1.7)));
    return y.reshape([size]).mul(weights).sum();
  })(np.array(input(3, 5)));
  return [value.item() as number, ...(gradient.reshape([15]).js() as number[])];
}

const naive = {
  layerNorm: (x: Tensor) => {
    const centred = x.ref.sub(x.mean(1, { keepdims: true }));
    const variance = np.square(centred.ref).mean(1, { keepdims: true });
    return centred.div(np.sqrt(variance.add(1e-5)));
  },
  softmax: (x: Tensor) => {
    const e = np.exp(x);
    return e.ref.div(e.sum(1, { keepdims: true }));
  },
  squaredRelu: (x: Tensor) => np.square(nn.relu(x)),
  logSumExp: (x: Tensor) => np.log(np.exp(x).sum(1)),
  softplus: (x: Tensor) => np.log(np.exp(x).add(1)),
};

test.each([
  ["layerNorm", layerNorm, naive.layerNorm],
  ["softmax", softmax, naive.softmax],
  ["squaredRelu", squaredRelu, naive.squaredRelu],
  ["logSumExp", logSumExp, naive.logSumExp],
  ["softplus", softplus, naive.softplus],
])("%s has the value and the derivative of its naive form", (_, written, reference) => {
  const actual = probe(written);
  const expected = probe(reference);
  for (let k = 0; k < expected.length; k++) expect(actual[k]).toBeCloseTo(expected[k], 5);
});
