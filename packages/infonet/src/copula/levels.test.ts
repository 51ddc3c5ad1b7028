import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws, permutation } from "../testing/random.js";
import { evenOrder, levelPlaces, spreadLevels } from "./levels.js";

/** Ranks of numbers without ties. */
const ranksOf = (values: readonly number[]): Uint32Array => {
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const ranks = new Uint32Array(values.length);
  order.forEach((row, rank) => {
    ranks[row] = rank;
  });
  return ranks;
};

/** Rows of a level each, as many as `share` says, and numbers by a law of the level. */
function sample(
  seed: number,
  n: number,
  levels: number,
  law: (level: number, normal: () => number) => number,
) {
  const { uniform, normal } = draws(seed);
  const codes = Uint32Array.from({ length: n }, (_, row) =>
    row < levels ? row : Math.floor(uniform() * levels),
  );
  return { codes, ranks: ranksOf(Array.from(codes, (level) => law(level, normal))) };
}

describe("places of levels", () => {
  test("are in the order of the means where these differ, whatever the names", () => {
    const levels = 12;
    const names = permutation(3, levels);
    const { codes, ranks } = sample(1, 3000, levels, (level, normal) => names[level] + 0.4 * normal());
    const places = levelPlaces(codes, levels, ranks);
    const rising = Array.from(names, (mean, level) => [mean, places[level]]).sort(([a], [b]) => a - b);
    const order = rising.map(([, place]) => place);
    const turned = order[0] > order[1];
    expect(turned ? order.reverse() : order).toEqual([...Array(levels).keys()]);
  });

  test("are in the order of the spreads where only these differ", () => {
    const levels = 6;
    const { codes, ranks } = sample(2, 6000, levels, (level, normal) => (0.2 + 0.4 * level) * normal());
    const places = [...levelPlaces(codes, levels, ranks)];
    if (places[0] > places[1]) places.reverse();
    expect(places).toEqual([...Array(levels).keys()]);
  });

  test("depend neither on the names of the levels nor on the order of the rows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 9 }), (seed, levels) => {
        const n = 60;
        const { codes, ranks } = sample(seed, n, levels, (level, normal) => Math.sin(level) + normal());
        const places = levelPlaces(codes, levels, ranks);
        expect([...places].sort((a, b) => a - b)).toEqual([...Array(levels).keys()]);
        const [names, rows] = [permutation(seed, levels), permutation(seed + 1, n)];
        const renamed = Uint32Array.from(rows, (row) => names[codes[row]]);
        const moved = Uint32Array.from(rows, (row) => ranks[row]);
        const again = levelPlaces(renamed, levels, moved);
        expect(Array.from(names, (name) => again[name])).toEqual([...places]);
        expect(spreadLevels(renamed, again, moved)).toEqual(spreadLevels(codes, places, ranks));
      }),
    );
  });
});

describe("the spread", () => {
  test("gives each level its part of the ranks, and each of its points one of them", () => {
    const { codes, ranks } = sample(5, 200, 4, (level, normal) => level + normal());
    const places = levelPlaces(codes, 4, ranks);
    const perm = spreadLevels(codes, places, ranks);
    expect([...perm].sort((a, b) => a - b)).toEqual([...Array(200).keys()]);
    let start = 0;
    for (let place = 0; place < 4; place++) {
      const own = [...codes.keys()].filter((row) => places[codes[row]] === place).map((row) => ranks[row]);
      const part = [...perm.subarray(start, start + own.length)];
      expect(part.sort((a, b) => a - b)).toEqual(own.sort((a, b) => a - b));
      start += own.length;
    }
  });

  test.each([1, 2, 3, 7, 64, 100, 1000])(
    "of one level of %i rows is even: no box is far from its share",
    (n) => {
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
    },
  );
});
