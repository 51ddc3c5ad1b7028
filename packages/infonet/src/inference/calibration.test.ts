import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { expectRefused, expectRefusedOrSound } from "../testing/mutations.js";
import { Calibration, type CalibrationTable, checkCalibration } from "./calibration.js";

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

const released = JSON.parse(
  readFileSync(new URL("../../model/calibration.json", import.meta.url), "utf8"),
) as CalibrationTable;

test.each<[string, (table: CalibrationTable) => unknown, RegExp]>([
  [
    "without a part",
    (t) => Reflect.deleteProperty(t, "low"),
    /calibration\.json: low is missing; .*npm run calibrate/,
  ],
  [
    "without weights",
    (t) => Reflect.deleteProperty(t, "weights"),
    /weights is missing; it must be a SHA-256/,
  ],
  ["with a row too many", (t) => t.high.push(t.high[0]), /high is a list of 13; it must be a list of 12/],
  ["with one size", (t) => t.n.splice(1), /n is a list of 1; it must be a list of sample sizes, 2 to/],
  ["with a size twice", (t) => t.n.splice(1, 1, 8), /n\[1\] is 8; it must be above 8/],
  [
    "with a median of text",
    (t) => Object.assign(t.median, { 2: "0" }),
    /median\[2\] is "0"; it must be a number/,
  ],
  [
    "with a negative factor",
    (t) => t.low[0].fill(-1),
    /low\[0\]\[0\] is -1; it must be a factor of at least 0/,
  ],
])("a table %s is refused, and the wrong part named", (_, change, message) => {
  expectRefused(released, checkCalibration, change, message);
});

test("any change of the released table is refused as a model's fault, or gives intervals", () => {
  expectRefusedOrSound(released, checkCalibration, (read, t, n) => {
    const [low, high] = new Calibration(read, read.weights).interval(t - 0.1, t, t + 0.1, n);
    expect(low).toBeLessThanOrEqual(t);
    expect(high).toBeGreaterThanOrEqual(t);
  });
});
