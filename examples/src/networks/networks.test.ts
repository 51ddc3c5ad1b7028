import { numpy as np, valueAndGrad } from "@jax-js/jax";
import { expect, test } from "vitest";
import { Random } from "../random.js";
import { Descent } from "./descent.js";
import { Graph, type Tensor } from "./graph.js";
import { cut, initialParameters, parameterCount } from "./parameters.js";
import { leakyRelu, perceptron, perceptronPieces, softplus } from "./perceptron.js";

test("a graph computes the function it was compiled from", async () => {
  const graph = await Graph.open(
    (a, b, factor) => [np.matmul(a, b.ref).mul(factor), b.sum()],
    { a: [2, 3], b: [3, 1], factor: [] },
    ["product", "sum"],
  );
  const inputs = { a: Float32Array.of(1, 2, 3, 4, 5, 6), b: Float32Array.of(1, 0, -2), factor: 10 };
  const { product, sum } = await graph.run(inputs);
  expect([...product]).toEqual([-50, -80]);
  expect([...sum]).toEqual([-1]);
  await graph.dispose();
});

test("parameters lie one after the other, and the same seed gives the same ones", async () => {
  const pieces = perceptronPieces([3, 4, 2], 2);
  expect(parameterCount(pieces)).toBe(3 * 4 + 4 + 4 * 2 + 2);
  const theta = initialParameters(pieces, new Random(1));
  expect(initialParameters(pieces, new Random(1))).toEqual(theta);
  expect(initialParameters(pieces, new Random(2))).not.toEqual(theta);
  expect([...theta.subarray(12, 16)]).toEqual([0, 0, 0, 0]);
  const graph = await Graph.open(
    (theta) => {
      const { weight1, ...rest } = cut(pieces, theta);
      for (const other of Object.values(rest)) other.dispose();
      return [weight1.transpose()];
    },
    { theta: [theta.length] },
    ["turned"],
  );
  const { turned } = await graph.run({ theta });
  const weight1 = theta.subarray(16, 24);
  expect([...turned]).toEqual([0, 2, 4, 6, 1, 3, 5, 7].map((k) => weight1[k]));
});

test("a perceptron is what its layers say", async () => {
  const pieces = perceptronPieces([2, 3, 1], 2);
  const theta = initialParameters(pieces, new Random(3)).map((value, k) => value + 0.01 * k);
  const graph = await Graph.open(
    (theta, x) => [perceptron(pieces, leakyRelu, theta, x)],
    { theta: [theta.length], x: [2, 2] },
    ["y"],
  );
  const x = Float32Array.of(0.5, -1, 2, 3);
  const { y } = await graph.run({ theta, x });
  for (const row of [0, 1]) {
    const hidden = [0, 1, 2].map((unit) => {
      const sum = x[2 * row] * theta[unit] + x[2 * row + 1] * theta[3 + unit] + theta[6 + unit];
      return Math.max(sum, 0.2 * sum);
    });
    const expected = hidden.reduce((sum, value, unit) => sum + value * theta[9 + unit], theta[12]);
    expect(y[row]).toBeCloseTo(expected, 5);
  }
});

test("a descent finds the bottom of a bowl, and its average is near it", async () => {
  const descent = await Descent.open(
    Float32Array.of(3, -2),
    { bottom: [2] },
    (theta, bottom) => np.square(theta.sub(bottom)).sum(),
    { keep: 0.9 },
  );
  const bottom = Float32Array.of(1, 0.5);
  const first = await descent.step(0.1, { bottom });
  expect(first).toBeCloseTo(4 + 6.25, 4);
  // The first step of Adam has the length of the rate, whatever the slope.
  expect(descent.theta[0]).toBeCloseTo(2.9, 4);
  expect(descent.theta[1]).toBeCloseTo(-1.9, 4);
  expect(descent.average).toEqual(descent.theta);
  for (let step = 0; step < 300; step++) await descent.step(0.1 * 0.98 ** step, { bottom });
  for (const k of [0, 1]) {
    expect(descent.theta[k]).toBeCloseTo(bottom[k], 1);
    expect(descent.average[k]).toBeCloseTo(bottom[k], 1);
  }
  await descent.dispose();
});

test("a loss that is not finite ends a descent", async () => {
  const descent = await Descent.open(Float32Array.of(1), { x: [] }, (theta, x) => theta.mul(x).sum());
  await expect(descent.step(0.5, { x: Number.NaN })).rejects.toThrow(
    /the loss of step 1 is NaN; take a smaller rate than 0.5/,
  );
});

test("softplus is log(1 + eˣ) and its slope is σ(x), where eˣ is too large as well", async () => {
  const sum = (x: Tensor): [Tensor, Tensor] => {
    const each = softplus(x);
    return [each.ref.sum(), each];
  };
  const differentiate = valueAndGrad(sum, { hasAux: true }) as unknown as (
    x: Tensor,
  ) => [[Tensor, Tensor], Tensor];
  const graph = await Graph.open(
    (x) => {
      const [[total, each], slope] = differentiate(x);
      total.dispose();
      return [each, slope];
    },
    { x: [5] },
    ["value", "slope"],
  );
  const x = Float32Array.of(-300, -1, 0.5, 2, 300);
  const { value, slope } = await graph.run({ x });
  for (const [k, at] of x.entries()) {
    expect(value[k]).toBeCloseTo(at > 100 ? at : Math.log1p(Math.exp(at)), 4);
    expect(slope[k]).toBeCloseTo(1 / (1 + Math.exp(-at)), 5);
  }
  await graph.dispose();
});
