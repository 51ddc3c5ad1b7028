import { Calibration } from "infonet/internal/release";
import { expect, test } from "vitest";
import { Random } from "../prior/random.js";
import { CALIBRATION_MEDIANS, CALIBRATION_N, type CalibrationDraw, fitCalibration } from "./calibration.js";

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

test("coverage is nine in ten given the truth, not only given the estimate", () => {
  // Estimates shrink towards the middle: with equal shares left out everywhere, intervals miss the largest truths.
  const rng = new Random(2, 0);
  const draws: CalibrationDraw[] = Array.from({ length: 20_000 }, () => {
    const truth = rng.between(0.3, 2.8);
    const noise = 0.15;
    const median = 1.4 + 0.93 * (truth - 1.4) + noise * rng.normal();
    return { n: rng.logInteger(8, 10_000), median, truth, low: median - 0.3, high: median + 0.3 };
  });
  const { low, high } = fitCalibration(draws);
  const calibration = new Calibration(
    { weights: "", draws: 0, seed: 0, n: [...CALIBRATION_N], median: [...CALIBRATION_MEDIANS], low, high },
    "",
  );
  const bands = [0.55, 1, 1.41, 2, 2.8];
  for (const [b, to] of bands.entries()) {
    const inside = draws
      .filter(({ truth }) => truth >= (bands[b - 1] ?? 0) && truth < to)
      .map((draw) => {
        const [from, until] = calibration.interval(draw.low, draw.median, draw.high, draw.n);
        return Number(from <= draw.truth && draw.truth <= until);
      });
    const coverage = inside.reduce((sum, v) => sum + v, 0) / inside.length;
    expect(coverage, `band up to ${to}`).toBeGreaterThan(0.88);
    expect(coverage, `band up to ${to}`).toBeLessThan(0.92);
  }
});
