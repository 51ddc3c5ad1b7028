import { readFile } from "node:fs/promises";
import * as jax from "@jax-js/jax";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ksg } from "../classical/index.js";
import { InfoNet } from "../infonet.js";
import { draws, normalPair } from "../testing/random.js";
import { informationAndGrad, informationTerm } from "./index.js";

const { numpy: np } = jax;
const SOURCE = new URL("./index.ts", import.meta.url);
type Tensor = jax.numpy.Array;

let net: InfoNet;
beforeAll(async () => {
  await jax.init("cpu");
  jax.defaultDevice("cpu");
  net = await InfoNet.load();
});
afterAll(() => net.dispose());

const column = (values: Float64Array): Tensor => np.array(Float32Array.from(values));

test("a term has the value and the derivatives it is given, beside other terms", async () => {
  const [x, y] = normalPair(1, 50, 0.5);
  const { normal } = draws(2);
  const gradient = { mi: 0.7, dx: x.map(() => normal()), dy: y.map(() => normal()) };
  const term = informationTerm(jax, gradient);
  const loss = (a: Tensor, b: Tensor): Tensor =>
    a.ref
      .mul(3)
      .sum()
      .sub(term(a, b.mul(2)));
  const [value, [da, db]] = jax.valueAndGrad(loss, { argnums: [0, 1] })(column(x), column(y));
  const sum = x.reduce((total, v) => total + Math.fround(v), 0);
  expect((await value.data())[0]).toBeCloseTo(3 * sum - 0.7, 4);
  const [slopesA, slopesB] = [await da.data(), await db.data()];
  for (let i = 0; i < 50; i++) {
    expect(slopesA[i]).toBeCloseTo(3 - gradient.dx[i], 5);
    expect(slopesB[i]).toBeCloseTo(-2 * gradient.dy[i], 5);
  }
});

test("nothing of jax-js is loaded: callers hand over the copy they use", async () => {
  const imports = (await readFile(SOURCE, "utf8")).match(/^import .* from "@jax-js\/jax"/gm);
  expect(imports).toEqual([expect.stringMatching(/^import type /)]);
});

test("a term refuses arrays of another size", () => {
  const term = informationTerm(jax, { mi: 0, dx: new Float64Array(6), dy: new Float64Array(3) });
  expect(() => term(np.zeros([3, 3]), np.zeros([3]))).toThrow(/shape \[3,3\], the gradient 6 values/);
});

describe("information and its gradient by parameters", () => {
  test("are those of the library, carried on by jax-js", async () => {
    const [x, y] = normalPair(3, 200, 0.6);
    const step = informationAndGrad(jax, net, (p: { scale: Tensor; noise: Tensor }) => [
      column(x).mul(p.scale),
      column(x).add(column(y).mul(p.noise)),
    ]);
    const single = (v: Float64Array): Float64Array => Float64Array.from(v, Math.fround);
    for (const through of ["estimate", "critic"] as const) {
      const { mi, gradient } = await step({ scale: np.array(2), noise: np.array(0.5) }, { through, seed: 4 });
      const a = single(x.map((v) => Math.fround(v) * 2));
      const b = single(x.map((v, i) => Math.fround(v) + Math.fround(y[i]) * 0.5));
      const expected = await net.gradient(a, b, { through, seed: 4 });
      expect(mi).toBe(expected.mi);
      const byNoise = expected.dy.reduce((sum, d, i) => sum + d * y[i], 0);
      expect((await gradient.noise.data())[0]).toBeCloseTo(byNoise, 4);
      // The scale of a variable is nothing that information depends on.
      expect(Math.abs((await gradient.scale.data())[0])).toBeLessThan(1e-4);
    }
  });

  test("samples of one column in two dimensions are columns", async () => {
    const [x, y] = normalPair(8, 60, 0.6).map((values) => Float32Array.from(values));
    const step = informationAndGrad(jax, net, (p: Tensor) => [
      np.array(x).reshape([60, 1]),
      np.array(x).mul(p).add(np.array(y)).reshape([60, 1]),
    ]);
    const { mi, gradient } = await step(np.array(0.5));
    const expected = await net.gradient(
      x,
      y.map((v, i) => x[i] * 0.5 + v),
    );
    expect(mi).toBe(expected.mi);
    const slope = expected.dy.reduce((sum, d, i) => sum + d * x[i], 0);
    expect((await gradient.data())[0]).toBeCloseTo(slope, 4);
  });

  test("samples of several columns are taken as a whole", async () => {
    const { normal } = draws(9);
    const n = 100;
    const data = Float32Array.from({ length: 2 * n }, normal);
    const other = Float32Array.from({ length: n }, (_, row) => data[2 * row + 1] + normal());
    const step = informationAndGrad(jax, net, (p: Tensor) => [
      np.array(data).reshape([n, 2]).mul(p),
      np.array(other),
    ]);
    const { mi, gradient } = await step(np.array([1, 1]), { units: "bits", seed: 3 });
    const expected = await net.jointGradient({ data, width: 2 }, other, { units: "bits", seed: 3 });
    expect(mi).toBe(expected.mi);
    const slopes = await gradient.data();
    for (const c of [0, 1]) {
      let sum = 0;
      for (let row = 0; row < n; row++) sum += expected.dx[2 * row + c] * data[2 * row + c];
      expect(slopes[c]).toBeCloseTo(sum, 4);
    }
    for (const [options, message] of [
      [{ through: "estimate" }, /^through is "estimate" and a sample has several columns/],
      [{ jitter: 0.1 }, /^jitter is 0.1 and a sample has several columns/],
    ] as const) {
      await expect(step(np.array([1, 1]), options)).rejects.toMatchObject({
        code: "invalid-option",
        message: expect.stringMatching(message),
      });
    }
  });

  test("samples of several columns go through slices where these are asked for", async () => {
    const { normal } = draws(5);
    const n = 100;
    const [data, other] = [200, 300].map((size) => Float32Array.from({ length: size }, normal));
    for (let row = 0; row < n; row++) other[3 * row] += data[2 * row];
    const step = informationAndGrad(jax, net, (p: Tensor) => [
      np.array(data).reshape([n, 2]).mul(p),
      np.array(other).reshape([n, 3]),
    ]);
    const { mi, gradient } = await step(np.array([1, 1]), { slices: 5, seed: 6 });
    const expected = await net.slicedGradient(
      { data, width: 2 },
      { data: other, width: 3 },
      {
        slices: 5,
        seed: 6,
        through: "critic",
      },
    );
    expect(mi).toBe(expected.mi);
    const byColumn = [0, 1].map((c) => {
      let sum = 0;
      for (let row = 0; row < n; row++) sum += expected.dx[2 * row + c] * data[2 * row + c];
      return sum;
    });
    const slopes = await gradient.data();
    for (const c of [0, 1]) expect(slopes[c]).toBeCloseTo(byColumn[c], 5);
  });
});

