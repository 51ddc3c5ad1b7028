/** Several columns in time, by the released model. */

import { describe, expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const { normal } = draws(61);
const n = 240;
const autoregressive = (): Float64Array => {
  const values = new Float64Array(n);
  for (let t = 1; t < n; t++) values[t] = 0.9 * values[t - 1] + normal();
  return values;
};
const [a, b, c, z] = [autoregressive(), autoregressive(), autoregressive(), autoregressive()];
const x = a.map((value, t) => value + z[t]);
const y = b.map((value, t) => value + z[t]);
const series = { rows: "series" } as const;

describe("columns in time", () => {
  test("joint: p-value and interval allow for rows that depend on those before", async () => {
    const plain = await net.joint([a, b], c);
    const timed = await net.joint([a, b], c, series);
    expect(timed.mi).toBe(plain.mi);
    expect(timed.pValue).toBeGreaterThan(plain.pValue as number);
    expect(timed.interval[1]).toBeGreaterThanOrEqual(plain.interval[1]);
    expect((await net.joint([a, x], y, series)).pValue).toBeLessThan(0.05);
  });

  test("conditional: what both follow is taken off, and what is left is tested as series", async () => {
    const given = await net.conditional(x, y, z, series);
    expect(given.pValue).toBeGreaterThan(0.01);
    expect(given.warnings).toContainEqual({
      code: "few-samples",
      message: expect.stringMatching(/worth about \d\d independent ones, by which X and Y are freed of Z/),
    });
    const linked = y.map((value, t) => value + a[t]);
    expect((await net.conditional(x, linked, z, series)).pValue).toBeLessThan(0.01);
    const levels = linked.map((value) => Math.sign(value));
    const withLevels = await net.conditional(x, levels, z, series);
    expect(withLevels.pValue).toBeLessThan(0.05);
  });

  test("clusters are series of their own, and mean nothing for other rows", async () => {
    const cluster = Float64Array.from({ length: n }, (_, t) => t % 2);
    expect((await net.joint([a, b], c, { ...series, cluster })).n).toBe(n);
    expect((await net.conditional(x, y, z, { ...series, cluster })).pValue).toBeGreaterThan(0.001);
    await expect(net.joint(a, c, { cluster })).rejects.toThrow('rows is not "series"');
    await expect(net.conditional(x, y, z, { ...series, cluster: cluster.slice(1) })).rejects.toMatchObject({
      code: "unequal-lengths",
    });
  });

  test("columns that repeat in the same number of rows are told so", async () => {
    const season = (phase: number): Float64Array =>
      Float64Array.from({ length: n }, (_, t) => 2 * Math.sin((2 * Math.PI * t) / 12 + phase) + normal());
    const { warnings } = await net.estimate(season(0), season(1), series);
    expect(warnings).toContainEqual({
      code: "shared-season",
      message: expect.stringContaining("--deseason 12"),
    });
    expect((await net.estimate(a, b, series)).warnings.map(({ code }) => code)).not.toContain(
      "shared-season",
    );
  });
});
