/** Series at several lags, and transfer entropy, by the released model. */

import { describe, expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const { normal } = draws(31);
const autoregressive = (phi: number, n: number): Float64Array => {
  const values = new Float64Array(n);
  for (let t = 1; t < n; t++) values[t] = phi * values[t - 1] + normal();
  return values;
};
const n = 400;
const long = autoregressive(0.6, n + 20);
const x = long.slice(10, n + 10);
/** ½ x² of three rows before. */
const y = Float64Array.from({ length: n }, (_, t) => 0.5 * long[t + 10 - 3] ** 2 + normal());

describe("lags", () => {
  test("finds by how many rows one series leads the other, and exchanging them turns the lag round", async () => {
    const forward = await net.lags(x, y, { maxLag: 5 });
    expect(forward.lags.map(({ lag }) => lag)).toEqual([-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5]);
    expect(forward.best?.lag).toBe(3);
    expect(forward.pValue).toBeLessThan(0.01);
    const back = await net.lags(y, x, { maxLag: 5 });
    expect(back.best?.lag).toBe(-3);
    expect(back.best?.mi).toBeCloseTo(forward.best?.mi as number, 5);
    for (const { lag, n: rows, pValue, familyPValue } of forward.lags) {
      expect(rows).toBe(n - Math.abs(lag));
      expect(familyPValue).toBeGreaterThanOrEqual(pValue);
    }
  });

  test("at lag 0 the information is that of the pair", async () => {
    const { lags } = await net.lags(x, y, { from: 0, to: 0 });
    const { mi } = await net.estimate(x, y);
    expect(lags[0].mi).toBeCloseTo(mi, 5);
  });

  test("no lag stands out of independent series", async () => {
    const result = await net.lags(autoregressive(0.9, 300), autoregressive(0.9, 300), { maxLag: 4 });
    expect(result.pValue).toBeGreaterThan(0.05);
    expect(result.best).toBeUndefined();
    expect(result.effectiveSize).toBeLessThan(150);
  });

  test("levels lead numbers, and levels lead levels", async () => {
    const names = Array.from(long, (value) => (value > 0 ? "high" : "low"));
    const level = names.slice(10, n + 10);
    const follows = Float64Array.from({ length: n }, (_, t) => (names[t + 8] === "high" ? 1 : -1) + normal());
    expect((await net.lags(level, follows, { maxLag: 3 })).best?.lag).toBe(2);
    const later = names.slice(9, n + 9);
    expect((await net.lags(level, later, { maxLag: 2 })).best?.lag).toBe(1);
  });

  test("series of several clusters never meet", async () => {
    const cluster = Array.from({ length: n }, (_, t) => (t < n / 2 ? "a" : "b"));
    const { lags } = await net.lags(x, y, { maxLag: 2, cluster });
    expect(lags.map((lag) => lag.n)).toEqual([n - 4, n - 2, n, n - 2, n - 4]);
  });

  test("lags that no rows are apart are left out, with a word; so is one without an estimate", async () => {
    // A row a week, at steps of a day.
    const weekly = (values: Float64Array) =>
      Float64Array.from({ length: 700 }, (_, day) => (day % 7 === 0 ? values[day / 7] : Number.NaN));
    const { lags, warnings } = await net.lags(weekly(x), weekly(y), { maxLag: 8 });
    expect(lags.map(({ lag }) => lag)).toEqual([-7, 0, 7]);
    expect(warnings.map(({ message }) => message)).toContain(
      "14 of 17 lags are left out, the first -8: fewer than 8 pairs of rows are so far apart in time.",
    );
    // One value until the last row, which is beside no row of x once it comes first.
    const late = Float64Array.from({ length: 60 }, (_, t) => (t === 59 ? 1 : 0));
    const some = await net.lags({ values: late, name: "late" }, x.subarray(0, 60), { maxLag: 2 });
    expect(some.lags.map(({ lag }) => lag)).toEqual([-2, -1, 0]);
    expect(some.warnings[0].message).toMatch(
      /^2 lags are left out, the first 1: late is constant in the 59 rows used; /,
    );
  });

  test("messages name columns that have a name", async () => {
    const wave = (k: number) =>
      Float64Array.from({ length: 240 }, (_, t) => 3 * Math.sin((t + k) / 1.9098593));
    const season = (k: number) => wave(k).map((value) => value + 0.3 * normal());
    const named = { values: season(0), name: "temperature" };
    const { warnings } = await net.lags(named, { values: season(3), name: "wind" }, { maxLag: 1 });
    const shared = warnings.find(({ code }) => code === "shared-season");
    expect(shared?.message).toMatch(/^temperature and wind both repeat every 12 rows/);
    await expect(net.estimate(named, { values: [1, 2], name: "wind" })).rejects.toThrow(
      "temperature has 240 rows and wind has 2",
    );
    await expect(net.estimate({ values: [1, 2], name: 3 as unknown as string }, [1, 2])).rejects.toThrow(
      "x.name is 3; pass a text.",
    );
  });

  test("no p-value is below what the tail of some hundred surrogates can tell", async () => {
    const later = Float64Array.from({ length: n }, (_, t) => long[t + 8]);
    const { lags, pValue } = await net.lags(x, later, { maxLag: 3 });
    expect(lags.find(({ lag }) => lag === 2)?.pValue).toBeCloseTo(1e-12, 20);
    expect(pValue).toBeCloseTo(1e-12, 20);
  });

  test("refuses lags that leave too few rows", async () => {
    await expect(net.lags(x, y, { maxLag: 101 })).rejects.toThrow(
      "the lags go to 101, and the longest series has 400 rows; pass lags up to a quarter of them, 100.",
    );
    await expect(net.lags(x, y, { from: 3, to: 1 })).rejects.toThrow(
      "from is 3; pass a lag up to that of to, 1.",
    );
  });
});

describe("transfer", () => {
  test("follows the closed form of a linear Gaussian system, in its direction alone", async () => {
    const rows = 1000;
    const [a, b, c] = [0.5, 0.5, 0.6];
    const source = new Float64Array(rows);
    const target = new Float64Array(rows);
    for (let t = 1; t < rows; t++) {
      source[t] = a * source[t - 1] + normal();
      target[t] = b * target[t - 1] + c * source[t - 1] + normal();
    }
    // Of the stationary covariance: ½ ln(1 + c² Var(x | own past of y)).
    const [vx, cov] = [1 / (1 - a * a), (a * c) / (1 - a * a) / (1 - a * b)];
    const vy = (c * c * vx + 2 * b * c * cov + 1) / (1 - b * b);
    const truth = 0.5 * Math.log1p(c * c * (vx - (cov * cov) / vy));
    const { xToY, yToX, net: flow, lag } = await net.transfer(source, target, { history: 1 });
    expect(lag).toBe(1);
    // Three standard errors of the plug-in: about √(2 · truth / n).
    expect(Math.abs(xToY.mi - truth)).toBeLessThan(3 * Math.sqrt((2 * truth) / rows));
    expect(xToY.pValue).toBeLessThan(0.01);
    expect(yToX.mi).toBeLessThan(0.02);
    expect(xToY).toMatchObject({ history: 1, n: rows - 1 });
    expect(flow.mi).toBe(xToY.mi - yToX.mi);
    expect(flow.interval[0]).toBeGreaterThan(0);
  });

  test("refuses a history that leaves too few rows, by its name", async () => {
    await expect(net.transfer(x, y, { history: 395 })).rejects.toThrow(
      "lag 1 and history 395 leave 5 of 400 rows; at least 8 are needed. Pass smaller ones.",
    );
  });

  test("refuses what is no column", async () => {
    await expect(net.transfer(x, y, { lag: 0 })).rejects.toThrow("lag is 0; pass a whole number from 1.");
    // @ts-expect-error no list of columns
    await expect(net.transfer(x, y, { given: x })).rejects.toThrow("pass a list of columns");
    await expect(net.transfer(x, y.slice(1))).rejects.toThrow();
  });
});
