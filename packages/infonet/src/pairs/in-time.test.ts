/** Rows in time, by the released model. */

import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const { normal } = draws(9);
const autoregressive = (phi: number, n: number): Float64Array => {
  const values = new Float64Array(n);
  for (let t = 1; t < n; t++) values[t] = phi * values[t - 1] + normal();
  return values;
};
const n = 300;
const [x, a, z] = [0.9, 0.9, 0.9].map((phi) => autoregressive(phi, n));
const y = x.map((value, row) => 0.7 * value + 0.7 * a[row]);

test("the estimate stays, interval and p-value are those of fewer rows, and nothing is warned of", async () => {
  const plain = await net.estimate(x, y);
  const series = await net.estimate(x, y, { rows: "series" });
  expect(plain.warnings.map(({ code }) => code)).toContain("serial-dependence");
  expect(plain).not.toHaveProperty("effectiveSize");
  expect(series.warnings.map(({ code }) => code)).not.toContain("serial-dependence");
  expect(series.mi).toBe(plain.mi);
  expect(series.n).toBe(n);
  expect(series.effectiveSize).toBeLessThan(n / 3);
  expect(series.pValue).toBeLessThan(0.01);
  expect(series.interval[0]).toBeLessThan(plain.interval[0]);
  expect(series.interval[1]).toBeGreaterThan(plain.interval[1]);
  expect(JSON.parse(JSON.stringify(series)).effectiveSize).toBe(series.effectiveSize);
});

test("independent series are not called dependent, and the interval reaches 0", async () => {
  const { pValue, interval } = await net.estimate(x, z, { rows: "series" });
  expect((await net.estimate(x, z)).pValue).toBeLessThan(0.05);
  expect(pValue).toBeGreaterThan(0.05);
  expect(interval[0]).toBe(0);
});

test("one pair, many pairs and a matrix say the same", async () => {
  const one = await net.estimate(x, y, { rows: "series" });
  const [many] = await net.estimateMany([[x, y]], { rows: "series" });
  const { pairs } = await net.matrix({ x, y, z }, { rows: "series", pairs: [["x", "y"]] });
  for (const other of [many, pairs[0]]) {
    expect(other).toMatchObject({
      pValue: one.pValue,
      effectiveSize: one.effectiveSize,
      interval: one.interval,
    });
  }
});

test("rows with a missing value are left out of both", async () => {
  const holes = x.map((value, row) => (row % 50 === 0 ? Number.NaN : value));
  const result = await net.estimate(holes, y, { rows: "series" });
  expect(result.n).toBe(n - 6);
  expect(result.pValue).toBeLessThan(0.01);
});

test("with clusters the rows of each are a series of their own, wherever they stand", async () => {
  const cluster = Array.from({ length: n }, (_, row) => (row < n / 2 ? "a" : "b"));
  const whole = await net.estimate(x, y, { rows: "series", cluster });
  // The rows of both in turns.
  const turns = Array.from({ length: n }, (_, row) => (row % 2) * (n / 2) + Math.floor(row / 2));
  const mixed = (values: Float64Array): number[] => turns.map((row) => values[row]);
  const woven = await net.estimate(mixed(x), mixed(y), {
    rows: "series",
    cluster: turns.map((row) => cluster[row]),
  });
  expect(woven.pValue).toBe(whole.pValue);
  expect(woven.effectiveSize).toBeCloseTo(whole.effectiveSize as number, 6);
});

test("what drifts is warned of", async () => {
  const walk = autoregressive(1, n);
  const { warnings } = await net.estimate(walk, x, { rows: "series" });
  const [warning] = warnings.filter(({ code }) => code === "nonstationary");
  expect(warning?.message).toMatch(/^x has no level to return to/);
});

test("rows of a series have no counts, and no first look", async () => {
  await expect(net.estimate(x, y, { rows: "series", counts: x.map(() => 1) })).rejects.toThrow(
    'rows is "series" and counts is given',
  );
  await expect(net.matrix({ x, y }, { rows: "series", screen: 0.1 })).rejects.toThrow("rows is given");
  // @ts-expect-error no such word
  await expect(net.estimate(x, y, { rows: "time" })).rejects.toThrow('"independent" or "series"');
});
