import { describe, expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { normalQuantile } from "../numerics/normal.js";
import { CHANCE } from "../testing/goodness-of-fit.js";
import { draws, permutation } from "../testing/random.js";
import { groupPValue } from "./group-evidence.js";
import { waveScores } from "./wave-scores.js";

const column = (values: ArrayLike<number>) => codeColumn(Float64Array.from(values));

test("the first function is the mean normal score", () => {
  const [first] = waveScores(column([1, 2, 2, 3]), 1);
  const scores = [0.125, 0.375, 0.625, 0.875].map(normalQuantile);
  // The middle two are tied; what is left is antisymmetric, of norm 1.
  const norm = Math.sqrt((scores[0] ** 2 + scores[3] ** 2) / 4);
  expect([...first]).toEqual(
    [scores[0] / norm, 0, scores[3] / norm].map((value) => expect.closeTo(value, 12)),
  );
});

test("waves are orthonormal over the rows, with ties and without, and no more than there are values", () => {
  const { uniform } = draws(1);
  for (const values of [
    Array.from({ length: 40 }, uniform),
    Array.from({ length: 40 }, () => Math.floor(4 * uniform())),
    Array.from({ length: 40 }, () => Number(uniform() < 0.8) * uniform()),
  ]) {
    const number = column(values);
    const waves = waveScores(number, 6);
    expect(waves).toHaveLength(Math.min(6, number.distinct - 1));
    const atRows = [
      new Float64Array(40).fill(1),
      ...waves.map((wave) => Float64Array.from(number.places, (p) => wave[p])),
    ];
    for (const [i, a] of atRows.entries()) {
      for (const [j, b] of atRows.entries()) {
        const product = a.reduce((sum, value, k) => sum + value * b[k], 0) / 40;
        expect(product).toBeCloseTo(Number(i === j), 10);
      }
    }
  }
});

describe("p-values", () => {
  const sample = (
    seed: number,
    n: number,
    levels: number,
    law: (level: number, normal: () => number) => number,
  ) => {
    const { uniform, normal } = draws(seed);
    const codes = Array.from({ length: n }, () => Math.floor(levels * uniform()));
    return [column(codes), column(codes.map((level) => law(level, normal)))] as const;
  };

  test.each([
    [12, 2],
    [30, 2],
    [60, 5],
    [400, 30],
  ])("hold their level: %i rows, %i levels, numbers with and without ties", (n, levels) => {
    for (const grain of [1e6, 1]) {
      const draw = (seed: number) =>
        groupPValue(...sample(seed, n, levels, (_, normal) => Math.round(grain * normal()) / grain));
      const total = n < 100 ? 300 : 150;
      const below = Array.from({ length: total }, (_, k) => draw(k + 1)).filter((p) => p < 0.05).length;
      // 5 % and five standard errors.
      expect(below).toBeLessThan(0.05 * total + 5 * Math.sqrt(0.05 * 0.95 * total));
    }
  });

  test("see places and spreads", () => {
    expect(groupPValue(...sample(1, 300, 4, (level, normal) => level + normal()))).toBeLessThan(CHANCE);
    expect(groupPValue(...sample(2, 300, 3, (level, normal) => (1 + 3 * level) * normal()))).toBeLessThan(
      CHANCE,
    );
  });

  test("depend neither on names nor on the order of rows", () => {
    const [codes, numbers] = [
      [0, 1, 2, 0, 1, 2, 2, 2, 0, 1],
      [5, 3, 8, 1, 2, 9, 7, 6, 4, 0],
    ];
    const p = groupPValue(column(codes), column(numbers));
    expect(groupPValue(column(codes.map((code) => (code + 1) % 3)), column(numbers))).toBe(p);
    const rows = [...permutation(3, 10)];
    const moved = (values: number[]) => column(rows.map((row) => values[row]));
    expect(groupPValue(moved(codes), moved(numbers))).toBeCloseTo(p, 12);
  });
});

/** Levels 1 of the first m of n rows, beside their numbers. */
const first = (m: number, n: number, value: (row: number) => number) =>
  [
    column(Array.from({ length: n }, (_, row) => Number(row < m))),
    column(Array.from({ length: n }, (_, row) => value(row))),
  ] as const;

describe("few rows", () => {
  test("the largest evidence that there is: two of C(n, m) tables, the rows at one end or the other", () => {
    // Of 4 rows among 12 that lie lowest: 1/495 on either side, and the tail of fewer permutations than tables.
    const p = groupPValue(...first(4, 12, (row) => row));
    expect(p).toBeGreaterThan(1 / 495 / 2);
    expect(p).toBeLessThan(4 / 495);
  });

  test("no p-value is below the probability of the table itself", () => {
    // Ten of 60 rows are apart, far beyond all permutations: C(60, 10) = 75,394,027,566.
    const p = groupPValue(...first(10, 60, (row) => row + (row < 10 ? -1000 : 0)));
    expect(p).toBeGreaterThanOrEqual((1 - 1e-9) / 75_394_027_566);
    expect(p).toBeLessThan(1e-6);
  });

  test("a mirrored number has the same p-value, with ties and without", () => {
    const { uniform, normal } = draws(11);
    for (const draw of [normal, () => Math.floor(3 * uniform() ** 2)]) {
      const values = Array.from({ length: 50 }, draw);
      const [levels, number] = first(9, 50, (row) => values[row]);
      expect(groupPValue(levels, column(values.map((value) => -value)))).toBe(groupPValue(levels, number));
    }
  });

  test("a class of five rows in two thousand far off is seen, one that lies anywhere is not", () => {
    const { normal } = draws(12);
    const noise = Array.from({ length: 2000 }, normal);
    expect(groupPValue(...first(5, 2000, (row) => noise[row] + (row < 5 ? 4 : 0)))).toBeLessThan(1e-4);
    expect(groupPValue(...first(5, 2000, (row) => noise[row]))).toBeGreaterThan(0.01);
  });

  test("where rows are enough for the beta law, permutations agree with it", () => {
    const { normal } = draws(13);
    const values = Array.from({ length: 201 }, normal);
    const shifted = (n: number) => first(100, n, (row) => values[row] + (row < 100 ? 0.33 : 0));
    const [few, many] = [groupPValue(...shifted(200)), groupPValue(...shifted(201))];
    expect(Math.abs(Math.log(few / many))).toBeLessThan(0.5);
  });
});

describe("values of few rows", () => {
  test("one row that is alone both in its value and in its level is one chance in n", () => {
    const n = 450;
    let seed = 1;
    const random = (): number => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const levels = Array.from({ length: n }, (_, row) => (row === 0 ? 60 : row % 60));
    const values = Array.from({ length: n }, () => Math.floor(5 * random()));
    values[0] = 5;
    expect(groupPValue(column(levels), column(values))).toBeGreaterThan(1 / n / 10);
  });

  test.each([
    ["levels of 1, 2, 3 and many rows", [1, 2, 3, 494, 500]],
    ["levels of 2, 5 and many rows", [2, 5, 993, 1000]],
    ["levels of falling sizes", Array.from({ length: 99 }, (_, k) => 1 + Math.floor(60 * 0.9 ** k))],
  ])("%s beside counts with a long tail hold their level", (_, sizes) => {
    const { normal } = draws(31);
    const levels = column(sizes.flatMap((size, level) => new Array<number>(size).fill(level)));
    const total = 150;
    const p = Array.from({ length: total }, () =>
      groupPValue(levels, column(Array.from(levels.places, () => Math.round(Math.exp(1.5 * normal()))))),
    );
    // Binomial bounds that chance passes once in ten thousand times.
    expect(p.filter((value) => value <= 0.05).length).toBeLessThan(20);
    expect(p.filter((value) => value <= 0.001).length).toBeLessThan(4);
  });

  test("asked how far beyond all permutations, functions without spikes tell it, or the values; the level holds", () => {
    const { normal } = draws(33);
    const codes = Array.from({ length: 300 }, (_, row) => Number(row % 30 === 0));
    const levels = column(codes);
    const skewed = (effect: number) =>
      codes.map((code) => Math.round(Math.exp(1.5 * normal() + effect * code)));
    const ended = (effect: number) =>
      codes.map((code) => Math.round(6 * Math.max(-1, Math.min(1, 2 * normal() - effect * code))));
    for (const law of [skewed, ended]) {
      const total = 200;
      const found = Array.from({ length: total }, () => groupPValue(levels, column(law(0)), true));
      // Binomial bounds that chance passes once in ten thousand times.
      expect(found.filter((value) => value <= 0.05).length).toBeLessThan(24);
      expect(found.filter((value) => value <= 0.005).length).toBeLessThan(7);
      expect(found.filter((value) => value < 1 / 2000).length).toBeLessThan(4);
    }
    const strong = column(skewed(3.5));
    expect(groupPValue(levels, strong)).toBe(1 / 2000);
    expect(groupPValue(levels, strong, true)).toBeLessThan(1e-6);
  });

  test("of many rows, functions with spikes are left out; what is left still sees", () => {
    const { uniform, normal } = draws(32);
    const n = 6000;
    const levels = Array.from({ length: n }, (_, row) => (row < 3 ? row + 5 : Math.floor(5 * uniform())));
    const law = (shift: number) =>
      column(levels.map((level) => Math.round(Math.exp(1.5 * normal() + shift * Number(level === 1)))));
    expect(groupPValue(column(levels), law(0))).toBeGreaterThan(1e-3);
    expect(groupPValue(column(levels), law(0.6))).toBeLessThan(1e-6);
  });
});
