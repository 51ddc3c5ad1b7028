import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { completeRows, rankCorrelation } from "./rank-correlation.js";

const of = (x: readonly number[], y: readonly number[]) => {
  const [a, b] = [Float64Array.from(x), Float64Array.from(y)];
  return rankCorrelation(a, b, completeRows(a, b));
};

describe("completeRows", () => {
  test("are those with both values", () => {
    expect(completeRows(Float64Array.of(1, Number.NaN, 3), Float64Array.of(1, 2, 0))).toEqual([0, 2]);
  });
});

describe("rankCorrelation", () => {
  test("is 1 and −1 for rising and falling, however bent", () => {
    expect(of([1, 2, 3, 4], [1, 10, 100, 1000])).toBeCloseTo(1, 12);
    expect(of([1, 2, 3, 4], [0, -1, -7, -8])).toBeCloseTo(-1, 12);
  });

  test("agrees with Spearman's formula without ties", () => {
    // 1 − 6 Σd² / (n (n² − 1)) with d = 0, 1, 1, 0, 0 … for one swap
    expect(of([1, 2, 3, 4, 5], [1, 3, 2, 4, 5])).toBeCloseTo(1 - (6 * 2) / (5 * 24), 12);
  });

  test("gives ties their mean rank", () => {
    // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / √(4.5 · 5)
    expect(of([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(Math.sqrt(4.5 / 5), 12);
  });

  test("does not exist for a column that is constant where both have values", () => {
    expect(of([1, 1, 2], [1, 2, Number.NaN])).toBeUndefined();
    expect(of([], [])).toBeUndefined();
  });

  test("is symmetric, and turns its sign with a column", () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 3 }), (pairs) => {
        const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
        const rho = of(x, y);
        if (rho === undefined) return;
        expect(Math.abs(rho)).toBeLessThanOrEqual(1 + 1e-12);
        expect(of(y, x)).toBeCloseTo(rho, 12);
        expect(
          of(
            x.map((value) => -value),
            y,
          ),
        ).toBeCloseTo(-rho, 12);
      }),
    );
  });
});
