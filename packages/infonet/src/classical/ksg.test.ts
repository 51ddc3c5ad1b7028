import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digamma } from "../numerics/digamma.js";
import { draws, normalInformation, normalPair, permutation } from "../testing/random.js";
import { goldenSample, matrix } from "./golden/samples.js";
import { GOLDEN } from "./golden/values.js";
import { type KsgOptions, ksg } from "./ksg.js";

const mean = (seeds: number, one: (seed: number) => number): number =>
  Array.from({ length: seeds }, (_, i) => one(i + 1)).reduce((sum, value) => sum + value, 0) / seeds;

describe("closed forms", () => {
  const cases = [0, 0.3, -0.6, 0.9, 0.99].flatMap((r) => [
    { r, algorithm: 1 as const },
    { r, algorithm: 2 as const },
  ]);
  test.each(cases)("bivariate normal, correlation $r, algorithm $algorithm", ({ r, algorithm }) => {
    const mi = mean(8, (seed) => ksg(...normalPair(seed, 2000, r), { algorithm }));
    // One estimate has a deviation of 0.02 to 0.03; three standard errors of the mean of eight.
    expect(Math.abs(mi - normalInformation(r))).toBeLessThan(0.03);
  });

  test.each([1, 2] as const)("two pairs of correlated columns add up, algorithm %i", (algorithm) => {
    const mi = mean(4, (seed) => {
      const [x1, y1] = normalPair(seed, 3000, 0.6);
      const [x2, y2] = normalPair(seed + 100, 3000, -0.5);
      return ksg(matrix(x1, x2), matrix(y1, y2), { algorithm });
    });
    expect(Math.abs(mi - normalInformation(0.6) - normalInformation(0.5))).toBeLessThan(0.04);
  });

  test.each([1, 3, 10])("a variable with itself, k = %i: the ceiling ψ(n) − ψ(k)", (k) => {
    const [x] = normalPair(1, 700, 0);
    const ceiling = digamma(700) - digamma(k);
    expect(ksg(x, x, { k })).toBeCloseTo(ceiling, 12);
    expect(ksg(x, x, { k, algorithm: 2 })).toBeCloseTo(ceiling - 1 / k, 12);
  });

  test("y = x² is seen without correlation", () => {
    const { uniform } = draws(5);
    const x = Array.from({ length: 1000 }, () => 2 * uniform() - 1);
    const y = x.map((v) => v * v + 0.1 * uniform());
    expect(ksg(x, y)).toBeGreaterThan(1);
  });
});

describe("exact properties", () => {
  const values = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
    minLength: 12,
    maxLength: 80,
  });
  const varied = values.filter(
    (pairs) => new Set(pairs.map(([x]) => x)).size > 1 && new Set(pairs.map(([, y]) => y)).size > 1,
  );
  const options = fc.record({
    k: fc.integer({ min: 1, max: 8 }),
    algorithm: fc.constantFrom(1 as const, 2 as const),
    standardize: fc.boolean(),
    normalScores: fc.boolean(),
  });

  test("exchange and permutation change nothing, ties included", () => {
    fc.assert(
      fc.property(varied, options, fc.nat(), (pairs, opts, seed) => {
        const [x, y] = [pairs.map(([v]) => v), pairs.map(([, v]) => v)];
        const mi = ksg(x, y, opts);
        expect(mi).not.toBeNaN();
        expect(ksg(y, x, opts)).toBe(mi);
        const rows = [...permutation(seed, x.length)];
        expect(
          ksg(
            rows.map((row) => x[row]),
            rows.map((row) => y[row]),
            opts,
          ),
        ).toBe(mi);
      }),
    );
  });

  const [x, y] = normalPair(3, 500, 0.7);

  test("exchange changes nothing with several columns either", () => {
    const [z] = normalPair(4, 500, 0);
    for (const algorithm of [1, 2] as const) {
      expect(ksg(y, matrix(x, z), { algorithm })).toBe(ksg(matrix(z, x), y, { algorithm }));
    }
  });

  test("normal scores bear strictly increasing maps", () => {
    const opts: KsgOptions = { normalScores: true };
    expect(
      ksg(
        x.map((v) => Math.exp(3 * v)),
        y.map((v) => v ** 3),
        opts,
      ),
    ).toBe(ksg(x, y, opts));
  });

  test("units of the columns do not matter, unless it is asked for", () => {
    const scaled = x.map((v) => 1024 * v + 5);
    expect(ksg(scaled, y)).toBeCloseTo(ksg(x, y), 10);
    expect(ksg(scaled, y, { standardize: false })).not.toBeCloseTo(ksg(x, y, { standardize: false }), 3);
  });

  test("a matrix of one column is a column; rows with NaN are left out", () => {
    expect(ksg({ data: x, width: 1 }, y)).toBe(ksg(x, y));
    const gaps = Float64Array.from([...x, Number.NaN, 3]);
    expect(ksg(gaps, [...y, 1, Number.NaN])).toBe(ksg(x, y));
  });

  test("bits are nats over ln 2", () => {
    expect(ksg(x, y, { units: "bits" })).toBeCloseTo(ksg(x, y) / Math.LN2, 14);
  });
});

