import { expect, test } from "vitest";
import { mapped, matrix, normalVectors } from "../testing/matrices.js";
import { draws } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

test("p-values of independent vectors are uniform", async () => {
  const trials = 200;
  const values: number[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const [x, y] = normalVectors(100 + trial, 30, 3, 0, 0);
    values.push((await net.independence(x, y, { permutations: 39, seed: trial })).pValue);
  }
  for (const level of [0.05, 0.1, 0.25, 0.5, 0.75]) {
    const share = values.filter((p) => p <= level + 1e-12).length / trials;
    // Exact at multiples of 1/40; four standard errors.
    expect(Math.abs(share - level), `level ${level}`).toBeLessThan(
      4 * Math.sqrt((level * (1 - level)) / trials),
    );
  }
});

test.each([
  ["a sum of all columns in the noise", 16, (s: number, z: number) => (s + z) * Math.SQRT1_2],
  ["its square", 2, (s: number, z: number) => s * s + 0.3 * z],
  ["a wave of it", 1, (s: number, z: number) => Math.sin(3 * s) + 0.3 * z],
])("%s is found", async (_, d, map) => {
  const { normal } = draws(7);
  const n = 120;
  const x = matrix(n, d, (row) => {
    for (let k = 0; k < d; k++) row[k] = normal();
  });
  const y = matrix(n, d, (row, i) => {
    const sum = x.data.subarray(i * d, (i + 1) * d).reduce((a, b) => a + b, 0) / Math.sqrt(d);
    for (let k = 0; k < d; k++) row[k] = map(sum, normal());
  });
  const { pValue, statistic, permutations } = await net.independence(x, y, { permutations: 99 });
  expect(pValue).toBe(0.01);
  expect(permutations).toBe(99);
  expect(statistic).toBeGreaterThan(3);
});

test("monotone maps of the columns change nothing, nor does doing it again", async () => {
  const [x, y] = normalVectors(8, 60, 4, 1, 0.5);
  const a = await net.independence(x, y, { seed: 3 });
  expect(await net.independence(x, y, { seed: 3 })).toEqual(a);
  const b = await net.independence(
    mapped(x, (v) => Math.exp(v)),
    mapped(y, (v) => v ** 3),
    { seed: 3 },
  );
  expect(b).toEqual(a);
});

test("more columns than rows, categories, missing values", async () => {
  const [x, y] = normalVectors(9, 20, 50, 0, 0);
  const { uniform } = draws(10);
  const categories = Float64Array.from({ length: 20 }, () => Math.floor(3 * uniform()));
  x.data[5] = Number.NaN;
  for (const other of [y, categories]) {
    const { pValue, n } = await net.independence(x, other);
    expect(n).toBe(19);
    // One of 200 orders of the rows, at least, is as extreme as the given one: itself.
    expect(Array.from({ length: 200 }, (_, k) => (k + 1) / 200)).toContain(pValue);
  }
});

test("X = Y, a column of the other side, constant columns, copies", async () => {
  const [x, y] = normalVectors(12, 60, 2, 0, 0);
  expect((await net.independence(x, x)).pValue).toBe(1 / 200);
  const padded = matrix(60, 4, (row, i) => row.set([y.data[2 * i], 7, x.data[2 * i], -y.data[2 * i]]));
  const { pValue, warnings } = await net.independence(x, padded);
  expect(pValue).toBe(1 / 200);
  expect(warnings.filter(({ code }) => code === "dropped-columns")).toHaveLength(2);
  const flat = { data: new Float64Array(120), width: 2 };
  await expect(net.independence(flat, y)).rejects.toMatchObject({ code: "constant" });
});

test("options are checked, an abort ends the call", async () => {
  const [x, y] = normalVectors(11, 40, 2, 0, 0);
  await expect(net.independence(x, y, { permutations: 5 })).rejects.toThrow("permutations is 5");
  const call = net.independence(x, y, { signal: AbortSignal.abort() });
  await expect(call).rejects.toMatchObject({ name: "AbortError" });
});
