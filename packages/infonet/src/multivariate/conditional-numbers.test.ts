import { describe, expect, test } from "vitest";
import { matrix, type TestMatrix } from "../testing/matrices.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

/** X and Y are sums of Z and noises of correlation 0.6. */
function gaussian(seed: number, n: number, width: number, correlation = 0.6) {
  const { normal } = draws(seed);
  const z = matrix(n, width, (row) => {
    for (let k = 0; k < width; k++) row[k] = normal();
  });
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = z.data.subarray(i * width, (i + 1) * width);
    const common = normal();
    x[i] = row.reduce((sum, v) => sum + v, 0) + common;
    y[i] = row[0] - 0.5 * row[width - 1] + correlation * common + Math.sqrt(1 - correlation ** 2) * normal();
  }
  return { x, y, z };
}

test.each([1, 5])("normal variables, %i of them given", async (width) => {
  const { x, y, z } = gaussian(width, 3000, width);
  const { mi, interval, pValue, order } = await net.conditional(x, y, z);
  // Three standard errors of the mean log ratio, 0.6/√3000, and 0.015 for what the coordinates cost.
  expect(Math.abs(mi - normalInformation(0.6))).toBeLessThan(0.047);
  expect(interval[0]).toBeGreaterThan(0.1);
  // Beyond the last of 199 permutations.
  if (pValue !== undefined) expect(pValue).toBeLessThan(1e-20);
  expect(order).toHaveLength(width);
});

describe("what conditioning takes away and brings about", () => {
  test("a common cause: dependent, but not given the cause", async () => {
    const { normal } = draws(11);
    const z = Float64Array.from({ length: 1200 }, normal);
    const [x, y] = [z.map((v) => v + 0.5 * normal()), z.map((v) => Math.tanh(v) + 0.3 * normal())];
    expect((await net.estimate(x, y)).mi).toBeGreaterThan(0.3);
    const { mi, pValue } = await net.conditional(x, y, z);
    expect(mi).toBeLessThan(0.02);
    if (pValue !== undefined) expect(pValue).toBeGreaterThan(0.01);
  });

  test("two causes of one effect: independent, but not given the effect", async () => {
    const { normal } = draws(12);
    const [x, y] = [0, 1].map(() => Float64Array.from({ length: 1500 }, normal));
    const z = x.map((v, i) => v + y[i] + 0.5 * normal());
    expect((await net.estimate(x, y)).mi).toBeLessThan(0.01);
    const { mi, pValue } = await net.conditional(x, y, z);
    // Partial correlation −1/1.25.
    expect(Math.abs(mi - normalInformation(0.8))).toBeLessThan(0.1);
    if (pValue !== undefined) expect(pValue).toBeLessThan(1e-20);
  });

  test("nothing to condition on: a constant", async () => {
    const { x, y } = gaussian(13, 400, 1);
    const plain = await net.estimate(x, y);
    const { mi, pValue, warnings } = await net.conditional(x, y, new Float64Array(400));
    expect(mi).toBeCloseTo(plain.mi, 5);
    expect(pValue).toBeCloseTo(plain.pValue ?? Number.NaN, 5);
    expect(warnings.map(({ code }) => code)).toEqual(["dropped-columns"]);
  });

  test("chain rule: I(X; (Y, Z)) = I(X; Z) + I(X; Y | Z)", async () => {
    const { x, y, z } = gaussian(14, 2000, 1);
    const both = matrix(2000, 2, (row, i) => {
      row[0] = y[i];
      row[1] = z.data[i];
    });
    const joint = await net.joint(x, both);
    const first = await net.joint(x, z);
    const { mi } = await net.conditional(x, y, z);
    expect(Math.abs(joint.mi - first.mi - mi)).toBeLessThan(0.05);
  });
});

test("a steep common cause, little noise: what the estimate leaves of it is not taken for dependence", async () => {
  let rejected = 0;
  const trials = 20;
  for (let trial = 0; trial < trials; trial++) {
    const { normal } = draws(300 + trial);
    const z = Float64Array.from({ length: 500 }, normal);
    const [x, y] = [z.map((v) => v * v + 0.1 * normal()), z.map((v) => Math.abs(v) + 0.1 * normal())];
    const { pValue = 1 } = await net.conditional(x, y, z, { permutations: 39, seed: trial });
    if (pValue <= 0.1) rejected++;
  }
  // At a level of 10 %, six or more of 20 come once in 90 times; with blocks of 16 rows one in seven is rejected at 5 %.
  expect(rejected).toBeLessThan(6);
});

test("without permutations the p-value is tabulated, and may be smaller", async () => {
  const { x, y, z } = gaussian(17, 600, 2);
  const { pValue } = await net.conditional(x, y, z, { permutations: 0 });
  if (pValue !== undefined) expect(pValue).toBeLessThan(1e-4);
});

