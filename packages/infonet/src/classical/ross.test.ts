import { describe, expect, test } from "vitest";
import { draws, permutation } from "../testing/random.js";
import { goldenSample, matrix } from "./golden/samples.js";
import { GOLDEN } from "./golden/values.js";
import { ross } from "./ross.js";

describe("closed forms", () => {
  /** Mean over seeds of the estimate for two equal classes, uniform on [0, 1) and [shift, shift + 1). */
  const shifted = (shift: number): number => {
    let sum = 0;
    for (let seed = 1; seed <= 8; seed++) {
      const { uniform } = draws(seed);
      const labels = Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? "a" : "b"));
      sum += ross(
        labels,
        labels.map((label) => uniform() + (label === "a" ? 0 : shift)),
      );
    }
    return sum / 8;
  };

  // Where the classes overlap nothing is known, elsewhere everything: I = overlap-free share · ln 2.
  test.each([0, 0.25, 0.5, 1, 2])("two classes of uniform numbers, shifted by %f", (shift) => {
    expect(Math.abs(shifted(shift) - Math.min(shift, 1) * Math.LN2)).toBeLessThan(0.03);
  });
});

describe("exact properties", () => {
  const { labels, x1, y1 } = goldenSample();
  const names = Array.from(labels, (label) => ["low", "middle", "high"][label]);

  test("names of the categories and order of the rows do not matter", () => {
    const mi = ross(labels, y1);
    expect(ross(names, y1)).toBe(mi);
    const rows = permutation(1, labels.length);
    expect(
      ross(
        Array.from(rows, (row) => names[row]),
        Array.from(rows, (row) => y1[row]),
      ),
    ).toBe(mi);
  });

  test("one category shares nothing", () => {
    expect(
      ross(
        names.map(() => 1),
        y1,
      ),
    ).toBeCloseTo(0, 12);
  });

  test("values that are constant once the single categories are left out are refused", () => {
    expect(() => ross(["a", "a", "a", "b", "b", "c"], [1, 1, 1, 1, 1, 2])).toThrow(
      /^y is constant, 1, in the 5 rows used;/,
    );
  });

  test("missing categories and values are left out", () => {
    const gaps = [...names, null, undefined, Number.NaN, "low"];
    expect(ross(gaps, [...y1, 1, 2, 3, Number.NaN])).toBe(ross(names, y1));
  });

  test("several columns tell more than one", () => {
    expect(ross(names, matrix(x1, y1))).toBeGreaterThan(ross(names, y1));
  });

  test("categories that never repeat are refused", () => {
    expect(() => ross(["a", "b", "c"], [1, 2, 3])).toThrow(
      "labels has 3 categories in 3 complete rows, each once; pass categories that repeat.",
    );
  });
});

test("golden values of scikit-learn's mutual_info_classif without its noise", () => {
  const { labels, x1, y1 } = goldenSample();
  expect(ross(labels, y1)).toBeCloseTo(GOLDEN["sklearn _compute_mi_cd labels y1 k=3"], 12);
  const rare = labels.map((label, row) => (row < 7 ? 3 + Math.floor(row / 3) : label));
  expect(ross(rare, x1, { k: 5 })).toBeCloseTo(GOLDEN["sklearn _compute_mi_cd rare x1 k=5"], 12);
});
