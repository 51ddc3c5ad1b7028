import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { draws, permutation } from "../testing/random.js";
import { orderLevels } from "./levels.js";
import { orientLevels } from "./ties.js";

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

/** Place of every level along its axis. */
function levelPlaces(codes: Uint32Array, levels: number, ranks: Uint32Array): Uint32Array {
  const ordered = orderLevels(columnOf(codes, levels), columnOf(ranks));
  const places = new Uint32Array(levels);
  codes.forEach((level, row) => {
    places[level] = ordered.places[row];
  });
  return places;
}

const columnOf = (places: Uint32Array, distinct = places.length) => ({ places, distinct, missing: 0 });

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
        const perms = (levelled: Uint32Array, numbers: Uint32Array) =>
          orientLevels(orderLevels(columnOf(levelled, levels), columnOf(numbers)), columnOf(numbers)).perms;
        expect(perms(renamed, moved)).toEqual(perms(codes, ranks));
      }),
    );
  });
});

test("levels that meet tied numbers are found in one order, whatever their names", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 9 }), (seed, levels) => {
      const { uniform } = draws(seed);
      const n = 80;
      const codes = Uint32Array.from({ length: n }, (_, k) =>
        k < levels ? k : Math.floor(uniform() * levels),
      );
      const places = Uint32Array.from({ length: n }, (_, k) => (k < 4 ? k : Math.floor(uniform() * 4)));
      const number = columnOf(places, 4);
      const names = permutation(seed, levels);
      const ordered = orderLevels(columnOf(codes, levels), number);
      const renamed = orderLevels(
        columnOf(
          codes.map((level) => names[level]),
          levels,
        ),
        number,
      );
      // Levels that no number tells apart may change places.
      const perms = [ordered, renamed].map((column) => orientLevels(column, number).perms);
      expect(perms[1]).toEqual(perms[0]);
    }),
  );
});
