import { expect, test } from "vitest";
import { type BareHead, calibrated } from "./calibrate-head.js";
import { ExampleColumns } from "./examples.js";

/** A head whose interval is always one unit to both sides. */
const head: BareHead = {
  ...{ seed: 1, draws: 1, levels: [0.05, 0.5, 0.95], mean: [0], deviation: [1] },
  layers: [{ weights: [[0], [0], [0]], bias: [-1, 0, 1] }],
  direct: [[0], [0], [0]],
};

/** Draws of some sizes whose truths are spread evenly, to so many units on both sides of the estimate. */
function draws(sizes: readonly [n: number, count: number, reach: number][]) {
  const columns = new ExampleColumns(sizes.reduce((sum, [, count]) => sum + count, 0));
  for (const [n, count, reach] of sizes) {
    for (let k = 0; k < count; k++) {
      const mi = 10 + reach * ((2 * k + 1) / count - 1);
      columns.add({ n, base: 10, scale: 1, summary: [0], most: Number.POSITIVE_INFINITY, mi, central: mi });
    }
  }
  return columns.examples;
}

test("nine in ten truths are held at every size that has draws; a size without any is left out", () => {
  const { n, factor } = calibrated(
    head,
    draws([
      [100, 400, 1],
      [41_000, 400, 2],
    ]),
  );
  expect(n).toEqual([50, 120, 30_000, 100_000]);
  const expected = [0.9, 0.9, 1.8, 1.8];
  for (const [k, value] of factor.entries()) expect(value).toBeCloseTo(expected[k], 1);
});

test("draws too few for two sizes give one factor", () => {
  const { n, factor } = calibrated(head, draws([[2000, 10, 1]]));
  expect(n).toHaveLength(2);
  expect(factor[0]).toBe(factor[1]);
  expect(factor[0]).toBeCloseTo(0.9, 1);
});
