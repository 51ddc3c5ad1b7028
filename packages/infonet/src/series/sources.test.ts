/** Sources of a series, and all pairs at their best lags, by the released model. */

import { describe, expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const { normal } = draws(51);
const n = 300;
const autoregressive = (phi: number): Float64Array => {
  const values = new Float64Array(n);
  for (let t = 1; t < n; t++) values[t] = phi * values[t - 1] + normal();
  return values;
};
const [a, b, c] = [autoregressive(0.5), autoregressive(0.8), autoregressive(0.5)];
/** Follows a two rows before. */
const y = new Float64Array(n);
for (let t = 2; t < n; t++) y[t] = 0.4 * y[t - 1] + 0.8 * a[t - 2] + normal();

describe("sources", () => {
  test("names the series that tells of the target, and how many rows before", async () => {
    const { target, history, sources, failed } = await net.sources({ a, b, y, c }, "y", { maxLag: 3 });
    expect({ target, history, failed }).toEqual({ target: "y", history: 1, failed: [] });
    expect(sources.map(({ source }) => source)).toHaveLength(3);
    const [best, ...others] = sources;
    expect(best).toMatchObject({ source: "a", lag: 2, n: n - 3 });
    expect(best.familyPValue).toBeLessThan(0.01);
    expect(best.mi).toBeGreaterThan(Math.max(...others.map(({ mi }) => mi)));
    expect(best.lags.map(({ lag }) => lag)).toEqual([1, 2, 3]);
    for (const { pValue = 0, familyPValue = 0, interval } of others) {
      expect(familyPValue).toBeGreaterThanOrEqual(pValue);
      if (pValue > 0.05) expect(interval[0]).toBe(0);
    }
  });

  test("with the target's source given, nothing is left for it to tell", async () => {
    const copy = a.map((value) => value + 1e-3 * normal());
    const given = [Float64Array.from({ length: n }, (_, t) => (t > 0 ? a[t - 1] : 0))];
    const { sources } = await net.sources({ copy, y }, "y", { maxLag: 2, given });
    expect(sources[0].lags[1].pValue).toBeGreaterThan(0.01);
  });

  test("what cannot be a source is told, and the rest goes on", async () => {
    const constant = new Float64Array(n);
    const rare = a.map((value, t) => (t % 2 === 0 ? value : Number.NaN));
    const few = a.map((value, t) => (t < 5 ? value : Number.NaN));
    const found = await net.sources({ a, constant, few, rare, y }, "y", { maxLag: 2 });
    expect(found.failed.map(({ source }) => source).sort()).toEqual(["constant", "few"]);
    expect(found.sources.map(({ source }) => source)).toEqual(["a", "rare"]);
    expect(found.sources[1]).toMatchObject({ lag: 2, n: n / 2 - 1 });
    await expect(net.sources({ a, y }, "z")).rejects.toMatchObject({ code: "unknown-column" });
    await expect(net.sources({ a, y }, "y", { maxLag: 0 })).rejects.toThrow("maxLag is 0");
  });
});

describe("all pairs at their best lags", () => {
  test("are at the lag that the pair alone has, with the q-values of all", async () => {
    const { pairs } = await net.lagMatrix({ a, b, y }, { maxLag: 4, target: "a" });
    expect(pairs).toHaveLength(2);
    const [best] = pairs;
    if (best.error !== undefined) throw new Error(best.error);
    const alone = await net.lags(a, y, { maxLag: 4 });
    expect(best).toMatchObject({ x: "a", y: "y", lag: 2, n: n - 2, pValue: alone.pValue });
    expect(best.mi).toBeCloseTo(alone.best?.mi as number, 5);
    expect(best.qValue).toBeGreaterThanOrEqual(best.pValue);
  });

  test("a column that cannot be read is told pair by pair", async () => {
    const { pairs } = await net.lagMatrix({ a, y, constant: new Float64Array(n) }, { maxLag: 2 });
    expect(pairs.filter(({ error }) => error !== undefined)).toHaveLength(2);
    expect(pairs[0].error).toBeUndefined();
  });
});

describe("rows with a missing value", () => {
  test("keep their place: lags count rows of the input", async () => {
    const holed = a.map((value, t) => (t % 10 === 3 ? Number.NaN : value));
    const { best, n: complete } = await net.lags(holed, y, { maxLag: 4 });
    expect(best?.lag).toBe(2);
    expect(complete).toBe(n - n / 10);
    // Of the 298 pairs of rows, those are left whose two rows are complete.
    const rows = Array.from({ length: n - 2 }, (_, t) => t).filter((t) => t % 10 !== 3 && (t + 2) % 10 !== 3);
    expect(best?.n).toBe(rows.length);
  });
});
