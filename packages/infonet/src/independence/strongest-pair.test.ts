import { expect, test } from "vitest";
import { inverse, orient, rankPermutation } from "../copula/index.js";
import { LongCall } from "../long-call.js";
import type { Network } from "../network/network.js";
import { rankScores } from "../numerics/normal-scores.js";
import { order } from "../numerics/order.js";
import { draws } from "../testing/random.js";
import type { PairEngine } from "../vine/pair-engine.js";
import type { Side } from "../vine/sides.js";
import { strongestPair } from "./strongest-pair.js";

const n = 400;
const noise = (seed: number) => Float64Array.from({ length: n }, draws(seed).normal);
const mixed = (column: Float64Array, r: number, seed: number) => {
  const other = noise(seed);
  return column.map((value, row) => r * value + Math.sqrt(1 - r * r) * other[row]);
};
function side(name: string, columns: Float64Array[]): Side {
  const ranks = columns.map((column) => inverse(order(column)));
  return { name, index: [...columns.keys()], columns, ranks, scores: ranks.map(rankScores) };
}

/** Correlation of the ranks of a permutation, up to its sign. */
function rankCorrelation(perm: Uint32Array): number {
  const mean = (perm.length - 1) / 2;
  let [products, squares] = [0, 0];
  perm.forEach((v, u) => {
    products += (v - mean) * (u - mean);
    squares += (u - mean) ** 2;
  });
  return Math.abs(products / squares);
}

/** A network that takes the ranks' correlation for √MI, and what it was asked. */
function fake(pValue: () => number | undefined = () => 0, estimate = (root: number) => root ** 2) {
  const asked: Uint32Array[] = [];
  const network = {
    values: async (samples: readonly { perm: Uint32Array }[]) => {
      const perms = samples.map(({ perm }) => perm);
      asked.push(...perms);
      return Float32Array.from(perms, rankCorrelation);
    },
  } as unknown as Network;
  const engine: PairEngine = {
    model: {
      ...{ largestBatch: 16, levels: 1, rows: [64, 10_000], ceiling: 5 },
      readPair: ({ 0: root }) => ({ mi: estimate(root), low: 0, high: 1, pValue: pValue() }),
    },
    workers: { parallel: 1, run: async (task, input) => task.run(input, network) },
    densities: () => Promise.reject(new Error("no densities are needed")),
  };
  const told: { done: number; total: number }[] = [];
  const onProgress = (progress: { done: number; total: number }) => void told.push(progress);
  const find = (x: Float64Array[], y: Float64Array[]) =>
    strongestPair(
      side("X", x),
      side("Y", y),
      engine,
      new LongCall({ onProgress }, "pairs", async () => {}),
    ).then(({ pair }) => pair);
  return { find, asked, told };
}

const a = noise(1);
const b = noise(2);

test("the pair with the largest estimate, by its numbers, and what it is told of the pairs", async () => {
  const { find, asked, told } = fake();
  const y = [noise(3), mixed(a, 0.5, 4), mixed(b, 0.9, 5)];
  const found = await find([noise(6), a, b], y);
  expect(found).toMatchObject({ i: 2, j: 2 });
  const [ranksB, ranksY] = [b, y[2]].map((column) => inverse(order(column)));
  const perm = orient(rankPermutation(ranksB, ranksY)).perm;
  expect(found!.mi).toBeCloseTo(rankCorrelation(perm) ** 2, 6);
  // In canonical orientation, the one of the largest smooth statistic first.
  expect(asked).toHaveLength(9);
  expect(asked[0]).toEqual(perm);
  expect(told).toEqual([{ done: 9, total: 9 }]);
});

test("of many pairs the network looks at 48, those of the largest statistic", async () => {
  const { find, asked } = fake();
  const x = Array.from({ length: 8 }, (_, k) => noise(20 + k));
  const y = Array.from({ length: 9 }, (_, k) => noise(40 + k));
  y[8] = mixed(x[7], -0.8, 60);
  expect(await find(x, y)).toMatchObject({ i: 7, j: 8 });
  expect(asked).toHaveLength(48);
});

test("the estimate decides, not the statistic by which they were chosen; of equal ones the first", async () => {
  const y = [mixed(a, 0.9, 14), mixed(a, 0.6, 15), mixed(a, 0.3, 16)];
  const weakest = fake(undefined, (root) => 1 - root);
  expect(await weakest.find([a], y)).toMatchObject({ i: 0, j: 2 });
  const equal = fake(undefined, () => 1);
  expect(await equal.find([noise(17), a, a], [y[0], y[0]])).toMatchObject({ i: 1, j: 0 });
});

test("a pair counts where the largest of as many independent ones is as large in one of fifty cases at most", async () => {
  const [x, y] = [
    [a, noise(7)],
    [mixed(a, 0.6, 8), noise(9), noise(10)],
  ];
  // Of six pairs: a sixth of 0.02 (Bonferroni).
  expect(await fake(() => 0.02 / 6).find(x, y)).toMatchObject({ i: 0, j: 0 });
  expect(await fake(() => 0.0201 / 6).find(x, y)).toBeUndefined();
});

test("without p-values 2n times the estimate must be 8, and 2 ln 6 more among six pairs", async () => {
  const limit = (pairs: number) => Math.sqrt((8 + 2 * Math.log(pairs)) / (2 * n));
  for (const [factor, counts] of [
    [1.01, true],
    [0.99, false],
  ] as const) {
    for (const pairs of [1, 6]) {
      const estimate = (factor * limit(pairs)) ** 2;
      const { find } = fake(
        () => undefined,
        () => estimate,
      );
      const found = await find(
        [a],
        Array.from({ length: pairs }, (_, k) => noise(70 + k)),
      );
      expect(found !== undefined, `${factor} of the limit of ${pairs}`).toBe(counts);
    }
  }
});
