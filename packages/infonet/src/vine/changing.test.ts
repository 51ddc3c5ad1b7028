/** Dependence that changes with a condition, from columns to results. */

import { describe, expect, test } from "vitest";
import { mean } from "../numerics/moments.js";
import { ofColumns, type TestMatrix } from "../testing/matrices.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

type Draws = ReturnType<typeof draws>;
interface Row {
  x: number;
  y: number;
  z: readonly number[];
}
interface Sample {
  x: Float64Array;
  y: Float64Array;
  z: TestMatrix;
}

function sample(seed: number, n: number, law: (random: Draws) => Row): Sample {
  const random = draws(seed);
  const rows = Array.from({ length: n }, () => law(random));
  const z = rows[0].z.map((_, k) => rows.map((row) => row.z[k]));
  return {
    x: Float64Array.from(rows, ({ x }) => x),
    y: Float64Array.from(rows, ({ y }) => y),
    z: ofColumns(...z),
  };
}

const SLOPE = 0.9;
const TRUTH = normalInformation(SLOPE);
const sharing = (x: number, rho: number, { normal }: Draws): number =>
  rho * x + Math.sqrt(1 - rho * rho) * normal();

/** A slope that is a function of some normal columns. */
const slope =
  (count: number, of: (...z: number[]) => number) =>
  (random: Draws): Row => {
    const [x, ...z] = Array.from({ length: 1 + count }, random.normal);
    return { x, y: sharing(x, SLOPE * of(...z), random), z };
  };
const bySign = slope(1, Math.sign);
const partial = (random: Draws): Row => {
  const [common, z] = [random.normal(), random.normal()];
  return { x: z + common, y: z + sharing(common, 0.8, random), z: [z] };
};

describe("conditional", () => {
  test.each<[string, number, number, (random: Draws) => Row]>([
    ["slope by the sign of z", 3000, TRUTH, bySign],
    ["dependence in one half of z", 1000, TRUTH / 2, slope(1, (z) => (z > 0 ? 1 : 0))],
    ["slope by the sign of ab", 2000, TRUTH, slope(2, (a, b) => Math.sign(a * b))],
    ["the same copula everywhere", 1000, normalInformation(0.8), partial],
  ])("%s, %i rows", async (_, n, truth, law) => {
    const { x, y, z } = sample(1, n, law);
    const { mi, interval, pValue } = await net.conditional(x, y, z);
    expect(Math.abs(mi / truth - 1)).toBeLessThan(0.08 + 1.5 / Math.sqrt(n));
    // Rows near an edge of strata are in the wrong one: a few hundredths are lost.
    expect(interval[0]).toBeLessThanOrEqual(truth);
    expect(interval[1]).toBeGreaterThanOrEqual(0.97 * truth);
    expect(pValue).toBeLessThan(1e-6);
  });

  test("a product: finer strata would tell more, which the interval says", async () => {
    const { x, y, z } = sample(2, 2000, ({ normal }) => {
      const [x, z] = [normal(), normal()];
      return { x, y: x * z + 0.3 * normal(), z: [z] };
    });
    const { mi, interval } = await net.conditional(x, y, z);
    // E[½ ln(1 + z²/0.09)].
    const truth = 0.905;
    expect(mi).toBeGreaterThan(0.85 * truth);
    expect(mi).toBeLessThan(1.08 * truth);
    expect(interval[1]).toBeGreaterThan(truth);
  });

  test("independent given z: nothing, from 0", async () => {
    const { x, y, z } = sample(3, 1000, ({ normal }) => {
      const z = normal();
      return { x: z + 0.5 * normal(), y: z * z + 0.5 * normal(), z: [z] };
    });
    const { mi, interval, pValue } = await net.conditional(x, y, z);
    expect(mi).toBeLessThan(0.02);
    expect(interval[0]).toBe(0);
    expect(interval[1]).toBeGreaterThan(mi);
    expect(pValue).toBeGreaterThan(0.05);
  });
});

