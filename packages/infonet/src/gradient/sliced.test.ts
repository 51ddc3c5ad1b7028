import { expect, test } from "vitest";
import { AbortedError } from "../errors.js";
import { direction } from "../multivariate/projections.js";
import { stream } from "../numerics/random.js";
import { draws, normalPair } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";
import type { SlicedGradient } from "./types.js";

const net = await releasedNet();

const n = 150;
const { normal } = draws(1);
const X = { data: Float64Array.from({ length: 2 * n }, normal), width: 2 };
const Y = {
  data: Float64Array.from(
    { length: 3 * n },
    (_, k) => normal() + (k % 3 < 2 ? X.data[2 * Math.floor(k / 3) + (k % 3)] : 0),
  ),
  width: 3,
};

test("it is the mean of the gradients along random directions, spread over the columns", async () => {
  const options = { seed: 8, slices: 20, through: "estimate" } as const;
  const sliced = await net.slicedGradient(X, Y, options);
  const mean = { mi: 0, dx: new Float64Array(2 * n), dy: new Float64Array(3 * n) };
  const values: number[] = [];
  for (let slice = 0; slice < 20; slice++) {
    const random = stream(8, 51, slice);
    const [a, b] = [direction(2, random), direction(3, random)];
    const along = (data: Float64Array, d: Float64Array): Float64Array =>
      Float64Array.from({ length: n }, (_, row) =>
        d.reduce((sum, v, c) => sum + v * data[row * d.length + c], 0),
      );
    const { mi, dx, dy } = await net.gradient(along(X.data, a), along(Y.data, b), {
      seed: 8,
      through: "estimate",
    });
    values.push(mi);
    mean.mi += mi / 20;
    for (let row = 0; row < n; row++) {
      for (let c = 0; c < 2; c++) mean.dx[2 * row + c] += (a[c] * dx[row]) / 20;
      for (let c = 0; c < 3; c++) mean.dy[3 * row + c] += (b[c] * dy[row]) / 20;
    }
  }
  expect(sliced.slices).toBe(20);
  expect(sliced.n).toBe(n);
  expect(sliced.mi).toBeCloseTo(mean.mi, 5);
  const variance = values.reduce((sum, v) => sum + (v - mean.mi) ** 2, 0) / 19;
  expect(sliced.standardError).toBeCloseTo(Math.sqrt(variance / 20), 5);
  for (const part of ["dx", "dy"] as const) {
    const scale = Math.hypot(...mean[part]) / Math.sqrt(mean[part].length);
    for (const [i, slope] of mean[part].entries()) {
      expect(Math.abs(sliced[part][i] - slope)).toBeLessThan(0.02 * scale);
    }
  }
});

test("the slices are those of `sliced` with the same seed, of the columns as they are", async () => {
  const options = { seed: 9, slices: 32 };
  const { mi } = await net.slicedGradient(X, Y, options);
  const sliced = await net.sliced(X, Y, { ...options, tolerance: 0, standardize: false });
  expect(mi).toBeCloseTo(sliced.mi, 5);
});

test("of single columns it is the gradient; rows with a missing value have no derivative", async () => {
  const [x, y] = normalPair(2, 100, 0.8);
  const through = "estimate";
  const [single, sliced] = [
    await net.gradient(x, y, { through }),
    await net.slicedGradient(x, { data: y, width: 1 }, { through, slices: 1 }),
  ];
  // One dimension has two directions, and the estimate does not tell them apart.
  expect(sliced.mi).toBeCloseTo(single.mi, 5);
  expect(sliced.standardError).toBe(0);
  expect(sliced.slices).toBe(1);
  const critic = await net.slicedGradient(x, y);
  expect(critic.lowerBound).toBeCloseTo((await net.gradient(x, y)).lowerBound as number, 5);
  const scale = Math.hypot(...single.dx) / 10;
  for (const [i, slope] of single.dx.entries())
    expect(Math.abs(sliced.dx[i] - slope)).toBeLessThan(1e-3 * scale);
  const data = X.data.slice();
  data[2 * 7 + 1] = Number.NaN;
  const { dx, dy, n: complete } = await net.slicedGradient({ data, width: 2 }, Y, { through, slices: 3 });
  expect(complete).toBe(n - 1);
  expect([...dx.slice(14, 16), ...dy.slice(21, 24)]).toEqual([0, 0, 0, 0, 0]);
  expect([...dx, ...dy].every(Number.isFinite)).toBe(true);
});

