import { expect, test } from "vitest";
import { permutation } from "../testing/random.js";
import { noisyRise, spearman } from "../testing/ranks.js";
import { blockLabels, blocksOf } from "./blocks.js";

const sorted = (perm: Uint32Array): number[] => [...perm].sort((a, b) => a - b);

test.each([
  [1000, 300, 4],
  [1001, 250, 5],
  [7, 7, 1],
])("%i points in blocks of at most %i: permutations of all of them", (n, most, blocks) => {
  const all = blocksOf(permutation(1, n), most);
  expect(all).toHaveLength(blocks);
  for (const block of all) expect(sorted(block)).toEqual([...block.keys()]);
  const sizes = all.map((block) => block.length);
  expect(sizes.reduce((a, b) => a + b)).toBe(n);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
});

test("of a rise they are rises, of a fall falls", () => {
  const rise = Uint32Array.from({ length: 500 }, (_, k) => k);
  for (const block of blocksOf(rise, 70)) expect([...block]).toEqual([...block.keys()]);
  for (const block of blocksOf(rise.slice().reverse(), 70))
    expect([...block].reverse()).toEqual([...block.keys()]);
});

test("a block is what its own points are, ranked among themselves", () => {
  const perm = permutation(4, 30);
  const labels = blockLabels(30, 4);
  for (const [label, block] of blocksOf(perm, 8).entries()) {
    const values = [...perm].filter((_, k) => labels[k] === label);
    expect([...block]).toEqual(values.map((value) => values.filter((other) => other < value).length));
  }
});

test("each of them keeps the dependence: Spearman's correlation of a noisy rise", () => {
  const perm = noisyRise(2, 20_000);
  for (const block of blocksOf(perm, 4000)) expect(spearman(block)).toBeCloseTo(spearman(perm), 1);
});

test("a sample that is not longer is its only block", () => {
  const perm = permutation(3, 50);
  for (const most of [50, 60]) {
    const [only, ...others] = blocksOf(perm, most);
    expect(only).toBe(perm);
    expect(others).toEqual([]);
  }
});

test("the labels are the same everywhere and always: results do not change from one version to the next", () => {
  expect([...blockLabels(12, 3)]).toMatchInlineSnapshot(`
    [
      1,
      1,
      0,
      0,
      0,
      1,
      2,
      2,
      1,
      0,
      2,
      2,
    ]
  `);
});
