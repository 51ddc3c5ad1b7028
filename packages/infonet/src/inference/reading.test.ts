import { describe, expect, test } from "vitest";
import type { Manifest } from "../network/manifest.js";
import { Calibration } from "./calibration.js";
import { NullDistribution, tablesOf } from "./null-distribution.js";
import { readBlocks, readQuantiles, resultWarnings, type SampleFacts } from "./reading.js";

const manifest = { range: { n: [32, 10_000], ceiling: 8 } } as Manifest;
const codes = (n: number, used: number, nats: number): string[] =>
  resultWarnings({ n, used, warnings: [] }, nats, { manifest, units: "nats" }).map(({ code }) => code);

test("sizes that a model was not trained with are told, and those it takes a choice of", () => {
  expect(codes(20, 20, 0.1)).toEqual(["extrapolated"]);
  expect(codes(50, 50, 0.1)).toEqual(["few-samples"]);
  expect(codes(500, 500, 0.1)).toEqual([]);
  expect(codes(20_000, 10_000, 0.1)).toEqual(["thinned"]);
});

test("a warning of the strength speaks in the unit of the result", () => {
  const messages = (["nats", "bits"] as const).map(
    (units) => resultWarnings({ n: 500, used: 500, warnings: [] }, 5, { manifest, units })[0].message,
  );
  // ln 500 − 1, and the same in bits.
  expect(messages[0]).toContain("(about 5.2 nats)");
  expect(messages[1]).toContain("(about 7.5 bits)");
});

test("near what n rows can tell, and near what the model can, an estimate is a lower bound", () => {
  expect(codes(500, 500, 5)).toEqual(["near-ceiling"]);
  expect(codes(10_000, 10_000, 7.6)).toEqual(["near-ceiling"]);
});

describe("a row of quantiles", () => {
  const quantiles = [0.6, 0.8, 1.1];
  const levels = { ...manifest, quantiles: [0.05, 0.5, 0.95] } as Manifest;
  const ranks = { n: 400, waves: 2, xi: 2, neighbours: 2 };
  const facts = { n: 400, used: 100, ranks, warnings: [] };
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
      ...tablesOf(() => tails),
    },
    "w",
  );
  const tables = { null: nullDistribution, calibration, levels: undefined, rows: undefined };
  const reading = { manifest: levels, units: "nats" as const, ...tables };

  test("the interval is calibrated for the rows that were used", () => {
    const { mi, interval, n } = readQuantiles(quantiles, facts, reading);
    expect(mi).toBe(0.8 ** 2);
    expect(interval).toEqual([(0.8 - 2 * (0.8 - 0.6)) ** 2, (0.8 + 3 * (1.1 - 0.8)) ** 2]);
    expect(n).toBe(400);
    const plain = readQuantiles(quantiles, facts, { ...reading, calibration: undefined });
    expect(plain.interval).toEqual([0.6 ** 2, 1.1 ** 2]);
  });

  test("the p-value is that of the rows that were used, and heeds the ranks of all", () => {
    const pValue = (of: Partial<SampleFacts>) =>
      readQuantiles(quantiles, { ...facts, ...of }, reading).pValue;
    expect(pValue({})).toBe(nullDistribution.pValue(0.8, 100, ranks));
    expect(pValue({})).not.toBe(nullDistribution.pValue(0.8, 100, { ...ranks, n: 100 }));
    expect(pValue({ ranks: undefined })).toBe(nullDistribution.pValue(0.8, 100));
    expect(pValue({ ranks: undefined })).not.toBe(pValue({}));
    expect(readQuantiles(quantiles, facts, { ...reading, null: undefined }).pValue).toBeUndefined();
  });

  test("blocks of the rows are averaged; their interval shrinks as chance does, to the network's own part", () => {
    const one = readQuantiles(quantiles, facts, reading);
    expect(readBlocks([quantiles], facts, reading)).toEqual(one);
    const other = [0.7, 1, 1.2];
    const second = readQuantiles(other, facts, reading);
    const { mi, interval, pValue, n, warnings } = readBlocks([quantiles, other], facts, reading);
    expect(mi).toBeCloseTo((one.mi + second.mi) / 2, 14);
    const width = (of: number[]): number => of[1] - of[0];
    expect(width(interval) / ((width(one.interval) + width(second.interval)) / 2)).toBeCloseTo(
      Math.sqrt(1 / 2 + 1 / 30),
      12,
    );
    expect(pValue).toBe(nullDistribution.pValue(0.9, 100, ranks));
    expect(n).toBe(400);
    // All rows are used: there is nothing to say of them.
    expect(warnings.map(({ code }) => code)).not.toContain("thinned");
    const many = readBlocks(new Array(1000).fill(quantiles), facts, reading).interval;
    expect(width(many) / width(one.interval)).toBeCloseTo(Math.sqrt(1 / 30), 2);
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
