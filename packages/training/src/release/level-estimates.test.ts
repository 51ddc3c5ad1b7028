import type { FeatureArrays } from "infonet/copula";
import { expect, test } from "vitest";
import { Random } from "../prior/random.js";
import { estimateLevels } from "./level-estimates.js";
import type { QuantileModel } from "./quantile-model.js";

const rng = new Random(4, 1);
const sample = (n: number, levels: number) => ({
  codes: Uint32Array.from({ length: n }, (_, i) => (i < levels ? i : rng.integer(0, levels - 1))),
  levels,
  y: Float64Array.from({ length: n }, () => rng.normal()),
});

test("samples go in batches to the network, each with its number of levels; medians are squared", async () => {
  const asked: FeatureArrays[] = [];
  const model = {
    batch: 2,
    levels: 3,
    median: 1,
    // The median is n less ten times the levels.
    quantiles: async (features: FeatureArrays) => {
      asked.push({ ...features, levels: features.levels.slice(), n: features.n.slice() });
      return Float32Array.from({ length: 6 }, (_, at) => {
        const slot = Math.floor(at / 3);
        return at % 3 === 1 ? features.n[slot] - 10 * features.levels[slot] : Number.NaN;
      });
    },
  } as unknown as QuantileModel;
  const samples = [sample(50, 3), sample(40, 2), sample(60, 9)];
  expect(await estimateLevels(model, samples)).toEqual([20 ** 2, 20 ** 2, 0]);
  expect(asked.map(({ n, levels }) => [[...n], [...levels]])).toEqual([
    [
      [50, 40],
      [3, 2],
    ],
    [
      [60, 60],
      [9, 9],
    ],
  ]);
});
