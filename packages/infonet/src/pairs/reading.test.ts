import { describe, expect, test } from "vitest";
import type { Manifest } from "../network/manifest.js";
import { draws } from "../testing/random.js";
import type { Column, Units } from "../types.js";
import { networkParts, planPair } from "./plan.js";
import { prepareColumn } from "./prepared.js";
import { readPair } from "./reading.js";

const manifest = { quantiles: [0.05, 0.5, 0.95], range: { n: [8, 10_000], ceiling: 8 } } as Manifest;
const { normal, uniform } = draws(3);
const rows = <Value>(n: number, cell: (row: number) => Value): Value[] =>
  Array.from({ length: n }, (_, k) => cell(k));
const n = 400;

/** The reading of a pair of whose parts the network says the same quantiles of √MI. */
function read(x: Column, y: Column, quantiles = [0.3, 0.4, 0.5], units: Units = "nats") {
  const plan = planPair(prepareColumn("x", x), prepareColumn("y", y), 10_000);
  const reading = {
    manifest,
    null: undefined,
    calibration: undefined,
    levels: undefined,
    rows: undefined,
    units: "nats" as const,
  };
  const { result } = readPair(
    plan,
    networkParts(plan).map(() => quantiles),
    { reading, counts: undefined, units },
  );
  return { plan, ...result };
}

test("two numbers are what the network says", () => {
  const { mi, interval, pValue, kinds, entropies, normalized } = read(rows(n, normal), rows(n, normal));
  expect(mi).toBeCloseTo(0.16, 12);
  expect(interval[0]).toBeCloseTo(0.09, 12);
  expect(interval[1]).toBeCloseTo(0.25, 12);
  expect([pValue, kinds, entropies, normalized]).toEqual([
    undefined,
    ["number", "number"],
    [undefined, undefined],
    undefined,
  ]);
});

test("parts are weighed by their rows, their errors added as those of independent estimates", () => {
  const zeros = rows(n, (k) => (k % 4 === 0 ? 0 : normal()));
  const { plan, mi, interval } = read(
    zeros,
    rows(n, (k) => normal() + (k % 4 === 0 ? 3 : 0)),
  );
  expect(networkParts(plan).map(({ share }) => share)).toEqual([1, 0.75]);
  expect(mi).toBeCloseTo(1.75 * 0.16, 12);
  expect(interval[1] - mi).toBeCloseTo(Math.hypot(1, 0.75) * 0.09, 12);
});

describe("levels", () => {
  const halves = rows(n, (k) => (k % 2 === 0 ? "a" : "b"));
  const fourths = rows(n, (k) => (k % 4 === 0 ? "a" : "b"));

  test("are never worth more than their entropy, in the unit asked for", () => {
    const noise = rows(n, normal);
    const separate = noise.map((value, k) => value + (halves[k] === "a" ? 0 : 2));
    const { mi, interval, entropies, normalized } = read(halves, separate, [0.8, 1, 1.2]);
    expect([mi, interval[1]]).toEqual([Math.LN2, Math.LN2]);
    expect(entropies[0]).toBe(Math.LN2);
    expect(normalized).toBe(1);
    const bits = read(halves, separate, [0.8, 1, 1.2], "bits");
    expect([bits.mi, bits.entropies[0], bits.normalized]).toEqual([1, 1, 1]);
  });

  test("a table needs no network; a column with itself has its entropy", () => {
    const { mi, interval, pValue, kinds, entropies } = read(fourths, fourths);
    expect(kinds).toEqual(["levels", "levels"]);
    expect(mi).toBe(entropies[0]);
    expect(interval[1]).toBe(mi);
    expect(mi).toBeCloseTo(-0.25 * Math.log(0.25) - 0.75 * Math.log(0.75), 2);
    expect(pValue).toBeLessThan(1e-50);
  });

  test("numbers of few values are not worth more than theirs either", () => {
    const months = rows(n, (k) => 1 + (k % 12));
    const { mi, kinds } = read(
      months,
      rows(n, (k) => k),
      [2, 2.1, 2.2],
    );
    expect(kinds).toEqual(["number", "number"]);
    expect(mi).toBe(Math.log(12));
  });
});

test("where the p-value is above 0.05 the interval reaches 0", () => {
  for (let trial = 0; trial < 20; trial++) {
    const x = rows(60, () => Math.floor(3 * uniform()));
    const y = rows(60, () => Math.floor(2 * uniform()));
    const { pValue, interval, mi } = read(x, y);
    if ((pValue as number) > 0.05) expect(interval[0]).toBe(0);
    expect(mi).toBeGreaterThanOrEqual(interval[0]);
    expect(mi).toBeLessThanOrEqual(interval[1]);
  }
});

test("few rows are told of once, whatever the parts", () => {
  const codes = ({ warnings }: { warnings: { code: string }[] }) => warnings.map(({ code }) => code);
  expect(
    codes(
      read(
        rows(40, (k) => k % 2 === 0),
        rows(40, (k) => k % 3 === 0),
      ),
    ),
  ).toEqual(["few-samples"]);
  expect(
    codes(
      read(
        rows(40, normal),
        rows(40, (k) => k % 2),
      ),
    ),
  ).toEqual(["few-samples"]);
  expect(
    codes(
      read(
        rows(n, (k) => k % 2 === 0),
        rows(n, (k) => k % 3 === 0),
      ),
    ),
  ).toEqual([]);
});
