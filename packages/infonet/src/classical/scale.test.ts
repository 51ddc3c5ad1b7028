/** Estimates do not depend on the unit of a column, up to the edges of the doubles. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws, normalPair } from "../testing/random.js";
import { discrete, gaussian, histogram, kde, ksg, ross, type Variable } from "./index.js";

type Estimator = (x: Variable, y: Variable) => number;

const n = 60;
const [normal, y] = normalPair(1, n, 0.7);
const third = draws(2);
const labels = y.map((v) => Math.sign(Math.round(v)));
/** Whole numbers below 2^12: they are doubles with all their digits at either end of the range. */
const x = normal.map((v) => Math.round(1000 * v));
const other = Float64Array.from({ length: n }, () => Math.round(1000 * third.normal()));

/** v · 2^power; exact for the whole numbers here and −1074 ≤ power ≤ 1011. */
const unit = (power: number) => (v: number) =>
  v * 2 ** Math.trunc(power / 2) * 2 ** (power - Math.trunc(power / 2));
const wide = (a: Float64Array, b: Float64Array): Variable => ({
  data: Float64Array.from({ length: 2 * n }, (_, k) => (k % 2 ? b : a)[k >> 1]),
  width: 2,
});

/** To the last bit. */
const EXACT: Record<string, Estimator> = {
  ksg,
  "ksg, second algorithm": (a, b) => ksg(a, b, { algorithm: 2 }),
  "ksg, noise": (a, b) => ksg(a, b, { noise: 0.01 }),
  "ksg, scores": (a, b) => ksg(a, b, { normalScores: true }),
  ross: (a) => ross(labels, a),
  "ross, noise": (a) => ross(labels, a, { noise: 0.01 }),
  "ross, as they are": (a) => ross(labels, a, { standardize: false }),
  "histogram, Freedman and Diaconis": histogram,
  "histogram, ten bins": (a, b) => histogram(a, b, { bins: 10 }),
  "histogram, equiprobable": (a, b) => histogram(a, b, { bins: "equiprobable" }),
  "histogram, adaptive": (a, b) => histogram(a, b, { bins: "adaptive" }),
  discrete: (a, b) => discrete(a as Float64Array, b as Float64Array),
  kde,
  "kde, Silverman": (a, b) => kde(a, b, { bandwidth: "silverman", leaveOneOut: true }),
  "kde, grid": (a, b) => kde(a, b, { method: "grid" }),
  gaussian,
  "gaussian, as they are": (a, b) => gaussian(a, b, { normalScores: false }),
};

describe.each(Object.entries(EXACT))("%s", (_, estimate) => {
  test("a power of two on a column changes nothing, wherever its values lie", () => {
    const expected = estimate(x, y);
    const turned = estimate(y, x);
    fc.assert(
      fc.property(fc.integer({ min: -1074, max: 1011 }), (power) => {
        const far = x.map(unit(power));
        expect(estimate(far, y)).toBe(expected);
        expect(estimate(y, far)).toBe(turned);
      }),
      { examples: [[-1074], [-1060], [-1022], [-540], [540], [1000], [1011]] },
    );
  });

  test("values at the very edge give what they give a quarter as large", () => {
    const edge = Number.MAX_VALUE / Math.max(...x.map(Math.abs));
    const far = x.map((v) => v * edge);
    expect(Math.max(...far.map(Math.abs))).toBeGreaterThan(1.797e308);
    expect(estimate(far, y)).toBe(
      estimate(
        far.map((v) => v * 2 ** -512),
        y,
      ),
    );
    const two = x.map((v) => (v > 0 ? 1.7e308 : -1.7e308));
    expect(estimate(two, y)).toBe(
      estimate(
        two.map((v) => v * 2 ** -512),
        y,
      ),
    );
  });
});

const SEVERAL: Record<string, Estimator> = {
  ksg,
  "ksg, second algorithm": (a, b) => ksg(a, b, { algorithm: 2 }),
  histogram: (a, b) => histogram(a, b, { bins: 4 }),
  kde,
  "gaussian, as they are": (a, b) => gaussian(a, b, { normalScores: false }),
};

test.each(Object.entries(SEVERAL))("%s: every column of several has a unit of its own", (_, estimate) => {
  const expected = estimate(wide(x, other), y);
  for (const [p, q] of [
    [1011, -1074],
    [-1074, 1011],
    [1011, 1011],
    [-1070, 0],
  ]) {
    expect(estimate(wide(x.map(unit(p)), other.map(unit(q))), y)).toBe(expected);
  }
});

test.each([1, 2] as const)("ksg as they are, algorithm %i: one unit for all columns", (algorithm) => {
  const options = { algorithm, standardize: false };
  const expected = ksg(x, other, options);
  const noisy = ksg(x, other, { ...options, noise: 0.01 });
  for (const power of [-1074, -1060, 600, 1000, 1011]) {
    expect(ksg(x.map(unit(power)), other.map(unit(power)), options)).toBe(expected);
    expect(ksg(x.map(unit(power)), other.map(unit(power)), { ...options, noise: 0.01 })).toBe(noisy);
  }
});

test("kde: bandwidths are in the unit of the data, at its edges too", () => {
  const options = { leaveOneOut: true };
  const expected = kde(x, other, { ...options, bandwidth: [256, 512] });
  for (const power of [-1074, -1060, 600, 1000, 1011]) {
    const bandwidth = [unit(power)(256), 512];
    expect(kde(x.map(unit(power)), other, { ...options, bandwidth })).toBe(expected);
  }
  expect(() => kde(x.map(unit(1000)), y, { bandwidth: 1 })).toThrow(
    /^bandwidth is 1, and there are values more than 1e\+150 times as large; pass a larger one, or "scott"\.$/,
  );
});

test("what is added up is never NaN, for any finite values", () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(1.7e308, -1.7e308, 5e-324, 1e-308, 0, 1),
  );
  const column = fc
    .array(value, { minLength: 12, maxLength: 12 })
    .filter((v) => new Set(v.map((w) => w + 0)).size > 1);
  const estimators = {
    ...EXACT,
    "ksg, as they are": (a: Variable, b: Variable) => ksg(a, b, { standardize: false }),
  };
  const codes = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3];
  fc.assert(
    fc.property(column, column, (a, b) => {
      for (const [name, estimate] of Object.entries(estimators)) {
        // A column that follows from the other has infinite information; outliers may be too far for a grid.
        if (name === "kde, grid") continue;
        const mi = name.startsWith("ross") ? ross(codes, a) : estimate(a, b);
        expect(mi, name).not.toBeNaN();
        if (!name.startsWith("gaussian")) expect(Number.isFinite(mi), name).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