describe("odd data", () => {
  const n = 160;
  const { x, y, z } = gaussian(21, n, 2);
  const call = async (a: Float64Array, b: Float64Array, c: TestMatrix | Float64Array) => {
    const result = await net.conditional(a, b, c, { permutations: 19 });
    for (const value of [result.mi, ...result.interval]) expect(Number.isFinite(value)).toBe(true);
    if (result.pValue !== undefined) {
      // A count among 20 orders of the rows, or beyond the last of them.
      const counts = Array.from({ length: 20 }, (_, k) => Math.log((k + 1) / 20));
      const log = Math.log(result.pValue);
      expect(log < counts[0] || counts.some((count) => Math.abs(count - log) < 1e-9)).toBe(true);
    }
    return result;
  };

  test("Z holds X itself, in any unit: nothing is left to share", async () => {
    for (const same of [x, x.map((value) => -value), x.map((value) => Math.exp(value))]) {
      const given = matrix(n, 2, (row, i) => row.set([same[i], z.data[2 * i]]));
      for (const [one, other] of [
        [x, y],
        [y, x],
        [x, x],
      ]) {
        const { mi, interval, pValue, warnings } = await call(one, other, given);
        expect({ mi, interval, pValue }).toEqual({ mi: 0, interval: [0, 0], pValue: 1 });
        expect(warnings.at(-1)?.message).toMatch(/^a column of Z is in the same order as [XY], /);
      }
    }
  });

  test("X = Y: much is left, whatever is given", async () => {
    const { mi } = await call(x, x, z);
    expect(mi).toBeGreaterThan(1);
  });

  test("columns of Z twice, in another unit, and a constant one: left out, with a word", async () => {
    const padded = matrix(n, 4, (row, i) => {
      const [a, b] = z.data.subarray(2 * i, 2 * i + 2);
      row.set([a, b, 3 - 2 * a, 7]);
    });
    const [plain, odd] = [await call(x, y, z), await call(x, y, padded)];
    expect(odd.mi).toBe(plain.mi);
    expect(odd.warnings.filter(({ code }) => code === "dropped-columns")).toHaveLength(2);
  });

  test("more columns of Z than rows", async () => {
    const { normal } = draws(22);
    const wide = matrix(24, 30, (row) => row.set(row.map(() => normal())));
    const { order, warnings } = await call(x.slice(0, 24), y.slice(0, 24), wide);
    expect(order.length).toBe(30);
    expect(warnings.map(({ code }) => code)).toEqual(["few-samples"]);
  });

  test("categories: a code that determines both", async () => {
    const { uniform } = draws(23);
    const kind = Float64Array.from({ length: n }, () => Math.floor(3 * uniform()));
    const label = kind.map((v) => (v === 1 ? 1 : 0));
    const { mi, pValue } = await call(kind, label, kind);
    expect(mi).toBe(0);
    expect(pValue).toBe(1);
  });

  test("rows with a missing value are left out", async () => {
    const holes = z.data.slice();
    for (let row = 0; row < 40; row++) holes[2 * row + 1] = Number.NaN;
    const result = await call(x, y, { data: holes, width: 2 });
    const cut = await call(x.slice(40), y.slice(40), { data: z.data.slice(80), width: 2 });
    expect(result.n).toBe(n - 40);
    expect(result.mi).toBe(cut.mi);
    expect(result.warnings.map(({ code }) => code)).toContain("missing");
  });

  test.each([
    ["X is constant", new Float64Array(n), y, "constant"],
    ["Y has 3 rows", x, y.slice(0, 3), "unequal-lengths"],
    ["X[0] is Infinity", x.with(0, Number.POSITIVE_INFINITY), y, "not-finite"],
  ])("refused: %s", async (_, a, b, code) => {
    await expect(net.conditional(a, b, z)).rejects.toMatchObject({ name: "InfoNetError", code });
  });
});

test("exchanging X and Y changes little, monotone maps nothing; the same seed gives the same p-value", async () => {
  const { x, y, z } = gaussian(15, 300, 1, 0.1);
  const a = await net.conditional(x, y, z, { seed: 4 });
  expect(await net.conditional(x, y, z, { seed: 4 })).toEqual(a);
  const monotone = await net.conditional(
    x.map((v) => v ** 3),
    y.map((v) => Math.exp(v)),
    z.data.map((v) => 5 - v),
    { seed: 4 },
  );
  expect(monotone.mi).toBeCloseTo(a.mi, 3);
  expect((await net.conditional(y, x, z, { seed: 4 })).mi).toBeCloseTo(a.mi, 2);
});

test("options are checked, an abort ends the call", async () => {
  const { x, y, z } = gaussian(16, 100, 2);
  await expect(net.conditional(x, y, z, { permutations: 1.5 })).rejects.toThrow("permutations is 1.5");
  const call = net.conditional(x, y, z, { signal: AbortSignal.abort() });
  await expect(call).rejects.toMatchObject({ name: "AbortError", partial: undefined });
});
