import { describe, expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { CHANCE } from "../testing/goodness-of-fit.js";
import { draws, permutation } from "../testing/random.js";
import { combinedPValue, groupPValue, waveScores } from "./group-evidence.js";

const column = (values: ArrayLike<number>) => codeColumn(Float64Array.from(values));

test("waves are orthonormal over the rows, with ties and without, and no more than there are values", () => {
  const { uniform } = draws(1);
  for (const values of [
    Array.from({ length: 40 }, uniform),
    Array.from({ length: 40 }, () => Math.floor(4 * uniform())),
    Array.from({ length: 40 }, () => Number(uniform() < 0.8) * uniform()),
  ]) {
    const number = column(values);
    const waves = waveScores(number);
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
    [30, 2],
    [60, 5],
    [400, 30],
  ])("hold their level: %i rows, %i levels, numbers with and without ties", (n, levels) => {
    for (const grain of [1e6, 1]) {
      const draw = (seed: number) =>
        groupPValue(...sample(seed, n, levels, (_, normal) => Math.round(grain * normal()) / grain));
      const total = 1000;
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

test("one p-value is itself; equal ones stay; a tiny one leads by its share, however tiny", () => {
  expect(combinedPValue([Math.log(0.03)], [1])).toBeCloseTo(0.03, 12);
  expect(combinedPValue([Math.log(0.2), Math.log(0.2)], [1, 3])).toBeCloseTo(0.2, 12);
  expect(combinedPValue([-60, Math.log(0.5)], [1, 3]) / (4 * Math.exp(-60))).toBeCloseTo(1, 9);
  expect(combinedPValue([-600, -1], [1, 1]) / (2 * Math.exp(-600))).toBeCloseTo(1, 9);
  expect(combinedPValue([-Infinity, 0], [1, 1])).toBe(0);
  // Near 1 a p-value does not outweigh what is small.
  expect(combinedPValue([Math.log(0.001), 0], [1, 1])).toBeLessThan(0.003);
});
