import { expect, test } from "vitest";
import { correlation } from "../numerics/moments.js";
import { normalScoresOf } from "../numerics/normal-scores.js";
import { draws } from "../testing/random.js";
import { between } from "./between.js";
import { type Along, type Changes, changes } from "./change.js";

const n = 1000;
/** Rows that the vine is not fitted to. */
const HELD = 300;
const { normal } = draws(21);
const noise = (rows = n + HELD) => Float64Array.from({ length: rows }, normal);
const [a, b, c, d] = [noise(), noise(), noise(), noise()];

interface Law {
  condition: readonly Float64Array[];
  correlation: (row: number) => number;
  screened?: boolean;
}

function change({ condition, correlation: at, screened = false }: Law): Changes {
  const u = noise(n);
  const v = u.map((value, row) => at(row) * value + Math.sqrt(1 - at(row) ** 2) * normal());
  const [scoresU, scoresV] = [u, v].map(normalScoresOf);
  return changes({ u: scoresU, v: scoresV, between: between(condition, n), seed: 1, screened });
}

const sign = (row: number): number => 0.9 * Math.sign(a[row]);
const told = (along: Along, truth: (row: number) => number, rows: readonly number[]): number =>
  correlation(
    rows.map((row) => along[0][row]),
    rows.map(truth),
  );
const FITTED = Array.from({ length: n }, (_, row) => row);
const BEYOND = Array.from({ length: HELD }, (_, row) => n + row);

test("the sign of a condition that turns the slope is found, at rows held out as well", () => {
  for (const screened of [false, true]) {
    const { ways: found } = change({ condition: [a], correlation: sign, screened });
    expect(found).toHaveLength(2);
    expect(found[1]).toEqual([normalScoresOf(a)]);
    for (const [values] of found) expect(values).toHaveLength(n + HELD);
    expect(told(found[0], sign, FITTED)).toBeGreaterThan(0.75);
    expect(told(found[0], sign, BEYOND)).toBeGreaterThan(0.75);
  }
});

test("one copula for all values: nothing passes the screen, and without it there are but the columns", () => {
  const plain = { condition: [a], correlation: () => 0.6 };
  expect(change({ ...plain, screened: true })).toEqual({ ways: [], lost: 0 });
  expect(change(plain)).toEqual({ ways: [[normalScoresOf(a)]], lost: 0 });
});

test("a slope by the sign of a product: the function, each column, and the cells of two", () => {
  const crossed = (row: number): number => 0.9 * Math.sign(a[row] * b[row]);
  const columns = [a, b].map(normalScoresOf);
  const {
    ways: [function_, ...rest],
  } = change({ condition: [a, b], correlation: crossed, screened: true });
  expect(told(function_, crossed, BEYOND)).toBeGreaterThan(0.6);
  expect(rest).toEqual([[columns[0]], columns, [columns[1]]]);
});

test("a faint change: along what tells it, and about what one copula loses", () => {
  const faint = (row: number): number => 0.3 * Math.sign(a[row] * b[row]);
  const columns = [a, b].map(normalScoresOf);
  const { ways, lost } = change({ condition: [a, b], correlation: faint, screened: true });
  expect(ways).toEqual([columns]);
  // A product of normal variables, which makes (2/π)² of the variance of the sign, tells 0.03; once more what others tell by chance.
  expect(lost).toBeGreaterThan(0.02);
  expect(lost).toBeLessThan(0.15);
});

test("of more columns than three the function alone, or nothing", () => {
  const condition = [b, c, a, d];
  const { ways: found } = change({ condition, correlation: sign });
  expect(found.map((along) => along.length)).toEqual([1]);
  expect(told(found[0], sign, FITTED)).toBeGreaterThan(0.7);
  expect(change({ condition, correlation: () => 0 })).toEqual({ ways: [], lost: 0 });
});

test("dependence of sizes that comes and goes is a change, too", () => {
  const u = noise(n);
  // In one half of the condition sizes go together, in the other they go apart: no correlation anywhere.
  const v = u.map((value, row) => {
    const size = Math.abs(value) + 0.3 * normal();
    return (normal() > 0 ? 1 : -1) * (a[row] > 0 ? size : 1.6 - size);
  });
  const [scoresU, scoresV] = [u, v].map(normalScoresOf);
  const {
    ways: [found],
  } = changes({ u: scoresU, v: scoresV, between: between([a], n), seed: 1, screened: true });
  expect(told(found, (row) => Math.sign(a[row]), BEYOND)).toBeGreaterThan(0.6);
});
