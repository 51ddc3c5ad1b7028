import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InfoNet } from "../infonet.js";
import { codesOf } from "../testing/count-tables.js";
import { draws, normalInformation } from "../testing/random.js";
import { freedOfLevels } from "./freed.js";
import { logHomogeneity } from "./numbers-within.js";

test("dependence that is alike in all levels, and such that is not", () => {
  const { uniform, normal } = draws(1);
  const kinds = Array.from({ length: 1000 }, () => Math.floor(4 * uniform()));
  const levels = codesOf(kinds);
  const x = Float64Array.from(kinds, normal);
  const of = (slope: (kind: number) => number): number => {
    const y = x.map((value, row) => slope(kinds[row]) * value + normal());
    return logHomogeneity(freedOfLevels(x, levels), freedOfLevels(y, levels), levels);
  };
  expect(of(() => 1)).toBeGreaterThan(Math.log(0.01));
  expect(of((kind) => (kind === 2 ? -1 : 1))).toBeLessThan(-20);
  expect(logHomogeneity(x, x, codesOf(kinds.map(() => 0)))).toBe(0);
});

let net: InfoNet;

beforeAll(async () => {
  net = await InfoNet.load();
});

afterAll(() => net.dispose());

const ROWS = 1000;

/** Two numbers that a level shifts, and whose correlation it may turn round. */
function shifted(count: number, equal: boolean, slope: (level: number) => number) {
  const { uniform, normal } = draws(7 * count);
  const shifts = Array.from({ length: count }, () => 3 * normal());
  const levels = Array.from({ length: ROWS }, (_, row) =>
    equal ? row % count : Math.floor(count * uniform()),
  );
  const x = levels.map((level) => 3 * shifts[level] + normal());
  const y = levels.map((level, row) => {
    const r = slope(level);
    return shifts[level] + r * (x[row] - 3 * shifts[level]) + Math.sqrt(1 - r * r) * normal();
  });
  return { x, y, levels: levels.map((level) => `g${level}`) };
}

describe.each([
  { count: 30, equal: false },
  { count: 100, equal: false },
  { count: 150, equal: true },
  { count: 300, equal: false },
])("1000 rows in $count levels, of equal size: $equal", ({ count, equal }) => {
  test("dependence that all levels share is found, in its strength", async () => {
    const { x, y, levels } = shifted(count, equal, () => 0.5);
    const { mi, interval, pValue } = await net.conditional(x, y, [levels]);
    expect(Math.abs(mi - normalInformation(0.5))).toBeLessThan(0.045);
    expect(interval[1]).toBeGreaterThan(normalInformation(0.5));
    expect(pValue).toBeLessThan(1e-9);
  });

  test("of independence little is made, and no p-value", async () => {
    const { x, y, levels } = shifted(count, equal, () => 0);
    const { mi, interval, pValue } = await net.conditional(x, y, [levels]);
    expect(mi).toBeLessThan(0.08);
    expect(interval[0]).toBe(0);
    expect(pValue).toBeGreaterThan(0.05);
  });
});

test("of small levels that differ in their dependence the interval is open, and the test sees them", async () => {
  const { x, y, levels } = shifted(100, false, (level) => (level % 2 === 0 ? 0.8 : -0.8));
  const { interval, pValue, warnings } = await net.conditional(x, y, [levels]);
  expect(interval[1]).toBe(Number.POSITIVE_INFINITY);
  expect(warnings.map(({ code }) => code)).toContain("open-interval");
  expect(pValue).toBeLessThan(1e-9);
});

test("levels of one row each tell nothing", async () => {
  const { x, y } = shifted(1, true, () => 0.9);
  const z = [Math.floor, (k: number) => k % 1].map((of) =>
    Array.from({ length: 9 }, (_, row) => `${of(row / 3).toFixed(2)}`),
  );
  const { mi, interval } = await net.conditional(x.slice(0, 9), y.slice(0, 9), z);
  expect(mi).toBe(0);
  expect(interval).toEqual([0, Number.POSITIVE_INFINITY]);
});
