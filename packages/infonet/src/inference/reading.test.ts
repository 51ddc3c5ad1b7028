import { describe, expect, test } from "vitest";
import type { Manifest } from "../network/manifest.js";
import { Calibration } from "./calibration.js";
import { NullDistribution } from "./null-distribution.js";
import { readQuantiles, resultWarnings } from "./reading.js";

const manifest = { range: { n: [32, 10_000], ceiling: 8 } } as Manifest;
const codes = (n: number, used: number, nats: number): string[] =>
  resultWarnings({ n, used, warnings: [] }, nats, manifest).map(({ code }) => code);

test("sizes that a model was not trained with are told, and those it takes a choice of", () => {
  expect(codes(20, 20, 0.1)).toEqual(["extrapolated"]);
  expect(codes(50, 50, 0.1)).toEqual(["few-samples"]);
  expect(codes(500, 500, 0.1)).toEqual([]);
  expect(codes(20_000, 10_000, 0.1)).toEqual(["thinned"]);
});

test("near what n rows can tell, and near what the model can, an estimate is a lower bound", () => {
  expect(codes(500, 500, 5)).toEqual(["near-ceiling"]);
  expect(codes(10_000, 10_000, 7.6)).toEqual(["near-ceiling"]);
});

describe("a row of quantiles", () => {
  const quantiles = [0.6, 0.8, 1.1];
  const levels = { ...manifest, quantiles: [0.05, 0.5, 0.95] } as Manifest;
  const facts = { n: 400, used: 100, waves: 2, warnings: [] };
  // A factor of 2 below and 3 above for 100 rows, of 5 and 7 for 400.
  const calibration = new Calibration(
    {
      weights: "w",
      draws: 1,
      seed: 1,
      n: [100, 400],
      median: [0, 1],
      low: [
        [2, 2],
        [5, 5],
      ],
      high: [
        [3, 3],
        [7, 7],
      ],
    },
    "w",
  );
  const tails = [
    [1, 2, 3],
    [2, 4, 6],
  ];
  const nullDistribution = new NullDistribution(
    {
      weights: "w",
      draws: 1,
      seed: 1,
      n: [100, 400],
      tail: [0.5, 0.1, 0.01],
      information: tails,
      waves: tails,
      combined: tails,
    },
    "w",
  );
  const reading = { manifest: levels, units: "nats" as const, null: nullDistribution, calibration };

  test("the interval is calibrated for the rows that were used", () => {
    const { mi, interval, n } = readQuantiles(quantiles, facts, reading);
    expect(mi).toBe(0.8 ** 2);
    expect(interval).toEqual([(0.8 - 2 * (0.8 - 0.6)) ** 2, (0.8 + 3 * (1.1 - 0.8)) ** 2]);
    expect(n).toBe(400);
    const plain = readQuantiles(quantiles, facts, { ...reading, calibration: undefined });
    expect(plain.interval).toEqual([0.6 ** 2, 1.1 ** 2]);
  });

  test("the p-value is that of the rows that were used, and heeds the waves", () => {
    const pValue = (of: Partial<typeof facts>) =>
      readQuantiles(quantiles, { ...facts, ...of }, reading).pValue;
    expect(pValue({})).toBe(nullDistribution.pValue(0.8, 100, 2));
    expect(pValue({})).not.toBe(nullDistribution.pValue(0.8, 400, 2));
    expect(pValue({ waves: undefined })).toBe(nullDistribution.pValue(0.8, 100));
    expect(pValue({ waves: undefined })).not.toBe(pValue({}));
    expect(readQuantiles(quantiles, facts, { ...reading, null: undefined }).pValue).toBeUndefined();
  });

  test("bits are nats over ln 2; ends below zero are zero", () => {
    const bits = readQuantiles(quantiles, facts, { ...reading, units: "bits" });
    const nats = readQuantiles(quantiles, facts, reading);
    expect(bits.mi).toBeCloseTo(nats.mi / Math.LN2, 14);
    expect(bits.interval[1]).toBeCloseTo(nats.interval[1] / Math.LN2, 14);
    expect(readQuantiles([-0.5, -0.1, 0.1], facts, reading)).toMatchObject({
      mi: 0,
      interval: [0, (-0.1 + 3 * (0.1 - -0.1)) ** 2],
    });
  });
});
