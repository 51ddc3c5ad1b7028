import { describe, expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { draws } from "../testing/random.js";
import { isSerial, serialLikeness } from "./serial-dependence.js";

const { normal, uniform } = draws(83);
const column = (n: number, cell: (row: number) => number = normal): number[] =>
  Array.from({ length: n }, (_, row) => cell(row));
const likeness = (values: readonly number[], ordered = true) =>
  serialLikeness(codeColumn(Float64Array.from(values)), ordered);
const serial = (values: readonly number[], ordered = true): boolean => isSerial(likeness(values, ordered));

/** Autoregressive of first order, stationary. */
function series(n: number, phi: number): number[] {
  let value = normal();
  return column(n, () => {
    value = phi * value + Math.sqrt(1 - phi * phi) * normal();
    return value;
  });
}

/** Levels that stay with a probability. */
function chain(n: number, levels: number, stays: number): number[] {
  let level = 0;
  return column(n, () => {
    if (uniform() >= stays) level = Math.floor(levels * uniform());
    return level;
  });
}

const CELLS: [string, () => number, boolean][] = [
  ["normal numbers", normal, true],
  ["six integers", () => Math.floor(6 * uniform()), true],
  ["rare ones", () => Number(uniform() < 0.1), true],
  ["three levels", () => Math.floor(3 * uniform()), false],
  ["fifty levels", () => Math.floor(50 * uniform()), false],
];

describe("independent rows", () => {
  test.each(CELLS)("mean and variance are exact from ten rows on: %s", (_, cell, ordered) => {
    for (const n of [10, 60]) {
      const draws = n === 10 ? 20_000 : 5000;
      let [sum, squares, known] = [0, 0, 0];
      for (let k = 0; k < draws; k++) {
        const { z } = likeness(column(n, cell), ordered);
        sum += z;
        squares += z * z;
        known += Number(z !== 0);
      }
      // A column that is constant in all of its stretches says nothing.
      expect(Math.abs(sum / known)).toBeLessThan(5 / Math.sqrt(known));
      expect(Math.abs(squares / known - 1)).toBeLessThan(n === 10 ? 0.15 : 0.1);
    }
  });

  test.each(CELLS)("are not serial: %s", (_, cell, ordered) => {
    for (const n of [30, 100, 300]) {
      for (let k = 0; k < 700; k++) expect(serial(column(n, cell), ordered)).toBe(false);
    }
  });
});

test("treatments that take turns are a design, not a series", () => {
  const turns = column(400, (row) => row % 2);
  expect(likeness(turns, false).z).toBeLessThan(-4.8);
  expect(serial(turns, false)).toBe(false);
});

describe("rows in time", () => {
  test.each([0.8, 0.9, 0.95, 0.99, -0.8])("autoregressive, φ = %f", (phi) => {
    let told = 0;
    for (let k = 0; k < 300; k++) told += Number(serial(series(300, phi)));
    expect(told).toBeGreaterThanOrEqual(298);
  });

  test("levels that stay", () => {
    for (const levels of [2, 5]) expect(serial(chain(600, levels, 0.7), false)).toBe(true);
  });

  test("waves, and walks", () => {
    expect(serial(column(400, (row) => Math.sin(row / 15) + 0.01 * normal()))).toBe(true);
    let place = 0;
    expect(
      serial(
        column(400, () => {
          place += normal();
          return place;
        }),
      ),
    ).toBe(true);
  });

  test("a monotone map changes nothing, nor do rows without a value or an order from the end", () => {
    const x = series(400, 0.6);
    const { z, correlation } = likeness(x);
    expect(likeness(x.map(Math.exp)).z).toBe(z);
    expect(likeness(x.map((value) => -value)).z).toBeCloseTo(z, 9);
    expect(likeness([...x].reverse()).correlation).toBeCloseTo(correlation, 9);
    expect(likeness(x.flatMap((value) => [value, Number.NaN])).z).toBe(z);
  });

  test("a dependence too weak to matter is not told, however many rows there are", () => {
    const { z } = likeness(series(100_000, 0.15));
    expect(z).toBeGreaterThan(10);
    expect(serial(series(100_000, 0.15))).toBe(false);
  });
});

describe("sorted tables", () => {
  const x = column(500).sort((a, b) => a - b);

  test("what they are sorted by is not serial, and what follows it loosely neither", () => {
    expect(serial(x)).toBe(false);
    expect(serial([...x].reverse())).toBe(false);
    expect(serial(x.map(Math.round))).toBe(false);
    expect(serial(x.map((value) => value + normal()))).toBe(false);
    expect(likeness(x).sorted).toBe(true);
  });

  test("sorted twice, one part after the other", () => {
    expect(serial([...x, ...column(500).sort((a, b) => a - b)])).toBe(false);
  });

  test("by groups: rows of a group stand in any order", () => {
    const groups = column(600, (row) => Math.floor(row / 100));
    expect(serial(groups, false)).toBe(false);
    expect(serial(groups.map((group) => 5 * ((group * 3) % 7) + normal()))).toBe(false);
  });

  test("a table of counts that was written out lies in blocks", () => {
    const cells = Array.from({ length: 24 }, () => Math.ceil(80 * uniform()));
    for (const level of [
      (k: number) => k % 4,
      (k: number) => Math.floor(k / 4) % 2,
      (k: number) => Math.floor(k / 8),
    ]) {
      expect(
        serial(
          cells.flatMap((count, k) => new Array<number>(count).fill(level(k))),
          false,
        ),
      ).toBe(false);
    }
  });
});
