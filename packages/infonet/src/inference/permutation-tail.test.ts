import { expect, test } from "vitest";
import { logGammaTail } from "../numerics/gamma.js";
import { mean } from "../numerics/moments.js";
import { seededStream } from "../numerics/random.js";
import { logAmong, logPermuted, logTails } from "./permutation-tail.js";

const exponential = (seed: number): (() => number) => {
  const { uniform } = seededStream(seed);
  return () => -Math.log(1 - uniform());
};
const drawn = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);
const SEEDS = Array.from({ length: 20 }, (_, seed) => seed + 1);

test("among permutations with as much evidence their share counts, the sample itself among them", () => {
  const all = drawn(
    199,
    (() => {
      let k = 0;
      return () => k++;
    })(),
  );
  expect(logAmong(100, all)).toBeCloseTo(Math.log(100 / 200), 12);
  expect(logAmong(198, all)).toBeCloseTo(Math.log(2 / 200), 12);
  expect(logAmong(0, all)).toBeCloseTo(0, 12);
});

test("exponential evidence: beyond the last permutation the tail is the exact one within 20 %", () => {
  for (const seen of [12, 30]) {
    const logs = SEEDS.map((seed) => logAmong(seen, drawn(199, exponential(seed))));
    expect(Math.abs(mean(logs) / -seen - 1)).toBeLessThan(0.2);
    // Of 49 excesses the mean is off by one in seven.
    for (const log of logs) expect(Math.abs(log / -seen - 1)).toBeLessThan(0.45);
  }
});

test("never above the smallest share that permutations have, and that of few of them", () => {
  for (const seed of SEEDS) {
    const all = drawn(199, exponential(seed));
    expect(logAmong(Math.max(...all) + 1e-9, all)).toBeLessThanOrEqual(-Math.log(200));
  }
  expect(logAmong(50, [1, 2, 3])).toBeCloseTo(-Math.log(4), 12);
});

test("evidence of permutations that is narrower than exponential is not believed to be", () => {
  const { uniform } = seededStream(3);
  const all = drawn(199, uniform);
  const largest = Math.max(...all);
  expect(logAmong(largest + 5, all)).toBeGreaterThan(-Math.log(200) - 6);
});

test("permutations end when a hundred show as much, or at their number; the tail ends at the least", () => {
  let count = 0;
  const always = (): number => {
    count++;
    return 1;
  };
  expect(logPermuted(0.5, always, -50)).toBe(0);
  expect(count).toBe(100);
  count = 0;
  expect(logPermuted(2, always, -50, 300)).toBeGreaterThan(-10);
  expect(count).toBe(300);
  expect(logPermuted(1000, exponential(4), -50)).toBe(-50);
  expect(Math.abs(logPermuted(20, exponential(5), -50) / -20 - 1)).toBeLessThan(0.3);
});

test.each([1, 3, 12, 30])(
  "sums of %i exponential numbers: tails of the gamma law that they have",
  (shape) => {
    const one = exponential(shape);
    const values = drawn(4000, () => drawn(shape, one).reduce((sum, value) => sum + value, 0));
    const { logs, logOf } = logTails(values);
    expect(logs).toEqual(values.map(logOf));
    for (const deviations of [1, 3, 6]) {
      const at = shape + deviations * Math.sqrt(shape);
      expect(Math.abs(logOf(at) / logGammaTail(shape, at) - 1), `${deviations}`).toBeLessThan(0.2);
    }
  },
);

test("without any spread whatever is larger is seldom, and all else is usual", () => {
  const { logs, logOf } = logTails([2, 2, 2]);
  expect(logs).toEqual([0, 0, 0]);
  expect(logOf(2)).toBe(0);
  expect(logOf(3)).toBeLessThan(0);
});
