import { expect, test } from "vitest";
import type { LevelSample } from "./estimator.js";
import { informationOfLevels, scoreLevels } from "./level-laws.js";

test("the information of two levels is that of the sign in normal noise, and at most ln 2", () => {
  const deviations = [1, 1];
  expect(informationOfLevels({ means: [0, 0], deviations })).toBeCloseTo(0, 9);
  expect(informationOfLevels({ means: [-20, 20], deviations })).toBeCloseTo(Math.LN2, 6);
  // Capacity of the channel with binary input at a signal-to-noise ratio of 1: 0.4859 bits.
  expect(informationOfLevels({ means: [-1, 1], deviations }) / Math.LN2).toBeCloseTo(0.4859, 3);
});

test("errors are those against the draw's own law; every level has a row", async () => {
  const seen: LevelSample[] = [];
  const zero = async (samples: readonly LevelSample[]) => {
    seen.push(...samples);
    return samples.map(() => 0);
  };
  const options = { levels: [4, 20], n: 60, draws: 3, seed: 2 };
  const scores = await scoreLevels(zero, options);
  expect(scores.map(({ law, levels }) => `${law} ${levels}`)).toEqual([
    ...["means 4", "means 20", "spreads 4", "spreads 20", "nothing 4", "nothing 20"],
  ]);
  for (const { law, truth, bias, rmse } of scores) {
    expect(bias).toBeCloseTo(-truth, 12);
    expect(rmse).toBeGreaterThanOrEqual(Math.abs(bias) - 1e-12);
    if (law === "nothing") expect(truth).toBeCloseTo(0, 9);
    else expect(truth).toBeGreaterThan(0.1);
  }
  expect(seen).toHaveLength(18);
  for (const { codes, levels, y } of seen) {
    expect(new Set(codes).size).toBe(levels);
    expect([codes.length, y.length]).toEqual([60, 60]);
  }
  expect(await scoreLevels(zero, options)).toEqual(scores);
});
