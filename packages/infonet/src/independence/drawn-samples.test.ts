import { afterAll, beforeAll, expect, test } from "vitest";
import { inverse } from "../copula/index.js";
import type { Engine } from "../engine/engine.js";
import { LongCall } from "../long-call.js";
import { order } from "../numerics/order.js";
import { draws } from "../testing/random.js";
import { releasedEngine } from "../testing/released.js";
import { type PairEngine, pairEngine } from "../vine/pair-engine.js";
import { DrawnSamples, evidenceAmong } from "./drawn-samples.js";

let released: Engine;
let engine: PairEngine;
beforeAll(async () => {
  released = await releasedEngine();
  engine = await pairEngine(released, 1);
});
afterAll(() => released.dispose());

const ranksOf = (values: Float64Array): Uint32Array => inverse(order(values));
const N = 400;

/** Two variables of which the second is the first one times a factor of the condition, and noise. */
function samplesOf(factor: (z: number) => number): DrawnSamples {
  const { normal } = draws(1);
  const z = Float64Array.from({ length: N }, normal);
  const x = Float64Array.from({ length: N }, normal);
  const y = x.map((value, row) => factor(z[row]) * value + normal());
  const call = new LongCall({}, "pairs", async () => {});
  return new DrawnSamples(ranksOf(x), ranksOf(y), [z], { seed: 3, engine, call });
}
const all = [Uint32Array.from({ length: N }, (_, row) => row)];

test("strata see what cancels where all rows are pooled", async () => {
  const samples = samplesOf((z) => Math.sign(z));
  const { pValue = 1 } = await samples.read();
  const evidence = evidenceAmong(await samples.drawn(1, samples.within(all), 0, 60));
  const seen = samples.observed(pValue);
  expect(evidence({ ...seen, pValue: 1 })).toBeGreaterThan(20);
  expect(evidence({ ...seen, inStrata: 0 })).toBeLessThan(evidence(seen));
});

test("permuted samples show nothing; turned ones what sizes share, and nothing of sides", async () => {
  const evidenceOf = async (samples: DrawnSamples, name: "within" | "turned"): Promise<number> => {
    const among = evidenceAmong(await samples.drawn(1, samples.within(all), 0, 60));
    const drawn = await samples.drawn(2, name === "within" ? samples.within(all) : samples.turned, 0, 40);
    return drawn.reduce((sum, sample) => sum + among(sample), 0) / drawn.length;
  };
  // The sign of the factor is drawn by chance: nothing but sizes is in common.
  const { uniform } = draws(2);
  const sizes = samplesOf(() => (uniform() < 0.5 ? 3 : -3));
  const faint = samplesOf(() => 0.4);
  expect(await evidenceOf(faint, "within")).toBeLessThan(2);
  expect(await evidenceOf(faint, "turned")).toBeLessThan(2);
  expect(await evidenceOf(sizes, "within")).toBeLessThan(2);
  expect(await evidenceOf(sizes, "turned")).toBeGreaterThan(20);
});

test("an order has random numbers of its own, whichever others are drawn", async () => {
  const samples = samplesOf(() => 1);
  const whole = await samples.drawn(1, samples.within(all), 0, 10);
  expect(await samples.drawn(1, samples.within(all), 4, 7)).toEqual(whole.slice(4, 7));
  expect(await samples.drawn(2, samples.within(all), 0, 10)).not.toEqual(whole);
});
