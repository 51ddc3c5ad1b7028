import { expect, test } from "vitest";
import { type BlockRule, poolViolators } from "./isotonic.js";

/** Blocks have the mean of their values. */
function meanRule(values: readonly number[]): BlockRule & { means(): number[] } {
  const sums: number[] = [];
  const counts: number[] = [];
  return {
    start(i) {
      sums[i] = values[i];
      counts[i] = 1;
    },
    merge(left, right) {
      sums[left] += sums[right];
      counts[left] += counts[right];
    },
    falls: (left, right) => sums[left] / counts[left] > sums[right] / counts[right],
    means: () => sums.map((sum, slot) => sum / counts[slot]),
  };
}

test.each([
  [[], [0]],
  [[5], [0, 1]],
  [
    [3, 2, 1],
    [0, 1, 2, 3],
  ],
  [
    [1, 2, 3],
    [0, 3],
  ],
  [
    [4, 4],
    [0, 2],
  ],
  [
    [5, 1, 2, 0],
    [0, 1, 3, 4],
  ],
  // The last value merges with its neighbour, and that with the block before.
  [
    [5, 3, 2, 12, 0],
    [0, 4, 5],
  ],
])("the blocks of %j start at %j", (values, starts) => {
  const rule = meanRule(values);
  expect([...poolViolators(values.length, rule)]).toEqual(starts);
});

test("what is known of a block lies at its first entry", () => {
  const rule = meanRule([5, 3, 2, 12, 0]);
  poolViolators(5, rule);
  expect([rule.means()[0], rule.means()[4]]).toEqual([5.5, 0]);
});