test("options: through the critic unless told otherwise, slices say nothing of single columns", async () => {
  const [x, y] = normalPair(8, 40, 0.5);
  const step = informationAndGrad(jax, net, (p: Tensor) => [column(x).mul(p), column(y)]);
  const slope = async (options?: object | null): Promise<number> =>
    (await (await step(np.array(1), options as object)).gradient.data())[0];
  const critic = await slope({ through: "critic" });
  for (const options of [undefined, null, {}, { through: undefined }, { through: null }, { slices: 3 }]) {
    expect(await slope(options)).toBe(critic);
  }
  expect(await slope({ through: "estimate" })).not.toBe(critic);
});

test("what the library refuses is refused; samples of other shapes are too", async () => {
  const [x] = normalPair(8, 30, 0);
  const step = informationAndGrad(jax, net, (p: Tensor) => [column(x).mul(p), np.zeros([30])]);
  await expect(step(np.array(1))).rejects.toMatchObject({ name: "InfoNetError", code: "constant" });
  const cube = informationAndGrad(jax, net, (p: Tensor) => [np.zeros([30, 1, 1]).add(p), np.zeros([30])]);
  await expect(cube(np.array(1))).rejects.toThrow(
    /a sample has shape \[30,1,1\]; make it \[n\] or \[n, width\]/,
  );
});

test("a small network learns to look at what a variable depends on", async () => {
  // Two inputs; x is the second one, bent, with noise. The network starts by looking at the first.
  const { normal } = draws(7);
  const n = 300;
  const hidden = 6;
  const draw = (size: number, deviation: number): Tensor =>
    np.array(Float32Array.from({ length: size }, () => deviation * normal()));
  const inputs = Float32Array.from({ length: 2 * n }, normal);
  const x = Float32Array.from({ length: n }, (_, i) => inputs[2 * i + 1] ** 3 + 0.1 * normal());
  let params = {
    first: np.array([1, ...Array(hidden - 1).fill(0.5), ...Array(hidden).fill(0.1)]).reshape([2, hidden]),
    bias: draw(hidden, 0.3),
    second: draw(hidden, 0.5),
  };
  type Params = typeof params;
  const output = (p: Params): Tensor => {
    const layer = np.tanh(np.matmul(np.array(inputs).reshape([n, 2]), p.first).add(p.bias));
    return np.matmul(layer, p.second);
  };
  const copy = (p: Params): Params => ({ first: p.first.ref, bias: p.bias.ref, second: p.second.ref });
  const step = informationAndGrad(jax, net, (p: Params) => [output(p), np.array(x)]);
  const measure = async (): Promise<number> => ksg(await output(copy(params)).data(), x);
  const before = await measure();
  for (let k = 0; k < 25; k++) {
    const { gradient } = await step(copy(params), { seed: k });
    const move = (p: Tensor, g: Tensor): Tensor => p.add(g.mul(0.5));
    params = {
      first: move(params.first, gradient.first),
      bias: move(params.bias, gradient.bias),
      second: move(params.second, gradient.second),
    };
  }
  const after = await measure();
  expect(before).toBeLessThan(0.3);
  expect(after).toBeGreaterThan(before + 0.5);
});
