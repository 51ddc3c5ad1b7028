import { expect, test } from "vitest";
import { added, between, weighted } from "./part.js";

test("sums and means of parts: errors add up by their squares", () => {
  const [one, other] = [
    { mi: 1, low: 0.7, high: 1.3, pValue: undefined },
    { mi: 0.5, low: 0.1, high: 0.9, pValue: undefined },
  ];
  const sum = added([one, other]);
  expect([sum.mi, sum.low, sum.high]).toEqual([1.5, 1, 2]);
  const mean = weighted([one, other], [0.5, 0.5]);
  expect([mean.mi, mean.low, mean.high]).toEqual([0.75, 0.5, 1]);
  const middle = between(one, { ...one, mi: 1.2, low: 0.9, high: 1.5 });
  expect(middle.mi).toBeCloseTo(1.1, 12);
  expect(middle.high - middle.mi).toBeCloseTo(Math.hypot(0.3, 0.1), 12);
});
