import fc from "fast-check";
import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { KdTree } from "./k-dtree.js";
import { shrink } from "./neighbours.js";
import * as sortedColumn from "./sorted-column.js";

/** Columns of equal length; few distinct values, so ties and duplicates are the rule. */
const samples = fc
  .record({
    width: fc.integer({ min: 1, max: 4 }),
    n: fc.integer({ min: 2, max: 120 }),
    kinds: fc.constantFrom(1, 3, 20, 1e6),
    seed: fc.nat(),
  })
  .map(({ width, n, kinds, seed }) => {
    const { uniform } = draws(seed);
    return Array.from({ length: width }, () =>
      Float64Array.from({ length: n }, () => Math.floor(kinds * uniform()) / 7),
    );
  });

const distance = (columns: Float64Array[], i: number, j: number): number =>
  Math.max(0, ...columns.map((column) => Math.abs(column[i] - column[j])));

const others = (columns: Float64Array[], row: number): number[] =>
  [...columns[0].keys()].filter((other) => other !== row);

test("neighbour distances are those of brute force, ties and duplicates included", () => {
  fc.assert(
    fc.property(samples, fc.nat(), (columns, draw) => {
      const n = columns[0].length;
      const k = 1 + (draw % (n - 1));
      const expected = Array.from({ length: n }, (_, row) => {
        const all = others(columns, row).map((other) => distance(columns, row, other));
        return all.sort((a, b) => a - b)[k - 1];
      });
      expect([...new KdTree(columns).neighbourDistances(k)]).toEqual(expected);
    }),
  );
});

test("counts within the neighbour distance, closed and open, are those of brute force", () => {
  fc.assert(
    fc.property(samples, fc.nat(), fc.boolean(), (columns, draw, open) => {
      const n = columns[0].length;
      const tree = new KdTree(columns);
      const radii = tree.neighbourDistances(1 + (draw % (n - 1)));
      const limits = open ? shrink(radii.slice()) : radii;
      const inside = (gap: number, radius: number) => (open && radius > 0 ? gap < radius : gap <= radius);
      const brute = (some: Float64Array[]) =>
        Array.from(
          { length: n },
          (_, row) =>
            others(some, row).filter((other) => inside(distance(some, row, other), radii[row])).length,
        );
      expect([...tree.countsWithin(limits)]).toEqual(brute(columns));
      expect([...sortedColumn.countsWithin(columns[0], limits)]).toEqual(brute([columns[0]]));
    }),
  );
});

test("extents are those of brute force", () => {
  fc.assert(
    fc.property(
      samples.filter((columns) => columns.length > 1),
      (columns) => {
        const tree = new KdTree(columns);
        const radii = tree.neighbourDistances(1);
        const split = columns.length - 1;
        const [first, second] = tree.extentsWithin(radii, split);
        for (let row = 0; row < columns[0].length; row++) {
          const near = others(columns, row).filter((other) => distance(columns, row, other) <= radii[row]);
          const extent = (some: Float64Array[]) =>
            Math.max(...near.map((other) => distance(some, row, other)));
          expect(first[row]).toBe(extent(columns.slice(0, split)));
          expect(second[row]).toBe(extent(columns.slice(split)));
        }
      },
    ),
  );
});

test("sorted, constant and far-off values build a tree", () => {
  const n = 3000;
  const rising = Float64Array.from({ length: n }, (_, i) => i);
  const distances = new KdTree([rising, new Float64Array(n), rising.map((v) => -(2 ** 990) * v)]);
  expect(new Set(distances.neighbourDistances(2))).toEqual(new Set([2 ** 990, 2 ** 991]));
});

test("shrink gives the double before, and leaves 0", () => {
  const radii = Float64Array.of(1, 0, 2 ** 32, 5e-324, 1e-300);
  const expected = [1 - 2 ** -53, 0, 2 ** 32 - 2 ** -21, 0, 1e-300 - 2 ** -1049];
  expect([...shrink(radii)]).toEqual(expected);
});
