/** Several columns as a loss: closed forms of the normal law, and codes that do not collapse. */

import { describe, expect, test } from "vitest";
import { correlation } from "../numerics/moments.js";
import { draws, normalInformation, normalPair } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const rows = (...columns: readonly Float64Array[]) => {
  const width = columns.length;
  const data = new Float64Array(width * columns[0].length);
  for (const [c, column] of columns.entries()) for (const [k, v] of column.entries()) data[k * width + c] = v;
  return { data, width };
};
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, k) => sum + value * b[k], 0);
const columns = (n: number, count: number, seed: number): Float64Array[] => {
  const { normal } = draws(seed);
  return Array.from({ length: count }, () => Float64Array.from({ length: n }, normal));
};

test("of single columns it is the gradient of the pair, along whatever is smooth", async () => {
  // Row by row the two scatter in ways of their own: one goes back by soft ranks, the other by slopes over many rows.
  const sums = new Map<string, number[]>();
  for (let seed = 0; seed < 6; seed++) {
    const [x, y] = normalPair(seed, 2000, 0.7);
    const bent = y.map((value, k) => value + x[k] ** 2);
    const single = await net.gradient(x, bent);
    const joint = await net.jointGradient(x, bent);
    expect(joint.mi).toBeCloseTo(single.mi, 2);
    for (const [name, direction] of [
      ["dx", bent.map(Math.tanh)],
      ["dy", x.map(Math.sin)],
    ] as const) {
      const sum = sums.get(name) ?? [0, 0];
      for (const [k, of] of [single, joint].entries()) sum[k] += dot(of[name], direction);
      sums.set(name, sum);
    }
  }
  for (const [single, joint] of sums.values()) expect(Math.abs(joint / single - 1)).toBeLessThan(0.06);
});

describe("normal columns, two against two", () => {
  // x1 with y1 at ρ, x2 with y2 at σ; y1 and y2 have a part in common with each other through x.
  const n = 1500;
  const [a, b, c, d] = columns(n, 4, 5);
  const made = (rho: number, sigma: number) => {
    const y1 = a.map((v, k) => rho * v + Math.sqrt(1 - rho * rho) * c[k]);
    const y2 = b.map((v, k) => sigma * v + Math.sqrt(1 - sigma * sigma) * d[k]);
    // Any invertible mixing tells the same.
    return [
      rows(
        a.map((v, k) => v + b[k]),
        b,
      ),
      rows(
        y1,
        y2.map((v, k) => v - 0.5 * y1[k]),
      ),
    ] as const;
  };

  test("value and derivative are those of calculus", async () => {
    const [rho, sigma] = [0.8, 0.5];
    const { mi, dy } = await net.jointGradient(...made(rho, sigma));
    expect(Math.abs(mi - normalInformation(rho) - normalInformation(sigma))).toBeLessThan(0.06);
    const h = 1e-5;
    const [up, down] = [made(rho + h, sigma)[1], made(rho - h, sigma)[1]];
    const slope = up.data.map((value, k) => (value - down.data[k]) / (2 * h));
    expect(Math.abs(dot(dy, slope) / (rho / (1 - rho * rho)) - 1)).toBeLessThan(0.15);
  });

  test("with no pairs for the critic it is what normal scores share", async () => {
    const [x, y] = made(0.8, 0.5);
    const { mi, dx, dy } = await net.jointGradient(x, y, { pairs: 0 });
    expect(Math.abs(mi - normalInformation(0.8) - normalInformation(0.5))).toBeLessThan(0.06);
    // Among normal columns the critic has nothing to add but its noise.
    const whole = await net.jointGradient(x, y);
    for (const [slopes, others] of [
      [dx, whole.dx],
      [dy, whole.dy],
    ]) {
      expect(dot(slopes, others) / Math.hypot(...slopes) / Math.hypot(...others)).toBeGreaterThan(0.9);
    }
    // What is no more than bent, normal scores do not see.
    const bent = a.map((v, k) => v * v + c[k]);
    const [blind, seeing] = [
      await net.jointGradient(a, bent, { pairs: 0 }),
      await net.jointGradient(a, bent),
    ];
    expect(blind.mi).toBeLessThan(0.01);
    expect(seeing.mi).toBeGreaterThan(0.3);
  });

  test("in bits, missing rows, units of a column", async () => {
    const [x, y] = made(0.6, 0.2);
    const whole = await net.jointGradient(x, y);
    const bits = await net.jointGradient(x, y, { units: "bits" });
    expect(bits.mi).toBeCloseTo(whole.mi / Math.LN2, 9);
    const holes = { data: Float64Array.from([...x.data, Number.NaN, 1]), width: 2 };
    const more = { data: Float64Array.from([...y.data, 1, 2]), width: 2 };
    const left = await net.jointGradient(holes, more);
    expect(left.n).toBe(n);
    expect(left.mi).toBe(whole.mi);
    expect([...left.dx.subarray(2 * n)]).toEqual([0, 0]);
    const scaled = await net.jointGradient(
      { ...x, data: x.data.map((v, k) => (k % 2 ? 1000 * v + 3 : v)) },
      y,
    );
    expect(scaled.mi).toBeCloseTo(whole.mi, 5);
    expect(scaled.dx[1] * 1000).toBeCloseTo(whole.dx[1], 6);
  });
});

