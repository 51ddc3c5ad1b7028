import { describe, expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { KdTree } from "./k-dtree.js";
import { countsWithin, prepared as preparedWith } from "./neighbours.js";
import { normalScores } from "./normal-scores.js";

const columns = [Float64Array.of(1, 2, 3, 4, 10), Float64Array.of(0, 5, -5, 5, 0)];

const DEFAULTS = { normalScores: false, standardize: true, noise: 0, seed: 0 };
const prepared = (given: readonly Float64Array[], changes: Partial<typeof DEFAULTS>): Float64Array[] =>
  preparedWith(given, { ...DEFAULTS, ...changes });

describe("preparation", () => {
  test("columns are divided by their standard deviations, unless told otherwise", () => {
    const [a, b] = prepared(columns, {});
    for (const [row, value] of columns[0].entries()) expect(a[row]).toBeCloseTo(value / Math.sqrt(10), 12);
    // Mean 1; (1 + 16 + 36 + 16 + 1)/5.
    for (const [row, value] of columns[1].entries()) expect(b[row]).toBeCloseTo(value / Math.sqrt(14), 12);
    expect(prepared(columns, { standardize: false })).toEqual(columns);
  });

  test("scores come first, then the scale", () => {
    const scores = columns.map(normalScores);
    expect(prepared(columns, { normalScores: true, standardize: false })).toEqual(scores);
    expect(prepared(columns, { normalScores: true })).toEqual(prepared(scores, {}));
  });

  test("noise is in standard deviations, standard normal, and by the seed", () => {
    const column = Float64Array.from({ length: 4000 }, (_, row) => 100 * (row % 2));
    for (const standardize of [true, false]) {
      const [plain] = prepared([column], { standardize });
      const unit = standardize ? 1 : 50;
      const noiseOf = (seed: number) => {
        const [noisy] = prepared([column], { standardize, noise: 0.01, seed });
        return noisy.map((value, row) => (value - plain[row]) / unit / 0.01);
      };
      const [one, two] = [noiseOf(1), noiseOf(2)];
      const moment = (power: number) => one.reduce((sum, value) => sum + value ** power, 0) / one.length;
      expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(4000));
      expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000));
      expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / 4000));
      const product = one.reduce((sum, value, row) => sum + value * two[row], 0) / one.length;
      expect(Math.abs(product)).toBeLessThan(4 / Math.sqrt(4000));
      const next = one.reduce((sum, value, row) => sum + value * (one[row + 1] ?? 0), 0) / one.length;
      expect(Math.abs(next)).toBeLessThan(4 / Math.sqrt(4000));
      expect(noiseOf(1)).toEqual(one);
    }
  });

  test("every seed has noise of its own, the same from one version to the next", () => {
    const first = (seed: number) =>
      prepared([Float64Array.of(0, 1)], { standardize: false, noise: 2, seed })[0][0];
    const seeds = [0, 1, 2 ** 32, 2 ** 32 + 1, 2 ** 31, Number.MAX_SAFE_INTEGER];
    expect(new Set(seeds.map(first)).size).toBe(seeds.length);
    expect(first(0)).toBeCloseTo(0.8051770664450322, 12);
    expect(first(2 ** 32 + 1)).toBeCloseTo(0.9164126525158335, 12);
  });

  test("columns that were given are left as they are", () => {
    const given = columns.map((column) => column.slice());
    prepared(given, { noise: 0.1 });
    prepared(given, { normalScores: true });
    expect(given).toEqual(columns);
  });
});

test("counts of one column and of several are those of all pairs", () => {
  const { uniform } = draws(3);
  const n = 60;
  const [a, b] = [0, 1].map(() => Float64Array.from({ length: n }, () => Math.floor(9 * uniform())));
  const radii = Float64Array.from({ length: n }, () => Math.floor(4 * uniform()));
  for (const some of [[a], [b], [a, b]]) {
    const expected = Array.from(
      { length: n },
      (_, row) =>
        [...radii.keys()].filter(
          (other) =>
            other !== row && some.every((column) => Math.abs(column[other] - column[row]) <= radii[row]),
        ).length,
    );
    expect([...countsWithin(some, radii)]).toEqual(expected);
  }
});

test("radii of all sizes: nothing, some, everything within", () => {
  const { normal } = draws(4);
  const n = 300;
  const sample = [0, 1, 2].map(() => Float64Array.from({ length: n }, normal));
  const tree = new KdTree(sample);
  for (const radius of [0, 0.3, 1, 3, 20]) {
    const counts = tree.countsWithin(new Float64Array(n).fill(radius));
    const [first, second] = tree.extentsWithin(new Float64Array(n).fill(radius), 1);
    for (const row of [0, 1, 150, 299]) {
      const gaps = sample.map((column) => column.map((value) => Math.abs(value - column[row])));
      const near = [...gaps[0].keys()].filter((k) => gaps.every((gap) => gap[k] <= radius));
      expect(counts[row]).toBe(near.length - 1);
      expect(first[row]).toBe(Math.max(...near.map((k) => gaps[0][k])));
      expect(second[row]).toBe(Math.max(...near.map((k) => Math.max(gaps[1][k], gaps[2][k]))));
    }
  }
});
