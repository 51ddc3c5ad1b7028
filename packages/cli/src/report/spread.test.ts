import type { Copula } from "infonet";
import { describe, expect, test } from "vitest";
import type { TableColumn } from "../table/types.js";
import { normalCopula, normalQuantile } from "../testing/normal-copula.js";
import { parsePage, texts } from "../testing/page.js";
import { column, estimated } from "../testing/samples.js";
import type { Axis } from "./axis.js";
import { endsInWords, hasSpread, spreadKey, spreadOf } from "./spread.js";

const axis = (given: TableColumn): Axis => ({ column: given, sorted: given.values.slice().sort() });
const of = (name: string, value: (share: number) => number, length = 2000) =>
  axis(
    column(
      name,
      Array.from({ length }, (_, k) => value((k + 0.5) / length)),
    ),
  );
const r = 0.8;
const copula = normalCopula(r);
const heights = of("height", normalQuantile);
const weights = of("weight", (share) => 70 + 10 * normalQuantile(share));

describe("spreadOf", () => {
  test("is the middle of y given x, and where 5 % and 95 % of it lie below", () => {
    const points = spreadOf(copula, heights, weights) ?? [];
    expect(points).toHaveLength(48);
    const reach = 16.45 * Math.sqrt(1 - r * r);
    for (const { x, low, middle, high } of points) {
      expect(middle).toBeCloseTo(70 + 10 * r * x, 0);
      // Beyond the last values there is nothing to read.
      if (Math.abs(x) < 1.5) {
        expect(Math.abs(low - (middle - reach))).toBeLessThan(0.3);
        expect(Math.abs(high - (middle + reach))).toBeLessThan(0.3);
      }
    }
    expect(points.map(({ x }) => x)).toEqual(points.map(({ x }) => x).sort((a, b) => a - b));
  });

  test("has one point where x stays the same, in the middle of its ranks", () => {
    const zeros = of("rain", (share) => Math.max(0, share - 0.5));
    const points = spreadOf(copula, zeros, weights) ?? [];
    expect(points.filter(({ x }) => x === 0)).toHaveLength(1);
    expect(points[0].middle).toBeCloseTo(70 + 10 * r * normalQuantile(0.25), 0);
    expect(
      spreadOf(
        copula,
        of("rarely", (share) => Math.max(0, share - 0.95)),
        weights,
      ),
    ).toBeUndefined();
  });
});

describe("hasSpread", () => {
  const cell = estimated("height", "weight", 0.5, { pValue: 0.05 });

  test("is so for numbers and dates that depend on one another", () => {
    expect(hasSpread(cell, heights, weights)).toBe(true);
    const dates: Axis = { ...heights, column: { ...heights.column, kind: "date" } };
    expect(hasSpread(cell, dates, weights)).toBe(true);
  });

  test("goes by the interval where the model gives no p", () => {
    expect(hasSpread({ ...cell, pValue: undefined }, heights, weights)).toBe(true);
    expect(hasSpread({ ...cell, pValue: undefined, interval: [0, 0.1] }, heights, weights)).toBe(false);
  });

  test("is not so without evidence, for few rows, few values, levels or mixtures", () => {
    expect(hasSpread({ ...cell, pValue: 0.051 }, heights, weights)).toBe(false);
    expect(hasSpread({ ...cell, n: 29 }, heights, weights)).toBe(false);
    const few = of("few", (share) => Math.floor(share * 12));
    const codes = of("codes", (share) => Math.floor(share * 20));
    const levels = Array.from({ length: 20 }, (_, k) => `l${k}`);
    const kinds: Axis = { ...codes, column: { ...codes.column, kind: "category", levels } };
    const counted: Axis = { ...weights, kind: "levels" };
    const heaped: Axis = { ...weights, kind: "mixture" };
    for (const other of [few, kinds, counted, heaped]) {
      expect(hasSpread(cell, heights, other)).toBe(false);
      expect(hasSpread(cell, other, weights)).toBe(false);
    }
  });
});

describe("endsInWords", () => {
  const words = (view: Copula, x: Axis, y: Axis) => texts(parsePage(endsInWords(view, x, y) ?? ""), "p");

  test("tells the middle of y at both ends of x", () => {
    // Given the lowest tenth, whose mean is −1.755, y has the median 70 − 8 · 1.74.
    expect(words(copula, heights, weights)).toEqual([
      "At the lowest tenth of height the middle weight is about 56.2, at the highest tenth about 83.8.",
    ]);
    expect(words(normalCopula(-r), heights, weights)[0]).toMatch(/about 83.8, at the highest.* 56.2\.$/);
  });

  test("tells of dates as dates", () => {
    const days = of("day", (share) => Math.round(share * 1000) * 86_400);
    const date: Axis = { ...days, column: { ...days.column, kind: "date" } };
    expect(words(copula, date, weights)[0]).toMatch(/^At the earliest tenth of day .* at the latest tenth/);
    expect(words(copula, heights, date)[0]).toMatch(/middle day is about 1970-\d\d-\d\d, at/);
  });

  test("tells the middle too where y turns there, and nothing where y stays the same", () => {
    const turned = (u: number) => Math.abs(2 * u - 1);
    const bent: Copula = {
      ...copula,
      conditional: (u, v) => ({ v: copula.conditional(turned(u), v).v, u }),
    };
    expect(words(bent, heights, weights)[0]).toMatch(
      /about ([\d.]+), at the middle tenth about 5\d[\d.]*, at the highest tenth about \1\.$/,
    );
    expect(words(normalCopula(0), heights, weights)).toEqual([]);
  });
});

test("spreadKey shortens long names", () => {
  const long = of("the length of the flipper in millimetres", (share) => share);
  expect(String(spreadKey(long, weights))).toBe(
    "line: median of weight given the length of the flipper i…; band: 5 to 95\u00a0%",
  );
});