test("followed uphill, a projection finds the one that carries the information", async () => {
  // Of two columns the second is y with noise; the direction starts at the first.
  const size = 300;
  const { normal: draw } = draws(3);
  const y = Float64Array.from({ length: size }, draw);
  const columns = [y.map(() => draw()), y.map((v) => v + 0.5 * draw())];
  let angle = 0.3;
  for (let step = 0; step < 30; step++) {
    const x = y.map((_, i) => Math.cos(angle) * columns[0][i] + Math.sin(angle) * columns[1][i]);
    const { dx } = await net.slicedGradient({ data: x, width: 1 }, y, {
      slices: 1,
      seed: step,
      through: "critic",
    });
    const byAngle = dx.reduce(
      (sum, d, i) => sum + d * (Math.cos(angle) * columns[1][i] - Math.sin(angle) * columns[0][i]),
      0,
    );
    angle += 0.15 * Math.max(-1, Math.min(1, byAngle));
  }
  expect(Math.abs(angle - Math.PI / 2)).toBeLessThan(0.25);
});

test("columns at the edge of the doubles have derivatives as much smaller; much too small ones are refused", async () => {
  const options = { slices: 4, seed: 2, through: "critic" } as const;
  const plain = await net.slicedGradient(X, Y, options);
  for (const power of [600, 1000, 1020]) {
    const far = await net.slicedGradient(
      { ...X, data: X.data.map((v) => v * 2 ** power) },
      { ...Y, data: Y.data.map((v) => v * 2 ** 900) },
      options,
    );
    expect(far.mi).toBe(plain.mi);
    const close = (slopes: Float64Array, unit: number, expected: Float64Array) => {
      const scale = Math.hypot(...expected) / Math.sqrt(expected.length);
      slopes.forEach((slope, k) => {
        expect(Math.abs(slope * 2 ** unit - expected[k])).toBeLessThan(1e-6 * scale);
      });
    };
    close(far.dx, power, plain.dx);
    close(far.dy, 900, plain.dy);
  }
  const tiny = { ...X, data: X.data.map((v) => v * 2 ** -1060) };
  await expect(net.slicedGradient(tiny, Y, options)).rejects.toMatchObject({ code: "not-finite" });
});

test("wrong input is refused, an abort keeps the slices that were finished", async () => {
  const [x] = normalPair(4, 50, 0);
  await expect(net.slicedGradient(X, Y, { slices: 0 })).rejects.toThrow(
    /slices is 0; pass a whole number from 1/,
  );
  await expect(net.slicedGradient(X, x)).rejects.toThrow(/x has 150 rows and y has 50/);
  await expect(net.slicedGradient({ data: x, width: 7 }, x)).rejects.toMatchObject({
    code: "invalid-option",
  });
  await expect(net.slicedGradient(x, { data: x.map(() => 1), width: 1 })).rejects.toMatchObject({
    code: "constant",
  });
  const controller = new AbortController();
  const stopped = net.slicedGradient(X, Y, {
    slices: 60,
    signal: controller.signal,
    onProgress: ({ done, total }) => {
      expect(total).toBe(60);
      if (done > 20) controller.abort("enough");
    },
  });
  const error = (await stopped.catch((e: unknown) => e)) as AbortedError<SlicedGradient>;
  expect(error).toBeInstanceOf(AbortedError);
  expect(error.partial.slices).toBeGreaterThan(20);
  expect(error.partial.slices).toBeLessThan(60);
  const never = net.slicedGradient(X, Y, { signal: AbortSignal.abort() });
  await expect(never).rejects.toMatchObject({ name: "AbortError", partial: undefined });
});