test("noisy codes that are trained share out what there is to tell: they do not become copies of each other", async () => {
  const n = 500;
  const [s1, s2, e1, e2, d1, d2] = columns(n, 6, 9);
  // y knows s1 well and s2 nearly as well. Both codes, unit combinations of (s1, s2) with noise, start near s1.
  const y = rows(
    s1.map((v, k) => v + 0.3 * e1[k]),
    s2.map((v, k) => v + 0.4 * e2[k]),
  );
  const angles = [0.1, -0.1];
  const code = (which: number) =>
    s1.map(
      (v, k) => Math.cos(angles[which]) * v + Math.sin(angles[which]) * s2[k] + 0.4 * [d1, d2][which][k],
    );
  const before = (await net.jointGradient(rows(code(0), code(1)), y)).mi;
  for (let step = 0; step < 12; step++) {
    const { dx } = await net.jointGradient(rows(code(0), code(1)), y);
    for (const which of [0, 1]) {
      const turn = s1.map((v, k) => Math.cos(angles[which]) * s2[k] - Math.sin(angles[which]) * v);
      const slope = turn.reduce((sum, v, k) => sum + v * dx[2 * k + which], 0);
      angles[which] += Math.max(-0.15, Math.min(0.15, 0.5 * slope));
    }
  }
  expect(Math.abs(correlation(code(0), code(1)))).toBeLessThan(0.4);
  expect(Math.abs(angles[0] - angles[1])).toBeGreaterThan(1);
  expect((await net.jointGradient(rows(code(0), code(1)), y)).mi).toBeGreaterThan(before + 0.3);
});

describe("conditional information", () => {
  const n = 900;
  const [z, a, b, e] = columns(n, 4, 12);
  const x = z.map((v, k) => v + a[k]);

  test("of numbers given a number: the derivative of the partial correlation", async () => {
    const rho = 0.6;
    const made = (r: number) => x.map((_, k) => 0.7 * z[k] + r * a[k] + Math.sqrt(1 - r * r) * b[k]);
    const { mi, dy } = await net.conditionalGradient(x, made(rho), z);
    expect(Math.abs(mi - normalInformation(rho))).toBeLessThan(0.06);
    const slope = a.map((v, k) => v - (rho / Math.sqrt(1 - rho * rho)) * b[k]);
    expect(Math.abs(dot(dy, slope) / (rho / (1 - rho * rho)) - 1)).toBeLessThan(0.15);
  });

  test("what all comes through z is nothing: the gradient is small beside that of the pair", async () => {
    const y = z.map((v, k) => v + b[k]);
    const pair = await net.gradient(x, y);
    const given = await net.conditionalGradient(x, y, z);
    expect(pair.mi).toBeGreaterThan(0.1);
    expect(given.mi).toBeLessThan(0.02);
    expect(Math.hypot(...given.dx)).toBeLessThan(0.4 * Math.hypot(...pair.dx));
  });

  test("given levels it is the mean over the levels; a group has no derivatives, and that is told", async () => {
    const label = Array.from(e, (v) => (v > 0.3 ? "yes" : "no"));
    const group = Array.from(a, (v, k) => (v + b[k] > 0 ? "one" : "two"));
    const { mi, dx, dy, warnings } = await net.conditionalGradient(x, group, label);
    let sum = 0;
    for (const level of ["yes", "no"]) {
      const own = [...label.keys()].filter((k) => label[k] === level);
      const part = await net.gradient(
        own.map((k) => x[k]),
        own.map((k) => group[k]),
      );
      sum += (own.length / n) * part.mi;
      for (const [k, row] of own.entries()) expect(dx[row]).toBeCloseTo((own.length / n) * part.dx[k], 12);
    }
    expect(mi).toBeCloseTo(sum, 9);
    expect(dy.every((value) => value === 0)).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(["no-derivative"]);
    const mixed = await net.conditionalGradient(x, group, [label, z]);
    expect(mixed.mi).toBeGreaterThan(0);
    expect(mixed.dy.every((value) => value === 0)).toBe(true);
    expect(mixed.dx.some((value) => value !== 0)).toBe(true);
  });

  test("what cannot be differentiated is refused", async () => {
    const text = Array.from(x, (v) => (v > 0 ? "a" : "b"));
    await expect(net.conditionalGradient(text, text, z)).rejects.toThrow(/x and y are categories/);
    await expect(net.gradient(text, text)).rejects.toThrow(/x and y are categories/);
    await expect(net.gradient(x, text, { through: "estimate" })).rejects.toThrow(
      /y is a category and through/,
    );
    await expect(net.conditionalGradient(x, z.slice(1), z)).rejects.toMatchObject({
      code: "unequal-lengths",
    });
    await expect(
      net.jointGradient(
        x,
        z.map(() => 1),
      ),
    ).rejects.toMatchObject({ code: "constant" });
    await expect(net.jointGradient(x, z, { slices: 3 } as never)).rejects.toThrow(/slices/);
  });
});

