import { expect, test } from "vitest";
import { draws, permutation } from "../testing/random.js";
import { adaptiveInformation } from "./adaptive.js";

type Side = readonly [from: number, to: number];

/** First rank of every part of a side, and its end. */
const cuts = ([from, to]: Side, parts: number): number[] =>
  Array.from({ length: parts + 1 }, (_, part) => from + Math.floor(((to - from) * part) / parts));

const inside = (points: readonly (readonly [number, number])[], x: Side, y: Side) =>
  points.filter(([u, v]) => u >= x[0] && u < x[1] && v >= y[0] && v < y[1]);

/** Ranks cut as long as χ² is above its limit, counted anew in every part. */
function byDefinition(points: readonly (readonly [number, number])[], x: Side, y: Side, n: number): number {
  const area = (x[1] - x[0]) * (y[1] - y[0]);
  if (points.length === 0) return 0;
  const uneven = [
    [2, 2.605 * 3],
    [4, 1.666 * 15],
  ].some(([parts, limit]) => {
    if (x[1] - x[0] < parts || y[1] - y[0] < parts) return false;
    const [columns, rows] = [cuts(x, parts), cuts(y, parts)];
    let chiSquare = 0;
    for (let i = 0; i < parts; i++) {
      for (let j = 0; j < parts; j++) {
        const [a, b]: Side[] = [
          [columns[i], columns[i + 1]],
          [rows[j], rows[j + 1]],
        ];
        const expected = (points.length * (a[1] - a[0]) * (b[1] - b[0])) / area;
        chiSquare += (inside(points, a, b).length - expected) ** 2 / expected;
      }
    }
    return chiSquare > limit;
  });
  if (!uneven) return (points.length / n) * Math.log((points.length * n) / area);
  const [columns, rows] = [cuts(x, 2), cuts(y, 2)];
  let sum = 0;
  for (const i of [0, 1]) {
    for (const j of [0, 1]) {
      const [a, b]: Side[] = [
        [columns[i], columns[i + 1]],
        [rows[j], rows[j + 1]],
      ];
      sum += byDefinition(inside(points, a, b), a, b, n);
    }
  }
  return sum;
}

/** Ranks of which some stay what they are: dependence of every strength. */
function sample(seed: number, n: number, kept: number): Uint32Array {
  const ranks = permutation(seed, n);
  const order = permutation(seed + 100, n);
  const perm = Uint32Array.from({ length: n }, (_, k) => k);
  const moved = [...order.keys()].filter((k) => order[k] >= kept * n);
  const values = moved.map((k) => perm[k]).sort((a, b) => ranks[a] - ranks[b]);
  moved.forEach((k, at) => {
    perm[k] = values[at];
  });
  return perm;
}

test.each([2, 3, 4, 5, 7, 8, 11, 16, 21, 32, 45, 64, 101, 200])(
  "of %i rows the cells are those that χ² asks for",
  (n) => {
    for (let seed = 1; seed <= 12; seed++) {
      const perm = sample(seed, n, [0, 0.5, 0.8, 1][seed % 4]);
      const turned = seed % 3 === 0 ? perm.slice().reverse() : perm;
      const points = Array.from(turned, (v, u) => [u, v] as const);
      const expected = byDefinition(points, [0, n], [0, n], n);
      const [x, y] = [Float64Array.from(turned.keys()), Float64Array.from(turned)];
      expect(adaptiveInformation(x, y, 0), `seed ${seed}`).toBeCloseTo(expected, 10);
    }
  },
);

test("ties get random ranks, by the seed", () => {
  const x = Float64Array.from({ length: 200 }, (_, row) => row % 7);
  const y = Float64Array.from({ length: 200 }, (_, row) => (row % 7) + (row % 3));
  expect(adaptiveInformation(x, y, 1)).toBe(adaptiveInformation(x, y, 1));
  expect(adaptiveInformation(x, y, 1)).not.toBe(adaptiveInformation(x, y, 2));
});

test("neither the order of the rows nor that of the variables changes anything, with ties too", () => {
  const { uniform } = draws(3);
  const below = (levels: number): number => Math.floor(levels * uniform());
  for (const levels of [3, 9, 400]) {
    const x = Float64Array.from({ length: 300 }, () => below(levels));
    const y = x.map((value) => Math.round((value + below(levels)) / 2));
    for (const [a, b] of [
      [x, y],
      [x, x],
    ]) {
      const mi = adaptiveInformation(a, b, 1);
      expect(adaptiveInformation(b, a, 1)).toBe(mi);
      const rows = permutation(levels, 300);
      const moved = [a, b].map((column) => Float64Array.from(rows, (row) => column[row]));
      expect(adaptiveInformation(moved[0], moved[1], 1)).toBe(mi);
    }
  }
});
