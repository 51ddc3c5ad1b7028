import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { choose, type HeldOut, lowerBoundOf, notBeaten } from "./choice.js";

const n = 400;
const { normal } = draws(1);
/** What makes a row easy or hard for every candidate. */
const common = Float64Array.from({ length: n }, () => 3 * normal());

/** Ratios of that mean, the part of its own with a deviation of 0.2: the standard error of a difference is 0.014. */
function candidate(mean: number, optimism = 0): HeldOut {
  const own = Float64Array.from({ length: n }, () => 0.2 * normal());
  const off = own.reduce((sum, v) => sum + v, 0) / n;
  return { ratios: own.map((v, row) => mean + v - off + common[row]), optimism };
}

test("the largest value on held-out rows", () => {
  expect(choose([candidate(0.5)])).toBe(0);
  expect(choose([candidate(0.5), candidate(0.56), candidate(0.4)])).toBe(1);
});

test("what chance has added does not count", () => {
  const lucky = candidate(0.6, 0.2);
  expect(lowerBoundOf(candidate(0.5)) - lowerBoundOf(lucky)).toBeCloseTo(0.1, 10);
  expect(choose([candidate(0.5), lucky])).toBe(0);
  expect(choose([lucky, candidate(0.5)])).toBe(1);
});

test("who is left after a first look: the ratios spread over 3 nats, only the comparison row by row sees this", () => {
  const candidates = [candidate(0.2), candidate(0.48), candidate(0.5)];
  expect(notBeaten(candidates, 3)).toEqual([1, 2]);
  expect(notBeaten(candidates, 100)).toEqual([0, 1, 2]);
});

test("equal candidates: the first", () => {
  const twin = candidate(0.1);
  expect(choose([twin, { ...twin }])).toBe(0);
});