describe("categories, jitter and the lower bound of a pair", () => {
  const [x, y] = normalPair(31, 400, 0.8);
  const group = Array.from(y, (v) => (v < -0.5 ? "low" : v < 0.7 ? "middle" : "high"));

  test("the value is that of estimate, whatever the names of levels and whichever side they are on", async () => {
    const { mi } = await net.estimate(x, group);
    const first = await net.gradient(x, group);
    const other = await net.gradient(
      group.map((name) => `${name.length}${name}`),
      x,
    );
    expect(first.mi).toBeCloseTo(mi, 6);
    expect(other.mi).toBeCloseTo(mi, 6);
    expect(other.dy).toEqual(first.dx);
    expect(other.dx.every((value) => value === 0)).toBe(true);
    // Uphill rows go away from the middle of all, towards their own group.
    const middles = (values: Float64Array) =>
      ["low", "high"].map((name) => {
        const own = [...values].filter((_, k) => group[k] === name);
        return own.reduce((sum, v) => sum + v, 0) / own.length;
      });
    const [low, high] = middles(first.dx);
    expect(low).toBeLessThan(high);
  });

  test("jitter draws noise by the seed, and nothing else changes by it", async () => {
    const options = { jitter: 0.3, seed: 1 };
    const [one, again] = [await net.gradient(x, y, options), await net.gradient(x, y, options)];
    expect(again).toEqual(one);
    const other = await net.gradient(x, y, { ...options, seed: 2 });
    expect(other.mi).not.toBe(one.mi);
    // Noise of 0.3 deviations on both sides: ρ / 1.09.
    expect(Math.abs(one.mi - normalInformation(0.8 / 1.09))).toBeLessThan(0.12);
    const scaled = await net.gradient(
      x.map((v) => 8 * v),
      y,
      options,
    );
    expect(scaled.mi).toBeCloseTo(one.mi, 6);
    await expect(net.gradient(x, y, { jitter: -1 })).rejects.toThrow(/jitter is -1/);
    // Noise is in units of the column's own deviation, wherever that is; what no double holds is refused.
    const far = await net.gradient(
      x.map((value) => value * 2 ** 1015),
      y,
      { jitter: 0.1 },
    );
    expect(far.mi).toBe((await net.gradient(x, y, { jitter: 0.1 })).mi);
    await expect(net.gradient(x, y, { jitter: 1e308 })).rejects.toThrow(
      "jitter is 1e+308, which takes values of x beyond the range of numbers; pass less of it.",
    );
  });

  test("rows that please the estimate alone have a warning", async () => {
    const honest = await net.gradient(x, y);
    expect(honest.warnings).toEqual([]);
    expect(Math.abs((honest.lowerBound as number) - honest.mi)).toBeLessThan(0.1);
    expect((await net.gradient(x, y, { through: "estimate" })).lowerBound).toBeUndefined();
    // Free values that follow the estimate's own gradient.
    const n = 200;
    const { normal } = draws(3);
    const p = Float64Array.from({ length: n }, normal);
    let q = p.map(() => normal());
    for (let step = 0; step < 30; step++) {
      const { dy } = await net.gradient(p, q, { through: "estimate", seed: step });
      q = q.map((v, k) => v + 0.03 * Math.max(-2, Math.min(2, n * dy[k])));
    }
    const { mi, lowerBound, warnings } = await net.gradient(p, q);
    expect(mi).toBeGreaterThan((lowerBound as number) + 0.1);
    expect(warnings.map(({ code }) => code)).toContain("loose-bound");
  });
});

test("copies of a column: derivatives as large as those of one of them, to each its part", async () => {
  const [x, y] = normalPair(4, 400, 0.7);
  const [other] = columns(400, 1, 5);
  const largest = (values: ArrayLike<number>): number => Math.max(...Array.from(values, Math.abs));
  const alone = await net.jointGradient(x, rows(y, other));
  for (const copy of [x, x.map((value) => -value), x.map((value, k) => value + 1e-9 * other[k])]) {
    const { mi, dx, dy } = await net.jointGradient(rows(x, copy), rows(y, other));
    expect(mi).toBeCloseTo(alone.mi, 2);
    expect(largest(dx)).toBeLessThan(2 * largest(alone.dx));
    expect(largest(dy)).toBeLessThan(2 * largest(alone.dy));
  }
});

test("levels of z that few rows have are told, whether x and y vary in them or not", async () => {
  const [x, y] = normalPair(6, 60, 0.7);
  const { mi, warnings } = await net.conditionalGradient(
    x,
    y,
    Array.from(x, (_, k) => `row ${k}`),
  );
  expect(mi).toBe(0);
  expect(warnings.map(({ message }) => message)).toContain(
    "60 of 60 rows have levels of z that fewer than 8 rows have; they count as sharing nothing, and their derivatives are 0.",
  );
});
