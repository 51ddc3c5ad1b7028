import fc from "fast-check";
import { expect, test } from "vitest";
import { permutation } from "../testing/random.js";
import {
  applyOrientation,
  canonicalOrientation,
  inverse,
  orient,
  orientPoint,
  orientRanks,
  rankPermutation,
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

test("exchanging x and y inverts the permutation", () => {
  const [x, y] = [permutation(1, 30), permutation(2, 30)];
  expect(rankPermutation(y, x)).toEqual(inverse(rankPermutation(x, y)));
  expect(canonicalOrientation(rankPermutation(x, x))).toEqual({ flipU: false, flipV: false, swap: false });
});

test("every orientation by its definition: flips first, then the exchange", () => {
  const sample = Uint32Array.of(2, 0, 3, 1, 4);
  const turn = (flipU: boolean, flipV: boolean, swap: boolean): number[] => [
    ...applyOrientation(sample, { flipU, flipV, swap }),
  ];
  expect(turn(false, false, false)).toEqual([2, 0, 3, 1, 4]);
  expect(turn(true, false, false)).toEqual([4, 1, 3, 0, 2]);
  expect(turn(false, true, false)).toEqual([2, 4, 1, 3, 0]);
  expect(turn(true, true, false)).toEqual([0, 3, 1, 4, 2]);
  expect(turn(false, false, true)).toEqual([1, 3, 0, 2, 4]);
  expect(turn(true, false, true)).toEqual([3, 1, 4, 2, 0]);
  expect(turn(false, true, true)).toEqual([4, 2, 0, 3, 1]);
  expect(turn(true, true, true)).toEqual([0, 2, 4, 1, 3]);
});

test("a point of the square is turned as the sample is", () => {
  expect(orientPoint({ flipU: true, flipV: false, swap: false }, 0.25, 0.125)).toEqual([0.75, 0.125]);
  expect(orientPoint({ flipU: false, flipV: true, swap: false }, 0.25, 0.125)).toEqual([0.25, 0.875]);
  expect(orientPoint({ flipU: true, flipV: false, swap: true }, 0.25, 0.125)).toEqual([0.125, 0.75]);
});

test("the orientation that is told leads to the canonical form", () => {
  fc.assert(
    fc.property(perm, (sample) => {
      const { perm: canonical, orientation: told } = orient(sample);
      expect(applyOrientation(sample, told)).toEqual(canonical);
      expect(canonicalOrientation(sample)).toEqual(told);
    }),
  );
});

/** A sample that half a turn leaves as it is, by the places of its lower half. */
function turnedHalf(n: number): Uint32Array {
  const half = permutation(9, n / 2);
  const flips = permutation(10, n);
  const result = new Uint32Array(n);
  half.forEach((rank, k) => {
    const v = flips[k] % 2 === 0 ? rank : n - 1 - rank;
    result[k] = v;
    result[n - 1 - k] = n - 1 - v;
  });
  return result;
}

test.each([8192, 8194, 60_000])(
  "symmetric samples of %i points have one canonical form, though sums are rounded",
  (n) => {
    const sample = turnedHalf(n);
    const { perm: canonical } = orient(sample);
    for (let code = 1; code < 8; code++) {
      const turn = { flipU: (code & 1) > 0, flipV: (code & 2) > 0, swap: (code & 4) > 0 };
      const other = orient(applyOrientation(sample, turn)).perm;
      expect(other.every((rank, k) => rank === canonical[k])).toBe(true);
    }
  },
);
