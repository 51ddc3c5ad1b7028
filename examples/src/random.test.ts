import { expect, test } from "vitest";
import { Random } from "./random.js";

const many = <T>(draw: () => T, n = 20_000): T[] => Array.from({ length: n }, draw);
const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

test("the same seed and names give the same numbers, others give others", () => {
  const numbers = (...seeds: [number, ...number[]]): number[] => {
    const random = new Random(...seeds);
    return many(() => random.uniform(), 4);
  };
  expect(numbers(7, 1)).toEqual(numbers(7, 1));
  const streams = [numbers(7), numbers(8), numbers(7, 0), numbers(7, 1), numbers(1, 7), numbers(7 + 2 ** 32)];
  expect(new Set(streams.map(([first]) => first)).size).toBe(streams.length);
});

test("uniform and normal numbers have their moments", () => {
  const random = new Random(3);
  const uniform = many(() => random.uniform(-1, 3));
  expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-1);
  expect(Math.max(...uniform)).toBeLessThan(3);
  expect(mean(uniform)).toBeCloseTo(1, 1);
  const normal = many(() => random.normal(2, 3));
  expect(Math.abs(mean(normal) - 2)).toBeLessThan(0.1);
  expect(Math.sqrt(mean(normal.map((v) => (v - 2) ** 2))) / 3).toBeCloseTo(1, 1);
  expect(mean(normal.map((v) => ((v - 2) / 3) ** 4))).toBeCloseTo(3, 0);
});

test("whole numbers reach both ends equally often, orders are permutations", () => {
  const random = new Random(5);
  const counts = new Map<number, number>();
  for (const value of many(() => random.integer(2, 4))) counts.set(value, (counts.get(value) ?? 0) + 1);
  expect([...counts.keys()].sort()).toEqual([2, 3, 4]);
  for (const count of counts.values()) expect(count / 20_000).toBeCloseTo(1 / 3, 1);
  expect([...random.permutation(50)].sort((a, b) => a - b)).toEqual([...Array(50).keys()]);
});
