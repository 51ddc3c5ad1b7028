import { CountsHead, checkCounts, estimateCounts } from "infonet/internal/release";
import { beforeAll, expect, test } from "vitest";
import { calibrated } from "../heads/calibrate-head.js";
import { FIRST } from "../heads/examples.js";
import type { HeadOptions } from "../heads/make-head.js";
import { drawTable } from "../prior-tables/index.js";
import { startJax } from "../runtime/jax.js";
import { countExamples } from "./examples.js";
import { makeCountsHead } from "./make-head.js";
import { scoreCountLaws } from "./score-laws.js";

const SMALL: HeadOptions = {
  ...{ draws: 400, calibrationDraws: 300, seed: 7 },
  ...{ hidden: [12], epochs: 20, batch: 64, rate: 1e-2, threads: 1 },
};

beforeAll(() => startJax());

test("on a small budget the loss falls, the library takes the head, and the same seed gives the same one", async () => {
  const losses: number[] = [];
  const head = await makeCountsHead({
    ...SMALL,
    tell: (line) => {
      const loss = /loss ([\d.]+)/.exec(line);
      if (loss) losses.push(Number(loss[1]));
    },
  });
  expect(losses).toHaveLength(SMALL.epochs);
  expect(losses[losses.length - 1]).toBeLessThan(0.7 * losses[0]);
  expect(checkCounts(head)).toEqual(head);
  expect(await makeCountsHead(SMALL)).toEqual(head);

  // Fresh draws, of which the interval holds about nine in ten.
  const library = new CountsHead(head);
  const draws = Array.from({ length: 300 }, (_, k) => drawTable(7, FIRST.evaluation + k));
  const held = draws.filter(({ sample, mi }) => {
    const { interval } = estimateCounts(sample, library);
    return interval[0] <= mi + 1e-9 && mi <= interval[1] + 1e-9;
  });
  expect(held.length / draws.length).toBeGreaterThan(0.8);
  expect(held.length / draws.length).toBeLessThan(0.97);
  const fresh = await countExamples({ seed: 7, first: FIRST.calibration, count: SMALL.calibrationDraws });
  expect(calibrated(head, fresh)).toEqual(head.calibration);
});

test("a signal ends it", async () => {
  const stop = new AbortController();
  const tell = (): void => stop.abort(new Error("interrupted"));
  await expect(makeCountsHead({ ...SMALL, signal: stop.signal, tell })).rejects.toThrow("interrupted");
});

test("every law is scored, and Chao, Wang & Jost is what the estimate is without a head", () => {
  const scores = scoreCountLaws(undefined, { draws: 2, seed: 1 });
  expect(scores.length).toBeGreaterThan(50);
  for (const score of scores) {
    expect(Number.isFinite(score.head)).toBe(true);
    if (!/identity|prior/.test(score.law)) expect(score.head).toBeCloseTo(score.chaoWangJost, 9);
  }
});
