import { describe, expect, test } from "vitest";
import { ofColumns } from "../testing/matrices.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedNet } from "../testing/released.js";

const net = await releasedNet();

const coins = (seed: number, n: number): string[] => {
  const { uniform } = draws(seed);
  return Array.from({ length: n }, () => (uniform() < 0.5 ? "yes" : "no"));
};
const entropy = (values: readonly string[]): number => {
  const share = values.filter((value) => value === "yes").length / values.length;
  return -share * Math.log(share) - (1 - share) * Math.log(1 - share);
};

describe("texts", () => {
  const n = 1000;
  const [a, b] = [coins(1, n), coins(2, n)];

  test("an exclusive or is all synergy: ln 2, of which no column tells anything", async () => {
    const either = a.map((value, row) => (value === b[row] ? "same" : "other"));
    for (const several of ["x", "y"] as const) {
      const { mi, interaction } =
        several === "x" ? await net.joint([a, b], [either]) : await net.joint([either], [a, b]);
      const { of, each, mi: synergy, interval } = interaction!;
      expect(of).toBe(several);
      expect(each).toHaveLength(2);
      for (const own of each) expect(own).toBeLessThan(0.01);
      expect(Math.abs(synergy - Math.LN2)).toBeLessThan(0.02);
      expect(synergy).toBeCloseTo(mi - each[0] - each[1], 12);
      expect(interval[0]).toBeGreaterThan(0.6);
      expect(interval[1]).toBeGreaterThan(synergy);
    }
  });

  test("copies are all redundancy: minus their entropy", async () => {
    const copy = a.map((value) => (value === "yes" ? "on" : "off"));
    const { interaction } = await net.joint([a, copy], [a]);
    expect(Math.abs(interaction!.mi + entropy(a))).toBeLessThan(0.01);
    expect(interaction!.interval[1]).toBeLessThan(-0.5);
  });

  test("columns that tell different things have next to no interaction; bits are nats over ln 2", async () => {
    const both = a.map((value, row) => `${value} ${b[row]}`);
    const [nats, bits] = [
      await net.joint([a, b], [both]),
      await net.joint([a, b], [both], { units: "bits" }),
    ];
    expect(Math.abs(nats.interaction!.mi)).toBeLessThan(0.03);
    expect(bits.interaction!.mi).toBeCloseTo(nats.interaction!.mi / Math.LN2, 9);
  });
});

test("no more is told twice than the weaker column tells, also where the estimate is at its ceiling", async () => {
  const n = 200;
  const { normal } = draws(4);
  const x = Float64Array.from({ length: n }, normal);
  const { interaction } = await net.joint([x, coins(5, n)], [x.map((value) => 2 * value)]);
  const { mi, each } = interaction!;
  expect(-mi).toBeLessThanOrEqual(Math.min(...each) + 1e-9);
});

test("undefined where both variables have several columns, or one each", async () => {
  const n = 300;
  const { normal } = draws(3);
  const [a, b, c, d] = Array.from({ length: 4 }, () => Float64Array.from({ length: n }, normal));
  expect((await net.joint(ofColumns(a, b), ofColumns(c, d))).interaction).toBeUndefined();
  expect((await net.joint(a, c)).interaction).toBeUndefined();
  expect((await net.joint(ofColumns(a, b), c)).interaction).toBeDefined();
  const many = ofColumns(...Array.from({ length: 13 }, () => Float64Array.from({ length: n }, normal)));
  expect((await net.joint(many, c)).interaction).toBeUndefined();
});

test("numbers: two noisy views of one cause are redundant by what they share", async () => {
  const n = 2000;
  const { normal } = draws(4);
  const cause = Float64Array.from({ length: n }, normal);
  const [first, second] = [0, 1].map(() => cause.map((value) => value + 0.5 * normal()));
  const { interaction } = await net.joint(ofColumns(first, second), cause);
  // ½ ln(1 + 8) of both, ½ ln(1 + 4) of each.
  const truth = 0.5 * Math.log(9) - Math.log(5);
  expect(Math.abs(interaction!.mi - truth)).toBeLessThan(0.06);
  for (const own of interaction!.each) {
    expect(Math.abs(own - normalInformation(Math.sqrt(0.8)))).toBeLessThan(0.06);
  }
  expect(interaction!.interval[0]).toBeLessThan(truth);
  expect(interaction!.interval[1]).toBeGreaterThan(truth);
});
