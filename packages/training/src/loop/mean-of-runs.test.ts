import { expect, test } from "vitest";
import { STATE } from "../step/step.js";
import type { Checkpoint, RunRecord } from "./checkpoint.js";
import { meanOfRuns } from "./mean-of-runs.js";

const run = (seed: number, average: number[], network: object = { width: 8 }): Checkpoint => ({
  record: { seed, network, validation: { mae: seed } } as unknown as RunRecord,
  state: STATE.map((name) =>
    Float32Array.from(name === "average" ? average : average.map((v) => v - 100 * seed)),
  ),
});

test("averages the averaged weights, and keeps the rest of the last run", () => {
  const last = run(3, [7, -2]);
  const { record, state } = meanOfRuns([run(1, [1, 0]), run(2, [4, 5]), last]);
  STATE.forEach((name, k) => {
    expect([...state[k]], name).toEqual(name === "average" ? [4, 1] : [...last.state[k]]);
  });
  expect(record).toMatchObject({ seed: 3, averaged: 3, validation: {} });
});

test("leaves a single run as it is", () => {
  const only = run(1, [1, 0]);
  expect(meanOfRuns([only])).toBe(only);
});

test("refuses no runs and runs of different networks", () => {
  expect(() => meanOfRuns([])).toThrow("give at least one");
  expect(() => meanOfRuns([run(1, [1, 0]), run(2, [1, 0], { width: 16 })])).toThrow(
    '{"width":16}]; give runs that started from each other',
  );
});
