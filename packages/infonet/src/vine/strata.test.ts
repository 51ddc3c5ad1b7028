import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "../engine/engine.js";
import { rankScores } from "../numerics/normal-scores.js";
import { allRows } from "../numerics/rows.js";
import { draws, normalInformation } from "../testing/random.js";
import { releasedEngine } from "../testing/released.js";
import { between, columnsOf } from "./between.js";
import { changes } from "./change.js";
import { type Position, position } from "./condition.js";
import { pairEngine } from "./pair-engine.js";
import {
  changingStrata,
  enoughForStrata,
  fitParts,
  type PartSettings,
  readStrata,
  type Strata,
} from "./strata.js";

let released: Engine;
let settings: PartSettings;
beforeAll(async () => {
  released = await releasedEngine();
  settings = { engine: await pairEngine(released, 1), level: 0.05, ranks: true };
});
afterAll(() => released.dispose());

interface Law {
  n: number;
  held?: number;
  columns?: number;
  correlation: (...condition: number[]) => number;
}

/** Two normal variables whose correlation is a function of the condition, at rows fitted and held out. */
function pair(seed: number, { n, held = 0, columns = 1, correlation }: Law) {
  const { normal } = draws(seed);
  const rows = allRows(n + held);
  const given = Array.from({ length: columns }, () => Float64Array.from(rows, normal));
  const x = Float64Array.from(rows, normal);
  const y = x.map((value, row) => {
    const rho = correlation(...given.map((column) => column[row]));
    return rho * value + Math.sqrt(1 - rho * rho) * normal();
  });
  const at = (values: Float64Array): Position => position(values, rows.subarray(0, n), rows.subarray(n));
  return { a: at(x), b: at(y), given: between(given, n), seed };
}

/** Strata that are worth it, of what is worth a look. */
function strataOf({ a, b, given, seed }: ReturnType<typeof pair>, screened = false) {
  const [u, v] = [a, b].map(({ ranks }) => rankScores(ranks));
  const { ways } = changes({ u, v, between: given, seed, screened });
  return ways.length === 0 ? undefined : changingStrata({ a, b, ways, slow: screened, seed }, settings);
}

const sign = (z: number): number => 0.9 * Math.sign(z);

