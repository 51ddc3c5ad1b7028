import { describe, expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { isFarBeyond, pValueAmong, type Shown, shownWithin, showsMore, verdict } from "./shown.js";

/** Blocks of so many rows each. */
const blocksOf = (rows: number, count = 20): Uint32Array[] =>
  Array.from({ length: count }, () => new Uint32Array(rows));

/** Samples whose evidence is exponential about a mean, as that of independent rows is about one. */
function shown(mean: number, seen = 0, seed = 1): Shown {
  const { uniform } = draws(seed);
  const all = Array.from({ length: 199 }, () => mean - 1 - Math.log(uniform()));
  return shownWithin(blocksOf(6), all, seen);
}

test("of dependence that is there, blocks keep twice the square of the share of rows that stay", () => {
  expect(shownWithin(blocksOf(6), [1, 3], 72)).toMatchObject({ mean: 2, standardError: 1, kept: 4 });
  expect(shownWithin(blocksOf(24), [1, 3], 72).kept).toBe((2 * 72) / 24 ** 2);
});

test("blocks show more than others beyond their errors, and beyond what dependence leaves in them", () => {
  expect(showsMore(shown(2), shown(1, 0, 2))).toBe(true);
  expect(showsMore(shown(1), shown(1, 0, 2))).toBe(false);
  expect(showsMore(shown(1.4), shown(1, 0, 2))).toBe(false);
  // 18 nats leave one of them in blocks of six rows.
  expect(showsMore(shown(2, 18), shown(1, 0, 2))).toBe(false);
});

test("what was seen is far beyond what blocks keep if its root is two and a half times theirs", () => {
  const [one, other] = [shown(3), shown(1, 0, 2)];
  const bound = other.mean + 2.5 ** 2 * (one.mean - other.mean);
  expect(isFarBeyond(bound + 0.01, one, other)).toBe(true);
  expect(isFarBeyond(bound - 0.01, one, other)).toBe(false);
});

describe("the verdict", () => {
  test("is the p-value among the small blocks where these show no more than large ones", () => {
    const small = shown(1);
    const { pValue, reached } = verdict(5, small, shown(1, 0, 2));
    expect([pValue, reached]).toEqual([pValueAmong(5, small), true]);
    // One more than the samples that show as much, of one more than there are.
    expect(pValue).toBeCloseTo((small.all.filter((nats) => nats >= 5).length + 1) / 200, 12);
  });

  test("takes off what is lost in the small blocks, and says where that may be all there is", () => {
    const [small, large] = [shown(4), shown(1, 0, 2)];
    const roots = Math.sqrt(small.mean) - Math.sqrt(large.mean);
    const less = (times: number): number => (Math.sqrt(small.mean) + times * roots) ** 2;
    const found = verdict(less(2), small, large);
    expect(found.pValue).toBe(pValueAmong((Math.sqrt(less(2)) - 1.5 * roots) ** 2, small));
    expect(found.pValue).toBeGreaterThan(pValueAmong(less(2), small));
    expect(found.reached).toBe(false);
    expect(verdict(less(3.1), small, large).reached).toBe(true);
    // Less than what is lost: nothing is left.
    expect(verdict(0.01, small, large).pValue).toBe(1);
  });
});
