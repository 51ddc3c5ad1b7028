import { describe, expect, test } from "vitest";
import { draws, normalInformation, normalPair, permutation } from "../testing/random.js";
import { goldenSample, matrix } from "./golden/samples.js";
import { GOLDEN } from "./golden/values.js";
import { kde } from "./kde.js";

describe("closed forms", () => {
  /**
   * Kernels with bandwidth h·σ make normal variables of correlation r into ones of correlation r/(1 + h²):
   * the estimate, without its bias from small samples, lies between the information of the two.
   */
  test.each([0, 0.3, -0.6, 0.8, 0.9])("bivariate normal, correlation %f", (r) => {
    const n = 2000;
    const smoothed = r / (1 + n ** (-1 / 3));
    let mi = 0;
    for (let seed = 1; seed <= 4; seed++) mi += kde(...normalPair(seed, n, r), { leaveOneOut: true }) / 4;
    expect(mi).toBeGreaterThan(normalInformation(smoothed) - 0.03);
    expect(mi).toBeLessThan(normalInformation(r) + 0.03);
  });

  test("two pairs of correlated columns add up", () => {
    const [x1, y1] = normalPair(1, 2000, 0.6);
    const [x2, y2] = normalPair(2, 2000, -0.5);
    const mi = kde(matrix(x1, x2), matrix(y1, y2), { leaveOneOut: true });
    expect(Math.abs(mi - normalInformation(0.6) - normalInformation(0.5))).toBeLessThan(0.1);
  });

  test("two rows, by hand", () => {
    // One bandwidth apart on either axis: the kernel of the other row is e^(−½), the joint one its square.
    const e = Math.exp(-0.5);
    const expected = Math.log((2 * (1 + e * e)) / (1 + e) ** 2);
    expect(kde([0, 1], [5, 7], { bandwidth: [1, 2] })).toBeCloseTo(expected, 14);
  });
});

describe("properties", () => {
  const [x, y] = normalPair(7, 400, 0.6);

  test.each([{ leaveOneOut: false }, { leaveOneOut: true }, { method: "grid" as const }])(
    "exchange, permutation, scale and shift change nothing: %o",
    (options) => {
      const mi = kde(x, y, options);
      expect(kde(y, x, options)).toBeCloseTo(mi, 12);
      const rows = permutation(1, x.length);
      const turned = (column: Float64Array) => Float64Array.from(rows, (row) => column[row]);
      expect(kde(turned(x), turned(y), options)).toBeCloseTo(mi, 12);
      expect(
        kde(
          x.map((v) => 8 * v - 3),
          y,
          options,
        ),
      ).toBeCloseTo(mi, 10);
    },
  );

  test.each([50, 500, 2000])("the grid agrees with the exact sums, %i rows", (n) => {
    for (const r of [0, 0.9]) {
      const pair = normalPair(n, n, r);
      for (const leaveOneOut of [false, true]) {
        const exact = kde(...pair, { leaveOneOut });
        expect(Math.abs(kde(...pair, { leaveOneOut, method: "grid" }) - exact)).toBeLessThan(0.01 / n ** 0.8);
      }
    }
  });

  test("a row far from all others has a finite density without itself", () => {
    for (const method of ["exact", "grid"] as const) {
      const options = { leaveOneOut: true, bandwidth: 0.5, method };
      const mi = kde([...x, 60], [...y, -60], options);
      expect(mi).not.toBe(-Infinity);
      expect(mi).not.toBeNaN();
    }
    const far = { leaveOneOut: true, bandwidth: 0.5 };
    const grid = kde([...x, 60], [...y, -60], { ...far, method: "grid" });
    expect(grid).toBeCloseTo(kde([...x, 60], [...y, -60], far), 3);
  });

  test("silverman is scott for two columns", () => {
    expect(kde(x, y, { bandwidth: "silverman" })).toBeCloseTo(kde(x, y), 13);
  });

  test("outliers too far off for a grid are named", () => {
    const { uniform } = draws(1);
    const heavy = Float64Array.from({ length: 400 }, () => 1 / uniform() ** 5);
    const options = { method: "grid", bandwidth: 0.1 } as const;
    expect(() => kde(heavy, y, options)).toThrow(
      /^method is "grid" and the rows span \d+ × \d+ bandwidths; pass "exact"/,
    );
  });
});

test("golden values", () => {
  const { x1, x2, y1 } = goldenSample();
  expect(kde(x1, y1)).toBeCloseTo(GOLDEN["sklearn KernelDensity x1 y1 scott"], 12);
  const wide = kde(matrix(x1, x2), y1, { bandwidth: "silverman" });
  expect(wide).toBeCloseTo(GOLDEN["sklearn KernelDensity x1,x2 y1 silverman"], 12);
  expect(kde(x1, y1, { leaveOneOut: true })).toBeCloseTo(GOLDEN["numpy kde leave one out x1 y1"], 12);
});

test("a list of bandwidths that claims any length is counted before it is read", () => {
  const [x, y] = normalPair(1, 50, 0.5);
  expect(() => kde(x, y, { bandwidth: { length: 2 ** 40 } })).toThrow(
    "bandwidth has 1099511627776 numbers; pass one for each of the 2 columns.",
  );
});
