/** Which graphs so many samples go through. */

import { expect, test } from "vitest";
import { inRuns, largestOf } from "./runs.js";

const files = [1, 16, 4].map((batch) => ({ batch, file: `values-${batch}`, sha256: "" }));
const sizesOf = (count: number): number[] => {
  const items = Array.from({ length: count }, (_, k) => k);
  const runs = inRuns(items, files);
  // Every item once, in its place.
  expect(runs.flatMap(({ some }) => some)).toEqual(items);
  for (const { file, first, some } of runs) {
    expect(some[0]).toBe(first);
    expect(file.batch).toBeGreaterThanOrEqual(some.length);
    // The graph of one differs in last bits: it has none of several.
    expect(file.batch > 1).toBe(count > 1);
  }
  return runs.map(({ some }) => some.length);
};

test("runs take the least time together; of equal ones the largest", () => {
  expect(largestOf(files)).toBe(16);
  expect([0, 1, 2, 4, 5, 8, 9, 10, 16, 17, 40].map(sizesOf)).toEqual([
    [],
    [1],
    [2],
    [4],
    [4, 1],
    [4, 4],
    [9],
    [10],
    [16],
    [16, 1],
    [16, 16, 4, 4],
  ]);
});

test("no other grouping takes less", () => {
  /** Slots of the smallest graph that takes so many, and two. */
  const time = (count: number): number => [4, 16].filter((batch) => batch >= count)[0] + 2;
  const least = [0, time(1)];
  for (let count = 2; count <= 40; count++) {
    const firsts = Array.from({ length: Math.min(16, count) }, (_, k) => k + 1);
    least[count] = Math.min(...firsts.map((first) => time(first) + least[count - first]));
    expect(sizesOf(count).reduce((sum, size) => sum + time(size), 0)).toBe(least[count]);
  }
});

test("one that is left of several is not by itself; of a model with graphs of one alone it is", () => {
  expect(inRuns(["a"], files)[0].file.batch).toBe(1);
  expect(inRuns(["a"], files, 7)[0].file.batch).toBe(4);
  expect(inRuns(["a", "b"], [files[0]]).map(({ some }) => some)).toEqual([["a"], ["b"]]);
});
