import { describe, expect, test } from "vitest";
import { inverse } from "../copula/index.js";
import { order } from "../numerics/order.js";
import { stream } from "../numerics/random.js";
import { draws } from "../testing/random.js";
import { blocksAlong, blocksByPlace, firstPredictions, permutedWithin, turnedByChance } from "./blocks.js";
import type { Residual } from "./residual.js";

const columnOf = (seed: number, n: number): Float64Array => {
  const { normal } = draws(seed);
  return Float64Array.from({ length: n }, normal);
};
const sizesOf = (blocks: readonly Uint32Array[]): number[] => blocks.map(({ length }) => length);
const freed = (prediction: Float64Array, noise?: number): Residual => ({
  ranks: inverse(order(prediction)),
  predictions: [prediction],
  noise,
});

describe("blocks of rows", () => {
  test("hold every row once, few rows each, and times as many", () => {
    for (const [times, most] of [
      [1, 6],
      [4, 24],
    ]) {
      const blocks = blocksAlong([columnOf(1, 500), columnOf(2, 500)], 500, times);
      expect(blocks.flatMap((rows) => [...rows]).sort((a, b) => a - b)).toEqual([...Array(500).keys()]);
      expect(Math.max(...sizesOf(blocks))).toBeLessThanOrEqual(most);
      expect(Math.min(...sizesOf(blocks))).toBeGreaterThan(most / 3);
    }
  });

  test("along one column hold neighbours alone; without columns there is one", () => {
    const values = columnOf(3, 200);
    const ranks = inverse(order(values));
    for (const rows of blocksAlong([values], 200, 1)) {
      const own = [...rows].map((row) => ranks[row]);
      expect(Math.max(...own) - Math.min(...own)).toBe(rows.length - 1);
    }
    expect(sizesOf(blocksAlong([], 200, 1))).toEqual([200]);
  });

  test("are larger where what was predicted differs by less than half of the noise", () => {
    const place = columnOf(4, 1000);
    const sizesWith = (noise?: number): number[] =>
      sizesOf(blocksByPlace([freed(place, noise), freed(place, noise)], [place], 1000, 1));
    expect(Math.max(...sizesWith())).toBeLessThanOrEqual(6);
    expect(Math.max(...sizesWith(1e-6))).toBeLessThanOrEqual(6);
    expect(Math.max(...sizesWith(5))).toBeGreaterThan(12);
    expect(Math.max(...sizesWith(5))).toBeLessThanOrEqual(25);
    // One of two whose place is unknown: none are.
    expect(sizesOf(blocksByPlace([freed(place, 5), freed(place)], [place], 1000, 1))).toEqual(sizesWith());
  });
});

test("of two predictions that say the same one is enough", () => {
  const [one, other] = [columnOf(5, 50), columnOf(6, 50)];
  expect(firstPredictions([one, other], [one.map((value) => 2 * value)])).toEqual([one]);
  expect(firstPredictions([one], [other])).toEqual([one, other]);
  expect(firstPredictions([], [other])).toEqual([other]);
  expect(firstPredictions([], [])).toEqual([]);
});

test("ranks move within their blocks alone", () => {
  const values = columnOf(7, 300);
  const ranks = inverse(order(values));
  const blocks = blocksAlong([columnOf(8, 300)], 300, 1);
  const moved = permutedWithin(blocks, ranks, stream(1, 2));
  const ranksOf = (all: Uint32Array, rows: Uint32Array): number[] => [...rows].map((row) => all[row]).sort();
  for (const rows of blocks) expect(ranksOf(moved, rows)).toEqual(ranksOf(ranks, rows));
  expect(moved).not.toEqual(ranks);
});

test("turned ranks keep their distance from the middle, about half of them their side", () => {
  const n = 400;
  const ranks = inverse(order(columnOf(9, n)));
  const turned = turnedByChance(ranks, stream(1, 3));
  expect([...turned].sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
  const fromMiddle = (rank: number): number => rank - (n - 1) / 2;
  let same = 0;
  ranks.forEach((rank, row) => {
    const [before, after] = [fromMiddle(rank), fromMiddle(turned[row])];
    // Of the two rows of a distance both or none may come to one side, so that others make room.
    expect(Math.abs(Math.abs(after) - Math.abs(before))).toBeLessThan(40);
    if (Math.sign(before) === Math.sign(after)) same++;
  });
  // Five standard deviations.
  expect(Math.abs(same - n / 2)).toBeLessThan(50);
  // The order of the rows does not matter.
  const back = ranks.slice().reverse();
  expect(turnedByChance(back, stream(1, 3))).toEqual(turned.slice().reverse());
});
