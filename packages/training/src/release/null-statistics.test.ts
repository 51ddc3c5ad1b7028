import { combinedEvidence } from "infonet/internal/release";
import { expect, test } from "vitest";
import { Random } from "../prior/random.js";
import { combine, randomPermutation, SIZES, tailQuantiles } from "./null-statistics.js";

test("tail quantiles of 1 … 1000 are what they leave above them", () => {
  const statistics = Float64Array.from({ length: 1000 }, (_, k) => k + 1);
  const tail = [0.9, 0.5, 0.1, 0.01];
  tailQuantiles(statistics, tail).forEach((value, k) => {
    const above = statistics.filter((s) => s > value).length / 1000;
    expect(above).toBeCloseTo(tail[k], 2);
  });
});

test("permutations are permutations, every rank anywhere", () => {
  const rng = new Random(1, 0);
  const places = new Float64Array(5);
  for (let k = 0; k < 2000; k++) {
    const perm = randomPermutation(rng, 5);
    expect([...perm].sort()).toEqual([0, 1, 2, 3, 4]);
    places[perm[0]]++;
  }
  for (const count of places) expect(Math.abs(count - 400)).toBeLessThan(80);
});

test("sample sizes rise", () => {
  expect([...SIZES].sort((a, b) => a - b)).toEqual(SIZES);
  expect(new Set(SIZES).size).toBe(SIZES.length);
});

test("evidence is combined draw by draw, each part by its rank among the draws", () => {
  const rng = new Random(2, 0);
  const draw = (): Float64Array => Float64Array.from({ length: 4000 }, () => -Math.log(rng.uniform()));
  const [a, b] = [draw(), draw()];
  // Any increasing function of a statistic gives the same evidence.
  const combined = combine(
    a.map((v) => 1 + v ** 2),
    b,
  );
  a.forEach((evidence, k) => {
    // Inside the table evidence is what it was drawn as.
    if (evidence > 0.5 && evidence < 4 && b[k] > 0.5 && b[k] < 4) {
      expect(Math.abs(combined[k] - combinedEvidence(evidence, b[k]))).toBeLessThan(0.5);
    }
  });
});
