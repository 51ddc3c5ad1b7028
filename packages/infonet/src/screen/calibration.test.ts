import { expect, test } from "vitest";
import { Calibration, type CalibrationTable } from "./calibration.js";

const table: CalibrationTable = {
  weights: "abc",
  draws: 1,
  seed: 1,
  n: [100, 10_000],
  median: [0, 1],
  low: [
    [1, 2],
    [3, 4],
  ],
  high: [
    [0.5, 0.5],
    [1.5, 1.5],
  ],
};
const calibration = new Calibration(table, "abc");

test("stretches the two ends on their own, at the knots and between them", () => {
  expect(calibration.interval(0.9, 1, 1.2, 100)).toEqual([1 - 2 * (1 - 0.9), 1 + 0.5 * (1.2 - 1)]);
  const [low, high] = calibration.interval(0.4, 0.5, 0.6, 1000);
  expect(low).toBeCloseTo(0.5 - 2.5 * 0.1, 12);
  expect(high).toBeCloseTo(0.5 + 1 * 0.1, 12);
});

test("goes on as at its edges", () => {
  expect(calibration.interval(1.9, 2, 2.1, 1e6)).toEqual(calibration.interval(1.9, 2, 2.1, 10_000));
  expect(calibration.interval(-0.2, -0.1, 0, 10)).toEqual([-0.1 - (-0.1 + 0.2), -0.1 + 0.5 * 0.1]);
});

test("a table of other weights is refused", () => {
  expect(() => new Calibration(table, "def")).toThrow(
    /calibration\.json was made with weights abc…, not def…/,
  );
});
