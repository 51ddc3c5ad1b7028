import { expect, test } from "vitest";
import { normalQuantile } from "../numerics/normal.js";
import { permutation } from "../testing/random.js";
import { smoothDependence } from "./smooth-dependence.js";
import { waveEvidence } from "./wave-evidence.js";
import { forEachPair, squaredWaves, WAVES } from "./waves.js";

const CELLS = 64;

/** n times the squared mean of 2 cos(πiu) cos(πjv) over the points, each in the middle of one of 64 × 64 cells. */
function byDefinition(perm: Uint32Array, i: number, j: number): number {
  const n = perm.length;
  const wave = (rank: number, frequency: number): number =>
    Math.SQRT2 * Math.cos((Math.PI * frequency * (Math.floor(((rank + 0.5) * CELLS) / n) + 0.5)) / CELLS);
  const sum = perm.reduce((total, rank, k) => total + wave(k, i) * wave(rank, j), 0);
  return sum ** 2 / n;
}

const numbers = Array.from({ length: WAVES }, (_, k) => k + 1);

test.each([8, 33, 500])("squared correlations of %i points are those of the definition", (n) => {
  const perm = permutation(6, n);
  const squares = squaredWaves(perm);
  for (const j of numbers) {
    for (const i of numbers) {
      expect(squares[(j - 1) * WAVES + i - 1], `waves ${i} and ${j}`).toBeCloseTo(
        byDefinition(perm, i, j),
        9,
      );
    }
  }
});

test("pairs stand row by row, i along u", () => {
  const pairs = forEachPair((i, j) => 10 * i + j);
  expect([...pairs.slice(0, 3)]).toEqual([11, 21, 31]);
  expect([...pairs.slice(WAVES, WAVES + 3)]).toEqual([12, 22, 32]);
  expect(pairs[WAVES * WAVES - 1]).toBe(88);
});

test.each([8, 40, 500])("the weighted sum of %i points is that of the definition", (n) => {
  const perm = permutation(7, n);
  let expected = 0;
  for (const j of numbers) {
    for (const i of numbers) expected += (i === 1 && j === 1 ? 2 : 1 / (i * j)) * byDefinition(perm, i, j);
  }
  expect(smoothDependence(perm)).toBeCloseTo(expected, 9);
});

/** Shares of the alternatives, their variances, and the pairs of waves that are theirs: the slower one first. Trends are apart. */
const ALTERNATIVES: [share: number, variance: number, pairs: [slower: number, faster: number][]][] = [
  [0.1, 12, [[2, 2]]],
  [0.1, 8, [[1, 2]]],
  [0.08, 4, [2, 3, 4, 5, 6].map((faster) => [1, faster])],
  [0.12, 2, [1, 2, 3, 4].flatMap((f) => numbers.slice(0, f).map((s): [number, number] => [s, f]))],
];

const ratio = (square: number, variance: number): number =>
  Math.exp((square * variance) / (1 + variance) / 2) / Math.sqrt(1 + variance);

test.each([8, 40, 500])("evidence of %i points is the logarithm of the average likelihood ratio", (n) => {
  const scores = Array.from({ length: n }, (_, k) => normalQuantile((k + 0.5) / n));
  const norm = scores.reduce((sum, score) => sum + score ** 2, 0);
  for (const seed of [1, 2, 3]) {
    const perm = permutation(seed, n);
    const correlation = perm.reduce((sum, rank, k) => sum + scores[k] * scores[rank], 0) / norm;
    let average = 0.6 * ratio(n * correlation ** 2, 12);
    for (const [share, variance, pairs] of ALTERNATIVES) {
      let product = share;
      for (const [slower, faster] of pairs) {
        product *= ratio(byDefinition(perm, slower, faster), variance);
        if (slower !== faster) product *= ratio(byDefinition(perm, faster, slower), variance);
      }
      average += product;
    }
    expect(waveEvidence(perm)).toBeCloseTo(Math.log(average), 9);
  }
});
