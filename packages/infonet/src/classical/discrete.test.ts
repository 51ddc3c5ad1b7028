import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws, permutation } from "../testing/random.js";
import { discrete } from "./discrete.js";
import { goldenSample } from "./golden/samples.js";
import { GOLDEN } from "./golden/values.js";

describe("closed forms", () => {
  test("categories that determine each other share their entropy", () => {
    const x = ["a", "b", "c", "d", "a", "b", "c", "d"];
    expect(
      discrete(
        x,
        x.map((v) => v.charCodeAt(0)),
      ),
    ).toBeCloseTo(Math.log(4), 14);
    expect(discrete(x, x, { units: "bits" })).toBeCloseTo(2, 14);
  });

  test("a two by two table, by hand", () => {
    // p = 3/8, 1/8, 1/8, 3/8: ¾ ln(3/2) + ¼ ln(1/2).
    const x = [0, 0, 0, 0, 1, 1, 1, 1];
    const y = [0, 0, 0, 1, 0, 1, 1, 1];
    const plugIn = 0.75 * Math.log(1.5) - 0.25 * Math.LN2;
    expect(discrete(x, y)).toBeCloseTo(plugIn, 14);
    expect(discrete(x, y, { correction: "miller-madow" })).toBeCloseTo(plugIn + (2 + 2 - 4 - 1) / 16, 14);
  });

  test("the correction takes off the bias of independent categories", () => {
    const runs = 40;
    let [plain, corrected] = [0, 0];
    for (let seed = 1; seed <= runs; seed++) {
      const { uniform } = draws(seed);
      const x = Array.from({ length: 500 }, () => Math.floor(6 * uniform()));
      const y = Array.from({ length: 500 }, () => Math.floor(4 * uniform()));
      plain += discrete(x, y) / runs;
      corrected += discrete(x, y, { correction: "miller-madow" }) / runs;
    }
    expect(plain).toBeCloseTo(15 / 1000, 2);
    expect(Math.abs(corrected)).toBeLessThan(0.002);
  });

  test("one category shares nothing", () => {
    expect(discrete([1, 1, 1], ["a", "b", "a"])).toBe(0);
    expect(discrete(["only"], [1])).toBe(0);
  });
});

test("renaming, exchange and permutation change nothing", () => {
  const row = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 3 }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 100 }), fc.nat(), (pairs, seed) => {
      const [x, y] = [pairs.map(([v]) => v), pairs.map(([, v]) => v)];
      const mi = discrete(x, y);
      expect(mi).toBeGreaterThanOrEqual(0);
      expect(discrete(y, x)).toBe(mi);
      const rows = [...permutation(seed, x.length)];
      expect(
        discrete(
          rows.map((i) => `category ${x[i]}`),
          rows.map((i) => -y[i]),
        ),
      ).toBe(mi);
    }),
  );
});

test('missing categories are left out; 1 and "1" are two categories', () => {
  expect(discrete([1, 2, 1, 2, Number.NaN, 3], [1, 2, 1, 2, 3, null])).toBeCloseTo(Math.LN2, 14);
  expect(discrete([1, "1", 1, "1"], [0, 1, 0, 1])).toBeCloseTo(Math.LN2, 14);
});

test("golden value of scikit-learn's mutual_info_score", () => {
  const { labels, levels } = goldenSample();
  expect(discrete(labels, levels)).toBeCloseTo(GOLDEN["sklearn mutual_info_score labels levels"], 13);
});
