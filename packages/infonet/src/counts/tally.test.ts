import { expect, test } from "vitest";
import { shuffled, stream } from "../numerics/random.js";
import { comesFirst, onGrid, tallyOf, tallySum, timesOf } from "./tally.js";

test("tallies counts in ascending order, small and large, and leaves zeros out", () => {
  const tally = tallyOf(Uint32Array.of(5, 0, 70_000, 1, 5, 1024, 1023, 70_000, 1));
  expect([...tally.counts]).toEqual([1, 5, 1023, 1024, 70_000]);
  expect([...tally.times]).toEqual([2, 2, 1, 1, 2]);
  expect(timesOf(tally, 5)).toBe(2);
  expect(timesOf(tally, 6)).toBe(0);
  expect(tallySum(tally, (count) => count)).toBe(2 + 10 + 1023 + 1024 + 140_000);
});

test("sums of numbers on the grid do not depend on their order", () => {
  const { uniform } = stream(1);
  const values = Float64Array.from({ length: 5000 }, () => onGrid(uniform() - 0.3));
  const sum = (order: Iterable<number>): number => {
    let total = 0;
    for (const k of order) total += values[k];
    return total;
  };
  const first = sum(values.keys());
  for (let k = 0; k < 5; k++) expect(sum(shuffled(values.length, stream(k)))).toBe(first);
});

test("of two tallies that differ one comes first", () => {
  const [a, b, c] = [Uint32Array.of(1, 2), Uint32Array.of(1, 3), Uint32Array.of(1, 1, 2)].map(tallyOf);
  for (const [one, other] of [
    [a, b],
    [a, c],
    [b, c],
  ]) {
    expect(comesFirst(one, other)).not.toBe(comesFirst(other, one));
  }
  expect(comesFirst(a, tallyOf(Uint32Array.of(2, 1)))).toBe(true);
});
