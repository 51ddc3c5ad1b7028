import { expect, test } from "vitest";
import { Random } from "../random.js";
import { areasByPoint, areaUnderCurve, meanOf } from "./separation.js";

test("the area is the share of pairs in the right order", () => {
  expect(areaUnderCurve([3, 4], [1, 2])).toBe(1);
  expect(areaUnderCurve([1, 2], [3, 4])).toBe(0);
  expect(areaUnderCurve([1, 3], [2])).toBe(0.5);
  expect(areaUnderCurve([1, 1], [1, 0])).toBe(0.75);
  expect(areaUnderCurve([], [1])).toBeNaN();
});

test("two normal scores have the area Φ(difference / √2)", () => {
  const random = new Random(1);
  const draw = (mean: number): number[] => Array.from({ length: 2000 }, () => random.normal(mean));
  // Φ(1 / √2) = 0.7602; its standard error is below 0.008.
  expect(Math.abs(areaUnderCurve(draw(1), draw(0)) - 0.7602)).toBeLessThan(0.03);
});

test("every point of a body is measured against all others, pairs without a score aside", () => {
  const owners = [0, 0, 1, 1, 1, -1];
  const byOwner = (a: number, b: number): number => (owners[a] === owners[b] ? 1 : 0);
  expect(areasByPoint(owners, byOwner)).toEqual([1, 1, 1, 1, 1, NaN]);
  expect(areasByPoint(owners, (a, b) => -byOwner(a, b))).toEqual([0, 0, 0, 0, 0, NaN]);
  const missing = (a: number, b: number): number => (a + b === 1 ? NaN : byOwner(a, b));
  expect(areasByPoint(owners, missing)).toEqual([NaN, NaN, 1, 1, 1, NaN]);
});

test("the mean and its standard error", () => {
  // Squares add up to 2; √(2 / 2 / 3).
  expect(meanOf([1, NaN, 2, 3])).toEqual({ mean: 2, error: expect.closeTo(Math.sqrt(1 / 3), 12) });
});
