import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalPair, permutation } from "../testing/random.js";
import { type CodedColumn, codeColumn } from "./column.js";
import {
  evenOrder,
  evenTies,
  midRanks,
  orientColumns,
  orientLevels,
  rowsInOrder,
  tieStarts,
} from "./ties.js";

const column = (values: ArrayLike<number>): CodedColumn => codeColumn(Float64Array.from(values));

/** A pair of n rows, rounded to so many values a unit. */
function rounded(seed: number, n: number, [a, b]: [number, number]): [Float64Array, Float64Array] {
  const [x, y] = normalPair(seed, n, 0.6);
  return [x.map((value) => Math.round(a * value)), y.map((value) => Math.round(b * value))];
}

test("the rows of a place have its ranks, and share their mean", () => {
  const tied = column([5, 1, 5, 3, 5]);
  expect([...tieStarts(tied)]).toEqual([0, 1, 2, 5]);
  expect([...midRanks(tied)]).toEqual([3, 0, 3, 1, 3]);
  expect([...rowsInOrder(tied)]).toEqual([1, 3, 0, 2, 4]);
});

test("without ties there is one permutation, that of the ranks", () => {
  const [x, y] = normalPair(1, 50, 0.5);
  const { perms, xRanks, yRanks } = orientColumns(column(x), column(y));
  expect(perms).toHaveLength(1);
  expect([...xRanks]).toEqual([...column(x).places]);
  expect([...yRanks]).toEqual([...column(y).places]);
});

const size = fc.integer({ min: 2, max: 60 });
const seed = fc.integer({ min: 1, max: 1e6 });
const grain = fc.constantFrom<[number, number]>([1, 1], [2, 1], [1, 3], [4, 0.5]);

describe("ties in several orders", () => {
  test("every order is a permutation in which each value has its own ranks", () => {
    const [x, y] = rounded(3, 200, [2, 1]).map(column);
    const { perms, xRanks, yRanks } = orientColumns(x, y);
    expect(perms.length).toBeGreaterThan(1);
    for (const perm of perms) expect([...perm].sort((a, b) => a - b)).toEqual([...Array(200).keys()]);
    expect(perms[1]).not.toEqual(perms[0]);
    const starts = tieStarts(x);
    xRanks.forEach((rank, row) => {
      expect(rank).toBeGreaterThanOrEqual(starts[x.places[row]]);
      expect(rank).toBeLessThan(starts[x.places[row] + 1]);
    });
    expect([...yRanks].sort((a, b) => a - b)).toEqual([...Array(200).keys()]);
  });

  test("hang neither on the order of the rows, nor on which column is which, nor on their directions", () => {
    fc.assert(
      fc.property(seed, size, grain, (number, n, grains) => {
        const [x, y] = rounded(number, n, grains);
        const { perms } = orientColumns(column(x), column(y));
        const rows = permutation(number, n);
        const again = [x, y].map((values) => column(Array.from(rows, (row) => values[row])));
        expect(orientColumns(again[0], again[1]).perms).toEqual(perms);
        expect(orientColumns(column(y), column(x)).perms).toEqual(perms);
        expect(orientColumns(column(x.map((value) => -value)), column(y)).perms).toEqual(perms);
        expect(orientColumns(column(x.map((value) => value ** 3)), column(y)).perms).toEqual(perms);
      }),
    );
  });

  test("of levels beside a number hang on neither either", () => {
    fc.assert(
      fc.property(seed, size, grain, (number, n, grains) => {
        const [levels, y] = rounded(number, n, grains);
        const { perms } = orientLevels(column(levels), column(y));
        const rows = permutation(number, n);
        const again = [levels, y].map((values) => column(Array.from(rows, (row) => values[row])));
        expect(orientLevels(again[0], again[1]).perms).toEqual(perms);
        expect(orientLevels(column(levels), column(y.map((value) => -value))).perms).toEqual(perms);
      }),
    );
  });
});

test("the points of a level lie evenly along the number", () => {
  const n = 64;
  const levels = column(Array.from({ length: n }, (_, row) => row % 2));
  const number = column(permutation(4, n));
  const ranks = evenTies(levels, number);
  const ofFirst = [...rowsInOrder(number)].filter((row) => levels.places[row] === 0).map((row) => ranks[row]);
  expect(ofFirst).toEqual([...evenOrder(32)]);
});

describe("the even order", () => {
  test.each([1, 2, 3, 7, 64, 100, 1000])("of %i is even: no box is far from its share", (n) => {
    const even = evenOrder(n);
    expect([...even].sort((a, b) => a - b)).toEqual([...Array(n).keys()]);
    for (const [a, b] of [
      [0.3, 0.5],
      [0.7, 0.2],
      [0.5, 0.5],
      [1, 0.4],
    ]) {
      const inside = even.reduce((count, place, k) => count + Number(k < a * n && place < b * n), 0);
      expect(Math.abs(inside - a * b * n)).toBeLessThan(1.5 + Math.log2(n));
    }
  });
});
