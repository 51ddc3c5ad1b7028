import { combinedEvidence, smoothEvidence } from "infonet/internal/release";
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
  const parts = { information: draw(), waves: draw(), xi: draw(), neighbours: draw() };
  // Any increasing function of a statistic gives the same evidence.
  const { smooth, combined } = combine({ ...parts, information: parts.information.map((v) => 1 + v ** 2) });
  const inside = (k: number): boolean =>
    Object.values(parts).every((values) => values[k] > 0.5 && values[k] < 4);
  const looked = [...combined.keys()].filter(inside);
  expect(looked.length).toBeGreaterThan(100);
  // Inside the table evidence is what it was drawn as, and the combination of the two, −ln p of e + 0.35 e', has a closed form.
  for (const k of looked) {
    const t = smoothEvidence(parts.information[k], parts.waves[k]);
    expect(Math.abs(smooth[k] - t)).toBeLessThan(0.5);
    const tail = (Math.exp(-t) - 0.35 * Math.exp(-t / 0.35)) / 0.65;
    const evidence = { information: parts.information[k], xi: parts.xi[k], neighbours: parts.neighbours[k] };
    const expected = combinedEvidence({ ...evidence, smooth: -Math.log(tail) });
    expect(Math.abs(combined[k] - expected)).toBeLessThan(0.35);
  }
});
