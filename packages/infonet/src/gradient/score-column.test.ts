/** Columns by their normal scores. */

import { describe, expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import { scoresOfRanks } from "../numerics/normal-scores.js";
import { draws, permutation } from "../testing/random.js";
import { ScoreColumn, scoresToValues } from "./score-column.js";

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, k) => sum + value * b[k], 0);

describe("what a field has beside a function of the column", () => {
  const n = 100;
  const column = new ScoreColumn(permutation(4, n));
  const { scores } = column;
  const ascending = [...scores.keys()].sort((i, j) => scores[i] - scores[j]);

  test("is the row less the mean of its neighbours, up to 3 √n on either side and as many on both", () => {
    const field = Float64Array.from({ length: n }, draws(5).normal);
    const beside = column.beside(field);
    for (const [k, row] of ascending.entries()) {
      const reach = Math.min(30, Math.max(5, Math.min(k, n - 1 - k)));
      const others = ascending.filter((_, j) => j !== k && Math.abs(j - k) <= reach);
      const mean = others.reduce((sum, i) => sum + field[i], 0) / others.length;
      expect(beside[row]).toBeCloseTo(field[row] - mean, 9);
    }
  });
});

describe("steepness", () => {
  const n = 900;
  const ranks = permutation(7, n);
  const column = new ScoreColumn(ranks);

  test("of a line of the scores is that of the line, everywhere", () => {
    for (const slope of column.steepness(column.scores.map((score) => 5 + 4 * score))) {
      expect(slope).toBeCloseTo(0.25, 12);
    }
  });

  test("of their exponentials is one over the value, closely all but at the ends", () => {
    const values = column.scores.map((score) => Math.exp(2 * score));
    const slopes = column.steepness(values);
    for (let row = 0; row < n; row++) {
      if (Math.abs(column.scores[row]) > 2.2) continue;
      expect(Math.abs(slopes[row] * 2 * values[row] - 1)).toBeLessThan(0.12);
    }
  });

  test("is one for equal values, of the size of their neighbours' for many of them, and 0 where nothing rises", () => {
    const values = column.scores.map((score) => Math.max(0, score));
    const slopes = column.steepness(values);
    const atom = slopes.filter((_, row) => values[row] === 0);
    expect(new Set(atom).size).toBe(1);
    expect(atom[0]).toBeGreaterThan(0);
    expect(atom[0]).toBeLessThan(3);
    expect(column.steepness(new Float64Array(n))).toEqual(new Float64Array(n));
  });
});

describe("from scores to values", () => {
  const n = 200;
  const column = new ScoreColumn(permutation(2, n));
  const slopes = Float64Array.from({ length: n }, draws(3).normal);
  const values = column.scores.map((score) => Math.sinh(score) + 7);

  test("moving all values, and stretching them, changes nothing", () => {
    const result = scoresToValues("x", column, values)(slopes);
    const size = Math.hypot(...result);
    expect(size).toBeGreaterThan(0.01);
    expect(Math.abs(result.reduce((sum, slope) => sum + slope, 0))).toBeLessThan(1e-12 * size);
    expect(Math.abs(dot(result, values))).toBeLessThan(1e-11 * size);
  });

  test("where slopes do neither, they are slope by slope multiplied by the steepness, a row being one part in n", () => {
    // On the scale of the scores themselves, with what scores and constants have taken off.
    const { scores } = column;
    const middle = slopes.reduce((sum, slope) => sum + slope, 0) / n;
    const along = dot(slopes, scores) / dot(scores, scores);
    const free = slopes.map((slope, row) => slope - middle - along * scores[row]);
    const result = scoresToValues(
      "x",
      column,
      scores.map((score) => 10 * score),
    )(free);
    for (let row = 0; row < n; row++) expect(result[row]).toBeCloseTo(free[row] / (10 * n), 12);
  });

  test("in other units they are over these, up to the largest numbers; of the smallest they overflow, which is told", () => {
    const expected = scoresToValues("x", column, values)(slopes);
    for (const exponent of [1015, 700, -900]) {
      const result = scoresToValues(
        "x",
        column,
        values.map((value) => value * 2 ** exponent),
      )(slopes);
      for (let row = 0; row < n; row++) {
        // What is below the least of doubles has lost its digits.
        if (exponent > 1000) expect(Math.abs(result[row])).toBeLessThan(2 ** -1000);
        else expect(result[row] * 2 ** exponent).toBeCloseTo(expected[row], 9);
      }
    }
    const tiny = () =>
      scoresToValues(
        "height",
        column,
        scoresOfRanks(n).map((score) => score * 2 ** -1040),
      );
    expect(tiny).toThrow(InfoNetError);
    expect(tiny).toThrow(/^height has different values/);
  });
});
