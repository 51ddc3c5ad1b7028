import { expect, test } from "vitest";
import { combinedPValue, logCombined } from "./combination.js";

test("one p-value is itself; equal ones stay; a tiny one leads by its share, however tiny", () => {
  expect(combinedPValue([Math.log(0.03)], [1])).toBeCloseTo(0.03, 12);
  expect(combinedPValue([Math.log(0.2), Math.log(0.2)], [1, 3])).toBeCloseTo(0.2, 12);
  expect(combinedPValue([-60, Math.log(0.5)], [1, 3]) / (4 * Math.exp(-60))).toBeCloseTo(1, 9);
  expect(combinedPValue([-600, -1], [1, 1]) / (2 * Math.exp(-600))).toBeCloseTo(1, 9);
  expect(combinedPValue([-Infinity, 0], [1, 1])).toBe(0);
  // Near 1 a p-value does not outweigh what is small.
  expect(combinedPValue([Math.log(0.001), 0], [1, 1])).toBeLessThan(0.003);
});

test("its logarithm goes on where p-values are no doubles any more, without a step", () => {
  expect(logCombined([-5000, -1], [1, 1])).toBeCloseTo(-5000 + Math.LN2, 9);
  const [before, after] = [-29.999, -30.001].map((log) => logCombined([log, -1], [1, 2]));
  expect(before - after).toBeCloseTo(0.002, 6);
});
