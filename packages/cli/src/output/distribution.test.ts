import { describe, expect, test } from "vitest";
import { column } from "../testing/samples.js";
import { distributionOf, spark } from "./distribution.js";

describe("distributionOf", () => {
  test("counts rows in equal steps", () => {
    const values = Array.from({ length: 2400 }, (_, k) => k / 7);
    expect(distributionOf(column("a", values))).toEqual(new Array(12).fill(200));
    expect(distributionOf(column("a", [0, 1e308, -1e308, Number.NaN]))).toEqual([1, 1, 1]);
  });

  test("takes as many values of a grid into each step", () => {
    expect(distributionOf(column("a", [1, 2, 2, 5, Number.NaN]))).toEqual([1, 2, 0, 0, 1]);
    const days = Array.from({ length: 30 }, (_, k) => (k % 15) * 86_400);
    expect(distributionOf(column("a", days))).toEqual([4, 4, 4, 4, 4, 4, 4, 2]);
    const tenths = Array.from({ length: 120 }, (_, k) => (k % 12) / 10);
    expect(distributionOf(column("a", tenths))).toEqual(new Array(12).fill(10));
  });

  test("counts levels in their order, or the most frequent ones", () => {
    expect(distributionOf(column("a", [1, 0, 1, Number.NaN], ["p", "q", "r"]))).toEqual([1, 2, 0]);
    const codes = Array.from({ length: 40 }, (_, k) => (k < 20 ? 19 : k % 20));
    const levels = Array.from({ length: 20 }, (_, k) => `l${k}`);
    expect(distributionOf(column("a", codes, levels))).toEqual([21, ...new Array(11).fill(1)]);
  });
});

test("spark shows what is not nothing", () => {
  expect(spark([0, 1, 400, 800])).toBe(" ▁▄█");
});
