import fc from "fast-check";
import { expect, test } from "vitest";
import { Cut, type PairAt } from "./cut.js";

/** The pairs of a shard of a table without replicates. */
const pairsOf = (cut: Cut, shard: number): PairAt[] => [...cut.partsOf(shard)].flatMap(({ pairs }) => pairs);
const keyOf = ([i, j]: readonly [number, number]): string => `${Math.min(i, j)} ${Math.max(i, j)}`;

const all = (columns: number): string[] =>
  Array.from({ length: columns }, (_, i) => i).flatMap((i) =>
    Array.from({ length: columns - i - 1 }, (_, k) => `${i} ${i + 1 + k}`),
  );

test("every pair is in one shard, and shards are of one size", () => {
  const shape = fc.record({
    columns: fc.integer({ min: 2, max: 250 }),
    shards: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(shape, ({ columns, shards }) => {
      const cut = new Cut(columns, shards);
      const lists = Array.from({ length: shards }, (_, shard) => pairsOf(cut, shard));
      expect(lists.map(({ length }) => length)).toEqual(lists.map((_, shard) => cut.size(shard)));
      const sizes = lists.map(({ length }) => length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      const keys = lists.flat().map(keyOf);
      expect(keys).toHaveLength((columns * (columns - 1)) / 2);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 20 },
  );
  expect(pairsOf(new Cut(120, 1), 0).map(keyOf).sort()).toEqual(all(120).sort());
});

test("with targets: every pair that has one, once, targets first", () => {
  const shape = fc
    .integer({ min: 2, max: 250 })
    .chain((columns) =>
      fc.tuple(
        fc.constant(columns),
        fc.uniqueArray(fc.integer({ min: 0, max: columns - 1 }), { minLength: 1, maxLength: 200 }),
        fc.integer({ min: 1, max: 9 }),
      ),
    );
  fc.assert(
    fc.property(shape, ([columns, targets, shards]) => {
      const cut = new Cut(columns, shards, targets);
      const pairs = Array.from({ length: shards }, (_, shard) => pairsOf(cut, shard)).flat();
      const wanted = new Set(targets);
      expect(pairs.every(([row]) => wanted.has(row))).toBe(true);
      const others = columns - targets.length;
      expect(pairs).toHaveLength(targets.length * others + (targets.length * (targets.length - 1)) / 2);
      expect(new Set(pairs.map(keyOf)).size).toBe(pairs.length);
    }),
    { numRuns: 20 },
  );
});

test("a shard of a large table needs few of its columns", () => {
  const cut = new Cut(4000, 100);
  const needed = new Set(pairsOf(cut, 37).flat());
  expect(cut.pairs).toBe(7_998_000);
  expect(needed.size).toBeLessThan(1300);
});

test("more shards than pairs leave some empty", () => {
  const cut = new Cut(3, 5);
  expect(Array.from({ length: 5 }, (_, shard) => cut.size(shard)).reduce((a, b) => a + b)).toBe(3);
});

test("with replicates: every pair once in the table and in each of them, replicates in order", () => {
  const shape = fc.record({
    columns: fc.integer({ min: 2, max: 40 }),
    shards: fc.integer({ min: 1, max: 30 }),
    replicates: fc.integer({ min: 1, max: 6 }),
  });
  fc.assert(
    fc.property(shape, ({ columns, shards, replicates }) => {
      const cut = new Cut(columns, shards, undefined, replicates);
      const parts = Array.from({ length: shards }, (_, shard) => [...cut.partsOf(shard)]);
      const sizes = parts.map((own) => own.reduce((sum, { pairs }) => sum + pairs.length, 0));
      expect(sizes).toEqual(parts.map((_, shard) => cut.size(shard)));
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      const order = parts.flat().map(({ replicate }) => replicate);
      expect(order).toEqual([...order].sort((a, b) => a - b));
      for (let replicate = 0; replicate <= replicates; replicate++) {
        const own = parts.flat().filter((part) => part.replicate === replicate);
        expect(own.flatMap(({ pairs }) => pairs.map(keyOf)).sort()).toEqual(all(columns).sort());
      }
    }),
    { numRuns: 20 },
  );
});
