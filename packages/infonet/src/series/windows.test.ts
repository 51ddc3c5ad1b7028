/** Pairs over time, by the released model. */

import { expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { testChange } from "../surrogates/index.js";
import { draws } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const { normal } = draws(41);
const n = 400;
const autoregressive = (phi: number): Float64Array => {
  const values = new Float64Array(n);
  for (let t = 1; t < n; t++) values[t] = phi * values[t - 1] + normal();
  return values;
};
const x = autoregressive(0.5);
const other = autoregressive(0.5);
/** Follows x in the second half alone. */
const turned = x.map((value, t) => (t < n / 2 ? 0 : value) + 0.7 * other[t]);
const steady = x.map((value, t) => value + other[t]);

test("tells where a dependence begins, and not of one that stays", async () => {
  const { windows, pairs } = await net.windows({ x, turned, steady }, { window: 100, step: 50, target: "x" });
  expect(windows.map(({ from }) => from)).toEqual([0, 50, 100, 150, 200, 250, 300]);
  const [changing, staying] = ["turned", "steady"].map((name) => pairs.find(({ y }) => y === name));
  expect(changing?.change?.pValue).toBeLessThan(0.05);
  expect(staying?.change?.pValue).toBeGreaterThan(0.05);
  const mi = changing?.windows.map((own) => own?.mi ?? 0) ?? [];
  expect(Math.max(...mi.slice(0, 3))).toBeLessThan(Math.min(...mi.slice(4)));
  expect(changing?.windows[6]?.n).toBe(100);
  expect(changing?.whole?.n).toBe(n);
});

test("the last window ends with the rows; windows without enough values have no number", async () => {
  const holes = x.map((value, t) => (t < 110 ? Number.NaN : value));
  const { windows, pairs } = await net.windows({ holes, steady }, { window: 100, step: 90 });
  expect(windows.at(-1)).toEqual({ from: 300, to: 400 });
  expect(pairs[0].windows[0]).toBeUndefined();
  expect(pairs[0].windows[1]?.n).toBe(80);
});

test("refuses windows of all rows, and says which options there are", async () => {
  await expect(net.windows({ x, steady }, { window: n })).rejects.toThrow(
    "window is 400 and there are 400 rows",
  );
  await expect(net.windows({ x, steady }, { window: 5 })).rejects.toThrow("pass a whole number from 30");
  // @ts-expect-error no window
  await expect(net.windows({ x, steady }, {})).rejects.toThrow("window is not given");
});

test("a dependence that stays is rarely said to change", () => {
  const windows = [0, 40, 80, 120].map((from) => ({ from, to: from + 80 }));
  let rejected = 0;
  for (let k = 0; k < 60; k++) {
    const random = draws(900 + k);
    const a = new Float64Array(200);
    const b = new Float64Array(200);
    for (let t = 1; t < 200; t++) {
      a[t] = 0.6 * a[t - 1] + random.normal();
      b[t] = 0.6 * b[t - 1] + 0.5 * a[t] + random.normal();
    }
    const columns = [a, b].map((values) => [codeColumn(values), "number"] as const);
    if (testChange(columns, windows, 2).logP <= Math.log(0.05)) rejected++;
  }
  // More by accident once in ten thousand cases of a level of 5 %.
  expect(rejected).toBeLessThanOrEqual(11);
});

test("a column that cannot be used is told in its pairs, and the others go on", async () => {
  const mixed = Array.from(x, (value, row) => (row === 3 ? "a" : value));
  const short = x.subarray(0, n - 1);
  const { pairs } = await net.windows({ x, steady, mixed, short } as never, { window: 200 });
  const [first, ...others] = pairs;
  expect([first.x, first.y, first.error]).toEqual(["x", "steady", undefined]);
  expect(others.map(({ error }) => error)).toEqual([
    expect.stringContaining("mixed has numbers and, at row 3,"),
    `x has ${n} rows and short has ${n - 1}; pass equally many, NaN for missing values.`,
    expect.stringContaining("mixed has numbers and, at row 3,"),
    `steady has ${n} rows and short has ${n - 1}; pass equally many, NaN for missing values.`,
    expect.stringContaining("mixed has numbers and, at row 3,"),
  ]);
});

test("where rows are evenly spaced, windows of time are those of as many rows", async () => {
  const days = Float64Array.from({ length: n }, (_, t) => 86_400 * t);
  for (const [window, step] of [
    [100, 100],
    [150, 75],
    [200, 200],
    [90, 60],
  ]) {
    const byRows = await net.windows({ x, steady }, { window, step });
    const byTime = await net.windows(
      { x, steady },
      { window: 86_400 * window, step: 86_400 * step, times: days },
    );
    expect(byTime.windows, `${window} and ${step}`).toEqual(byRows.windows);
    expect(byTime.windows[byTime.windows.length - 1].to).toBe(n);
  }
});

test("windows of time have as many rows as fall into them", async () => {
  // The second half is twice as dense.
  const times = Float64Array.from({ length: n }, (_, t) => (t < 200 ? t : 200 + (t - 200) / 2));
  const { windows, pairs } = await net.windows({ x, steady }, { window: 100, step: 100, times });
  expect(windows).toEqual([
    { from: 0, to: 100 },
    { from: 100, to: 200 },
    { from: 200, to: 400 },
  ]);
  expect(pairs[0].windows.map((own) => own?.n)).toEqual([100, 100, 200]);
  const dense = await net.windows(
    { x, steady },
    { window: 90, step: 100, times: times.map((at) => at - 110) },
  );
  expect(dense.windows).toEqual([
    { from: 0, to: 90 },
    { from: 100, to: 190 },
    { from: 200, to: 380 },
    { from: 220, to: 400 },
  ]);
  await expect(net.windows({ x, steady }, { window: 90, times: times.slice().reverse() })).rejects.toThrow(
    "in the order of their times",
  );
  await expect(net.windows({ x, steady }, { window: 500, times })).rejects.toThrow("make several windows");
});
