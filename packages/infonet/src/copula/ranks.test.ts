import fc from "fast-check";
import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { codeColumn } from "./column.js";
import { orient, rankPermutation } from "./permutation.js";
import { rankColumn, rankPair } from "./ranks.js";

const ranked = (values: ArrayLike<number>, seed = 1) =>
  rankColumn(codeColumn(Float64Array.from(values)), seed);
const tied = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 });

const varied = tied.filter((values) => new Set(values).size > 1);

test("ranks are a permutation that keeps the order of the values", () => {
  fc.assert(
    fc.property(tied, fc.nat(), (values, seed) => {
      const { ranks } = ranked(values, seed);
      expect([...ranks].sort((a, b) => a - b)).toEqual(values.map((_, k) => k));
      for (let i = 0; i < values.length; i++) {
        for (let j = 0; j < values.length; j++) {
          if (values[i] < values[j]) expect(ranks[i]).toBeLessThan(ranks[j]);
        }
      }
    }),
  );
});

test("a column and its mirror image have mirrored ranks, ties included", () => {
  fc.assert(
    fc.property(varied, fc.nat(), (values, seed) => {
      const mirrored = ranked(
        values.map((v) => -Math.exp(v)),
        seed,
      ).ranks;
      expect([...mirrored]).toEqual([...ranked(values, seed).ranks].map((r) => values.length - 1 - r));
    }),
  );
});

test("the seed decides the order of ties, and nothing else", () => {
  const values = Array.from({ length: 40 }, (_, i) => i % 3);
  expect(ranked(values, 1).ranks).toEqual(ranked(values, 1).ranks);
  expect(ranked(values, 1).ranks).not.toEqual(ranked(values, 2).ranks);
  expect(ranked(values, 1).ranks).not.toEqual(ranked(values, 1 + 2 ** 32).ranks);
  const distinct = values.map((v, i) => v + i / 100);
  expect(ranked(distinct, 1).ranks).toEqual(ranked(distinct, 2).ranks);
});

test("every order of ties is as likely as any other", () => {
  const counts = new Map<string, number>();
  const seeds = 3000;
  for (let seed = 0; seed < seeds; seed++) {
    const key = ranked([5, 5, 5], seed).ranks.join("");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  const chiSquare = [...counts.values()].reduce((sum, c) => sum + (c - seeds / 6) ** 2 / (seeds / 6), 0);
  // 99.99 % point of χ² with 5 degrees of freedom.
  expect(chiSquare).toBeLessThan(25.7);
});

/** Spearman's correlation of strict ranks. */
function spearman(a: Uint32Array, b: Uint32Array): number {
  const n = a.length;
  const square = a.reduce((sum, rank, i) => sum + (rank - b[i]) ** 2, 0);
  return 1 - (6 * square) / (n * (n * n - 1));
}

test("columns that tie the same rows get independent orders inside the ties", () => {
  const { uniform } = draws(3);
  const x = Array.from({ length: 4000 }, () => Math.floor(2 * uniform()));
  const y = x.map((v) => 10 - v);
  const [a, b] = rankPair(ranked(x), ranked(y), 1);
  const inside = [...x.keys()].filter((i) => x[i] === 0);
  const [u, v] = [a, b].map((ranks) => {
    const sorted = inside.map((i) => ranks[i]).sort((p, q) => p - q);
    const place = new Map(sorted.map((rank, k) => [rank, k]));
    return Uint32Array.from(inside, (i) => place.get(ranks[i])!);
  });
  // 4 standard deviations of Spearman's ρ under independence.
  expect(Math.abs(spearman(u, v))).toBeLessThan(4 / Math.sqrt(inside.length));
});

test("which of two columns comes first changes nothing, ties included", () => {
  fc.assert(
    fc.property(varied, fc.boolean(), fc.nat(), (x, relabel, seed) => {
      const y = relabel ? x.map((v) => [3, 0, 4, 1, 2][v]) : [...x];
      const form = (a: number[], b: number[]): Uint32Array => {
        const [u, v] = rankPair(ranked(a, seed), ranked(b, seed), seed);
        return orient(rankPermutation(u, v)).perm;
      };
      expect(form(y, x)).toEqual(form(x, y));
      expect(
        form(
          x.map((v) => -v),
          y,
        ),
      ).toEqual(form(x, y));
    }),
  );
});

test("a seed gives the same order of ties everywhere and always: results do not change from one version to the next", () => {
  const values = [2, 1, 2, 3, 1, 2, 2, 1, 3, 2, 0, 2];
  const column = codeColumn(Float64Array.from(values));
  const ranksOf = (seed: number, stream?: number): number[] => [...rankColumn(column, seed, stream).ranks];
  expect(ranksOf(0)).toEqual([4, 2, 9, 11, 3, 7, 6, 1, 10, 8, 0, 5]);
  expect(ranksOf(1)).toEqual([4, 3, 8, 10, 2, 6, 7, 1, 11, 9, 0, 5]);
  expect(ranksOf(1, 1)).toEqual([7, 3, 6, 10, 2, 8, 9, 1, 11, 4, 0, 5]);
  expect(ranksOf(2 ** 33 + 5)).toEqual([6, 2, 4, 11, 3, 5, 9, 1, 10, 8, 0, 7]);
});

test("of two columns that tie the same rows one keeps its order: that of the standard form that comes first", () => {
  const [low, high] = [
    [1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 2, 2],
    [0, 0, 0, 0, 2, 2, 2, 2, 1, 1, 1, 1],
  ];
  const [a, b] = [ranked(low, 3), ranked(high, 3)];
  const again = (column: number[]): number[] => [
    ...rankColumn(codeColumn(Float64Array.from(column)), 3, 1).ranks,
  ];
  // Turned round where the first row off the middle is high, they read 1 … 0 … 2 and 0 … 2 … 1.
  expect(rankPair(a, b, 3).map((ranks) => [...ranks])).toEqual([again(low), [...b.ranks]]);
  expect(rankPair(b, a, 3).map((ranks) => [...ranks])).toEqual([[...b.ranks], again(low)]);
  expect(again(low)).not.toEqual([...a.ranks]);
});

test("columns that tie other rows, or none, keep their orders", () => {
  const [x, y, z] = [
    [1, 1, 0, 2],
    [1, 0, 0, 2],
    [3, 1, 0, 2],
  ].map((values) => ranked(values, 3));
  for (const [a, b] of [
    [x, y],
    [x, z],
    [z, y],
    [z, z],
  ]) {
    expect(rankPair(a, b, 3)).toEqual([a.ranks, b.ranks]);
  }
});
