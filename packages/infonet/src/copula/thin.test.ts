import { expect, test } from "vitest";
import { chosenPlaces } from "../numerics/random.js";
import { permutation } from "../testing/random.js";
import { noisyRise, spearman } from "../testing/ranks.js";
import { thin } from "./thin.js";

test("a subsample is a permutation; of a rise it is a rise, of a fall a fall", () => {
  const sample = thin(permutation(1, 1000), 300);
  expect([...sample].sort((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, k) => k));
  const rise = Uint32Array.from({ length: 500 }, (_, k) => k);
  expect([...thin(rise, 7)]).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect([...thin(rise.slice().reverse(), 4)]).toEqual([3, 2, 1, 0]);
});

test("it keeps the dependence: Spearman's correlation of a noisy rise", () => {
  const perm = noisyRise(2, 20_000);
  expect(spearman(thin(perm, 4000))).toBeCloseTo(spearman(perm), 1);
});

test("asked for all points or more, it gives the sample itself", () => {
  const perm = permutation(3, 50);
  expect(thin(perm, 50)).toBe(perm);
  expect(thin(perm, 60)).toBe(perm);
});

test("the choice is the same everywhere and always: results do not change from one version to the next", () => {
  expect([...chosenPlaces(30, 8)]).toEqual([4, 6, 7, 14, 17, 19, 21, 26]);
  expect([...chosenPlaces(5, 5)]).toEqual([0, 1, 2, 3, 4]);
  expect(chosenPlaces(5, 0)).toHaveLength(0);
  const perm = permutation(4, 30);
  const values = Array.from(chosenPlaces(30, 8), (k) => perm[k]);
  expect([...thin(perm, 8)]).toEqual(values.map((value) => values.filter((other) => other < value).length));
});
