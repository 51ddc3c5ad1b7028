import { expect, test } from "vitest";
import { CALIBRATION_MEDIANS, CALIBRATION_N, type CalibrationDraw, fitCalibration } from "./calibrate.js";
import { Random } from "./prior/random.js";

test("intervals half too wide below and twice too narrow above get their factors back", () => {
  const rng = new Random(1, 0);
  const draws: CalibrationDraw[] = Array.from({ length: 20_000 }, () => {
    const n = rng.logInteger(32, 20_000);
    const median = rng.between(0, 2.8);
    // The truth is normal about the median with deviation 0.01; 1.645 deviations leave out 5 %.
    return {
      n,
      median,
      truth: median + 0.01 * rng.normal(),
      low: median - 1.5 * 0.01645,
      high: median + 0.5 * 0.01645,
    };
  });
  const { low, high } = fitCalibration(draws);
  expect(low).toHaveLength(CALIBRATION_N.length);
  expect(low[0]).toHaveLength(CALIBRATION_MEDIANS.length);
  const mean = (table: number[][]) => table.flat().reduce((a, b) => a + b, 0) / table.flat().length;
  expect(mean(low)).toBeCloseTo(1 / 1.5, 1);
  expect(mean(high)).toBeCloseTo(2, 1);
  for (const value of low.flat()) expect(Math.abs(value * 1.5 - 1)).toBeLessThan(0.35);
});