test("noise is seeded, and repairs what ties break", () => {
  const [a, b] = normalPair(9, 2000, 0).map((column) => column.map((v) => Math.round(v)));
  const noisy = { noise: 1e-10, seed: 4 };
  expect(ksg(a, b, noisy)).toBe(ksg(a, b, noisy));
  expect(ksg(a, b, noisy)).not.toBe(ksg(a, b, { ...noisy, seed: 5 }));
  expect(Math.abs(ksg(a, b, noisy))).toBeLessThan(0.05);
  expect(Math.abs(ksg(a, b))).toBeGreaterThan(0.5);
  const [x, y] = normalPair(3, 500, 0.7);
  expect(ksg(x, y, noisy)).toBeCloseTo(ksg(x, y), 6);
});

describe("golden values", () => {
  const { x1, x2, y1, y2 } = goldenSample();
  const raw = { standardize: false };

  test("the sample is that of make.py", () => {
    const sums = [x1, x2, y1, y2].map((column) => column.reduce((sum, value) => sum + value, 0));
    expect(sums).toEqual(GOLDEN["sum of x1, x2, y1, y2"]);
  });

  test("scipy's cKDTree", () => {
    expect(ksg(x1, y1, raw)).toBeCloseTo(GOLDEN["scipy ksg x1 y1 k=3"], 12);
    expect(ksg(x1, y1, { ...raw, k: 10 })).toBeCloseTo(GOLDEN["scipy ksg x1 y1 k=10"], 12);
    const wide = ksg(matrix(x1, x2), matrix(y1, y2), { ...raw, k: 4 });
    expect(wide).toBeCloseTo(GOLDEN["scipy ksg x1,x2 y1,y2 k=4"], 12);
  });

  test("algorithm 2 by numpy", () => {
    const second = { ...raw, algorithm: 2 as const };
    expect(ksg(x1, y1, second)).toBeCloseTo(GOLDEN["numpy ksg 2 x1 y1 k=3"], 12);
    const wide = ksg(matrix(x1, x2), matrix(y1, y2), { ...second, k: 4 });
    expect(wide).toBeCloseTo(GOLDEN["numpy ksg 2 x1,x2 y1,y2 k=4"], 12);
  });

  test("scikit-learn's mutual_info_regression without its noise", () => {
    expect(ksg(x1, y1)).toBeCloseTo(GOLDEN["sklearn _compute_mi_cc x1 y1 k=3"], 12);
    expect(ksg(x2, y2, { k: 5 })).toBeCloseTo(GOLDEN["sklearn _compute_mi_cc x2 y2 k=5"], 12);
  });
});
