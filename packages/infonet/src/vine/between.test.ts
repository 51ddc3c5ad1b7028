import { expect, test } from "vitest";
import { mean, squaresAbout } from "../numerics/moments.js";
import { normalScoresOf } from "../numerics/normal-scores.js";
import { draws } from "../testing/random.js";
import { between, columnsOf } from "./between.js";

const { normal } = draws(5);
const [ROWS, FITTED] = [50, 40];
const columns = Array.from({ length: 3 }, () => Float64Array.from({ length: ROWS }, normal));

test("columns come out as they were packed: scores of all rows, slow functions of those fitted", () => {
  for (const [k, { scores, slow }] of columnsOf(between(columns, FITTED)).entries()) {
    const expected = normalScoresOf(columns[k]);
    expect([...scores]).toEqual([...expected]);
    const own = expected.slice(0, FITTED);
    for (const [power, { values, spread }] of slow.entries()) {
      expect([...values]).toEqual([...own.map((value) => value ** (power + 1))]);
      expect(spread).toBe(squaresAbout(values, mean(values)));
    }
  }
});

test("some of the columns: in the memory of all, which other threads see without a copy", () => {
  const all = between(columns, FITTED);
  const [only, ...none] = columnsOf({ ...all, from: 1, to: 2 });
  expect(none).toEqual([]);
  expect(only).toEqual(columnsOf(all)[1]);
  expect(only.scores.buffer).toBe(all.scores.buffer);
  expect(all.scores.buffer).toBeInstanceOf(SharedArrayBuffer);
});

test("nothing between", () => {
  expect(columnsOf(between([], FITTED))).toEqual([]);
});