describe("joint", () => {
  test("a slope by the sign of the other column", async () => {
    const { x, y, z } = sample(4, 1500, bySign);
    const { mi, pValue, interaction } = await net.joint(ofColumns(x, z.data), y);
    expect(Math.abs(mi / TRUTH - 1)).toBeLessThan(0.1);
    expect(pValue).toBeLessThan(1e-6);
    // By itself x tells the size of y alone, and z nothing.
    expect(interaction!.each[1]).toBeLessThan(0.01);
    expect(interaction!.mi).toBeGreaterThan(0.3);
  });

  test("the sign of a product, of which no pair of columns shows anything", async () => {
    const { x, y, z } = sample(5, 1000, ({ normal }) => {
      const [a, b] = [normal(), normal()];
      return { x: a, y: Math.sign(a * b) * Math.abs(normal()), z: [b] };
    });
    for (const column of [x, z.data]) expect((await net.estimate(column, y)).pValue).toBeGreaterThan(0.01);
    const { mi, pValue } = await net.joint(ofColumns(x, z.data), y);
    expect(pValue).toBeLessThan(1e-6);
    expect(Math.abs(mi - Math.LN2)).toBeLessThan(0.12);
  });

  test("rows in which nothing depends among those in which two pairs do: where one agrees, the other is closer", async () => {
    const random = draws(12);
    const rho = 0.8;
    const row = () => {
      const [a, b] = [random.normal(), random.normal()];
      const own = random.uniform() < 0.5 ? rho : 0;
      return [a, b, sharing(a, own, random), sharing(b, own, random)];
    };
    const logRatio = (x: number, y: number): number =>
      (rho * x * y - (rho ** 2 * (x * x + y * y)) / 2) / (1 - rho ** 2) - Math.log(1 - rho ** 2) / 2;
    // By a hundred thousand rows: to about 0.002.
    const truth = mean(
      Array.from({ length: 100_000 }, () => {
        const [a, b, c, d] = row();
        return Math.log((1 + Math.exp(logRatio(a, c) + logRatio(b, d))) / 2);
      }),
    );
    const rows = Array.from({ length: 4000 }, row);
    const columns = rows[0].map((_, k) => rows.map((own) => own[k]));
    const [x, y] = [ofColumns(...columns.slice(0, 2)), ofColumns(...columns.slice(2))];
    const { mi, interval, contributions } = await net.joint(x, y);
    // The pairs by themselves have a seventh less, which the interval of their errors alone does not hold.
    expect(mi).toBeGreaterThan(0.85 * truth);
    expect(interval[0]).toBeLessThan(truth);
    expect(interval[1]).toBeGreaterThan(truth);
    // What one copula loses is no part of a pair.
    expect(interval[1]).toBeLessThan(truth + 0.1);
    expect(contributions.slice(2).every(({ mi }) => mi < 0.01)).toBe(true);
  });

  test("stripes along a wave: neighbours see them, and the interval is open upwards", async () => {
    const { x, y, z } = sample(6, 5000, ({ uniform, normal }) => {
      const [a, b] = [12 * uniform() - 6, 12 * uniform() - 6];
      const stripe = Math.floor((Math.sin(a) + b) / 1.5) % 2 === 0 ? 1 : -1;
      return { x: a, y: stripe + 0.3 * normal(), z: [b] };
    });
    const { mi, interval, lowerBound, basis, warnings } = await net.joint(ofColumns(x, z.data), y);
    expect(mi).toBeGreaterThan(0.5);
    expect(mi).toBeLessThan(Math.LN2);
    expect(basis).toBe("neighbours");
    expect(interval[1]).toBe(Number.POSITIVE_INFINITY);
    expect(warnings.map(({ code }) => code)).toContain("open-interval");
    expect(lowerBound).toBeLessThanOrEqual(mi);
    expect(lowerBound).toBeGreaterThan(0.3);
  });

  test("independent columns: the interval has a width, begins at 0 and holds 0; the lower bound is below", async () => {
    for (const seed of [1, 2, 3, 4]) {
      const { normal } = draws(7919 * seed);
      const columns = Array.from({ length: 4 }, () => Float64Array.from({ length: 600 }, normal));
      const [x, y] = [ofColumns(...columns.slice(0, 2)), ofColumns(...columns.slice(2))];
      const { mi, interval, lowerBound, pValue } = await net.joint(x, y);
      expect(pValue).toBeGreaterThan(0.05);
      expect(mi).toBeLessThan(0.05);
      expect(interval[0]).toBe(0);
      expect(interval[1]).toBeGreaterThan(mi);
      expect(lowerBound).toBeLessThanOrEqual(mi);
    }
  });

  test("one basis only: its lower bound is no larger than its estimate", async () => {
    const { x, y, z } = sample(7, 800, partial);
    for (const basis of ["given", "nonlinear", "neighbours"] as const) {
      const { mi, lowerBound, interval, warnings } = await net.joint(ofColumns(x, z.data), y, { basis });
      expect(lowerBound).toBeLessThanOrEqual(mi);
      const open = warnings.some(({ code }) => code === "open-interval");
      expect(interval[1] === Number.POSITIVE_INFINITY).toBe(open);
    }
  });
});

test("chain rule, a slope by the sign of z: I(X, Z; Y) = I(Z; Y) + I(X; Y | Z)", async () => {
  const { x, y, z } = sample(8, 1500, bySign);
  const whole = await net.joint(ofColumns(x, z.data), y);
  const parts = [await net.joint(z, y), await net.conditional(x, y, z)];
  const sum = parts.reduce((total, { mi }) => total + mi, 0);
  // Half of the widths, of the lower half where the upper end is open.
  const widths = [whole, ...parts].map(
    ({ mi, interval: [low, high] }) => (Math.min(high, 2 * mi - low) - low) / 2,
  );
  expect(Math.abs(whole.mi - sum)).toBeLessThan(widths.reduce((total, width) => total + width, 0));
});