describe("strata that are worth more than one copula", () => {
  test("a slope by the sign of the condition: all that one copula loses", async () => {
    const changing = pair(1, { n: 800, correlation: sign });
    const strata = (await strataOf(changing))!;
    const { a, b } = changing;
    expect(strata.count).toBeGreaterThan(1);
    const { parts, readings } = await fitParts(a, b, strata, settings);
    expect(parts).toHaveLength(strata.count);
    expect(readings.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    const [whole] = (await fitParts(a, b, { count: 1, of: new Uint8Array(800) }, settings)).readings;
    const { mi, low, high, pValue } = readStrata(whole, readings, strata.gain);
    expect(Math.abs(mi - normalInformation(0.9))).toBeLessThan(0.08 * normalInformation(0.9));
    expect(whole.mi).toBeLessThan(0.6 * mi);
    expect(low).toBeLessThan(mi);
    expect(high).toBeGreaterThan(mi);
    expect(pValue).toBeLessThan(1e-6);
  });

  test("the same copula for all values, or none: no strata", async () => {
    for (const rho of [0.7, 0]) {
      const same = pair(2, { n: 800, correlation: () => rho });
      expect(await strataOf(same)).toBeUndefined();
      expect(await strataOf(same, true)).toBeUndefined();
    }
  });

  test("cells of two columns, where none of them by itself tells anything", async () => {
    const crossed = pair(3, { n: 1200, columns: 2, correlation: (p, q) => sign(p * q) });
    const { count, of } = (await strataOf(crossed))!;
    expect(count).toBeGreaterThanOrEqual(4);
    expect(of).toHaveLength(1200);
  });

  test("fewer than thirty rows a stratum in half of the rows: not tried", async () => {
    expect([119, 120].map(enoughForStrata)).toEqual([false, true]);
    expect((await strataOf(pair(4, { n: 120, correlation: sign })))?.count).toBe(2);
  });

  test("rows held out lie in the strata that their conditions fall in", async () => {
    const [n, held] = [800, 400];
    const changing = pair(5, { n, held, correlation: sign });
    const { count, of } = (await strataOf(changing))!;
    const [{ scores }] = columnsOf(changing.given);
    expect(of).toHaveLength(n + held);
    const positive = Array.from({ length: count }, (_, stratum) => {
      const own = [...of.subarray(0, n)].flatMap((s, row) => (s === stratum ? [scores[row] > 0] : []));
      return own.filter((value) => value).length > own.length / 2;
    });
    let alike = 0;
    for (let row = n; row < n + held; row++) if (positive[of[row]] === scores[row] > 0) alike++;
    expect(alike / held).toBeGreaterThan(0.9);
    const sizes = Array.from({ length: count }, (_, s) => of.subarray(0, n).filter((v) => v === s).length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });
});

test("parts hold the rows of their strata, and a copula where their pair depends", async () => {
  const n = 600;
  const { a, b, given } = pair(6, { n, held: 90, correlation: (z) => (z > 0 ? 0.8 : 0) });
  const [{ scores }] = columnsOf(given);
  const strata: Strata = { count: 2, of: Uint8Array.from(scores, (value) => (value > 0 ? 1 : 0)) };
  const { parts, readings } = await fitParts(a, b, strata, settings);
  expect(parts.map(({ mixture }) => mixture !== undefined)).toEqual([false, true]);
  expect(readings.map(({ cut }) => cut)).toEqual([true, false]);
  parts.forEach(({ places }, s) => {
    const [fitted, held] = [[...places!.fitted], [...places!.held]];
    expect(fitted).toEqual([...allRows(n)].filter((row) => strata.of[row] === s));
    expect(held).toEqual([...allRows(90)].filter((row) => strata.of[n + row] === s));
  });
  expect(readings[1].mi).toBeGreaterThan(0.3);
});

describe("what is read of strata", () => {
  const whole = { mi: 0.1, low: 0, high: 0.2, pValue: 0.3 };
  const part = { mi: 0.8, low: 0.6, high: 1.1, pValue: 1e-6, share: 0.25, cut: false };

  test("the mean over the rows; errors of strata are independent; what finer ones gained widens upwards", () => {
    const other = { mi: 0.4, low: 0.3, high: 0.6, pValue: 0.001, share: 0.75, cut: false };
    const { mi, low, high, pValue } = readStrata(whole, [part, other], 0.05);
    expect(mi).toBeCloseTo(0.25 * 0.8 + 0.75 * 0.4, 12);
    expect(mi - low).toBeCloseTo(Math.hypot(0.25 * 0.2, 0.75 * 0.1), 12);
    expect(high - mi).toBeCloseTo(Math.hypot(0.25 * 0.3, 0.75 * 0.2) + 0.05, 12);
    // The smallest of two strata, or the pair as a whole: twice.
    expect(pValue).toBeCloseTo(2 * 2 * 1e-6, 12);
  });

  test("a stratum inside the null adds nothing, but may hold as much as its upper end", () => {
    const cut = { mi: 0.02, low: 0.01, high: 0.1, pValue: 0.4, share: 0.75, cut: true };
    const { mi, low, high } = readStrata(whole, [part, cut], 0);
    expect(mi).toBeCloseTo(0.2, 12);
    expect(mi - low).toBeCloseTo(0.25 * 0.2, 12);
    expect(high - mi).toBeCloseTo(Math.hypot(0.25 * 0.3, 0.75 * 0.1), 12);
  });

  test("the p-value of the whole counts too, and none is above 1 or made where there is none", () => {
    const weak = { ...part, pValue: 0.9 };
    expect(readStrata({ ...whole, pValue: 1e-9 }, [weak], 0).pValue).toBeCloseTo(2e-9, 15);
    expect(readStrata({ ...whole, pValue: 0.7 }, [weak], 0).pValue).toBe(1);
    expect(readStrata({ ...whole, pValue: undefined }, [weak], 0).pValue).toBeUndefined();
  });
});
