import { expect, test } from "vitest";
import { DEFAULT_ADAMW } from "./adamw.js";
import { DEFAULT_SCHEDULE, scheduleAt } from "./schedule.js";

const at = (step: number, progress: number) => scheduleAt(DEFAULT_SCHEDULE, DEFAULT_ADAMW, step, progress);

test("the rate rises over the warm-up, then falls to zero at the end and stays there", () => {
  expect(at(0, 0).rate).toBeCloseTo(DEFAULT_SCHEDULE.peakRate / DEFAULT_SCHEDULE.warmup, 12);
  expect(at(499, 0).rate).toBe(DEFAULT_SCHEDULE.peakRate);
  expect(at(10_000, 0.5).rate).toBeCloseTo(DEFAULT_SCHEDULE.peakRate / 2, 12);
  expect(at(10_000, 1).rate).toBeCloseTo(0, 12);
  expect(at(10_000, 1.2).rate).toBeCloseTo(0, 12);
});

test("the corrections undo the zero start of the moments", () => {
  const { beta1, beta2 } = DEFAULT_ADAMW;
  expect(at(0, 0).correction1 * (1 - beta1)).toBeCloseTo(1, 12);
  expect(at(1, 0).correction2 * (1 - beta2 ** 2)).toBeCloseTo(1, 12);
});

test("a young moving average forgets its start", () => {
  expect(at(0, 0).averageDecay).toBeCloseTo(0.1, 12);
  expect(at(1_000_000, 0).averageDecay).toBe(DEFAULT_SCHEDULE.averageDecay);
});
