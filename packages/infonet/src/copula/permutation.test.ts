import fc from "fast-check";
import { expect, test } from "vitest";
import { GRID } from "../features/histogram.js";
import { permutation } from "../testing/random.js";
import {
  applyOrientation,
  canonicalOrientation,
  inverse,
  orient,
  orientPoint,
  orientRanks,
  rankPermutation,
  restoreTable,
} from "./permutation.js";

const orientation = fc.record({ flipU: fc.boolean(), flipV: fc.boolean(), swap: fc.boolean() });
const perm = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 40 })).map(([seed, n]) => permutation(seed, n));

test("ranks are turned as their permutation is", () => {
  fc.assert(
    fc.property(fc.nat(), fc.integer({ min: 1, max: 40 }), orientation, (seed, n, turn) => {
      const x = permutation(seed, n);
      const y = permutation(seed + 1, n);
      expect(orientRanks(x, y)).toEqual(orient(rankPermutation(x, y)));
      // A symmetric sample, in which the rules leave a choice.
      const symmetric = applyOrientation(x, turn);
      expect(orientRanks(x, symmetric)).toEqual(orient(rankPermutation(x, symmetric)));
    }),
  );
  const [x, y] = [permutation(1, 9000), permutation(2, 9000)];
  expect(orientRanks(x, y)).toEqual(orient(rankPermutation(x, y)));
});

test("all eight orientations of a sample have the same canonical form", () => {
  fc.assert(
    fc.property(perm, orientation, (sample, turn) => {
      expect(orient(applyOrientation(sample, turn)).perm).toEqual(orient(sample).perm);
    }),
  );
});

test("symmetric samples have one canonical form too", () => {
  const symmetric = [
    [0, 1, 2, 3],
    [1, 3, 0, 2],
    [3, 2, 1, 0],
    [1, 0, 3, 2],
    [2, 0, 3, 1],
  ];
  for (const sample of symmetric) {
    const forms = new Set<string>();
    for (let code = 0; code < 8; code++) {
      const turn = { flipU: (code & 1) > 0, flipV: (code & 2) > 0, swap: (code & 4) > 0 };
      forms.add(orient(applyOrientation(Uint32Array.from(sample), turn)).perm.join());
    }
    expect(forms.size, sample.join()).toBe(1);
  }
});

test("the canonical form does not fall and leans to u² v", () => {
  fc.assert(
    fc.property(perm, (sample) => {
      const { perm: canonical } = orient(sample);
      const n = canonical.length;
      let [ab, aab, abb] = [0, 0, 0];
      canonical.forEach((rank, k) => {
        const a = 2 * k - (n - 1);
        const b = 2 * rank - (n - 1);
        ab += a * b;
        aab += a * a * b;
        abb += a * b * b;
      });
      expect(ab).toBeGreaterThanOrEqual(0);
      expect(aab + abb).toBeGreaterThanOrEqual(0);
      expect(aab).toBeGreaterThanOrEqual(abb);
    }),
  );
});

test("a table comes back to the user's orientation", () => {
  fc.assert(
    fc.property(orientation, fc.nat(GRID - 1), fc.nat(GRID - 1), (turn, i, j) => {
      const centre = (k: number) => (k + 0.5) / GRID;
      const [a, b] = orientPoint(turn, centre(i), centre(j));
      const table = new Float32Array(GRID * GRID);
      table[Math.floor(b * GRID) * GRID + Math.floor(a * GRID)] = 1;
      expect(restoreTable(table, GRID, turn).indexOf(1)).toBe(j * GRID + i);
    }),
  );
});

test("exchanging x and y inverts the permutation", () => {
  const [x, y] = [permutation(1, 30), permutation(2, 30)];
  expect(rankPermutation(y, x)).toEqual(inverse(rankPermutation(x, y)));
  expect(canonicalOrientation(rankPermutation(x, x))).toBeDefined();
});
