import { expect, test } from "vitest";
import { added, stillGrowing, weighted } from "./part.js";

test("sums and means of parts: errors add up by their squares", () => {
  const [one, other] = [
    { mi: 1, low: 0.7, high: 1.3, pValue: undefined },
    { mi: 0.5, low: 0.1, high: 0.9, pValue: undefined },
  ];
  const sum = added([one, other]);
  expect([sum.mi, sum.low, sum.high]).toEqual([1.5, 1, 2]);
  const mean = weighted([one, other], [0.5, 0.5]);
  expect([mean.mi, mean.low, mean.high]).toEqual([0.75, 0.5, 1]);
  const growing = stillGrowing(sum, { mi: 1.4 });
  expect([growing.mi, growing.low]).toEqual([1.5, 1]);
  expect(growing.high).toBeGreaterThanOrEqual(2.1);
  expect(stillGrowing(sum, { mi: 1.6 })).toEqual(sum);
});
