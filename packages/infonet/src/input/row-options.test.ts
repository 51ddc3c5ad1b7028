import { describe, expect, test } from "vitest";
import { readRowOptions } from "./row-options.js";

describe("what rows stand for", () => {
  test("is nothing where nothing is said", () => {
    expect(readRowOptions({})).toEqual({ cluster: undefined, counts: undefined, series: false });
  });

  test("clusters are cells of any kind", () => {
    expect(readRowOptions({ cluster: ["b", "a", null] }).cluster?.values).toEqual(
      Float64Array.of(1, 0, Number.NaN),
    );
    expect(readRowOptions({ cluster: [30, 20, 30] }).cluster?.values).toEqual(Float64Array.of(30, 20, 30));
    expect(() => readRowOptions({ cluster: [1, "a"] as never })).toThrow(
      'cluster has numbers and, at row 1, "a"',
    );
  });

  test.each([
    [[1, 1.5], "counts has 1.5 at row 1; pass whole numbers from 0: how many rows each row stands for."],
    [[-1], "counts has -1 at row 0; pass whole numbers from 0"],
    [[1, Number.NaN], "counts has NaN at row 1; pass whole numbers from 0"],
    [[2 ** 60], "counts has 1152921504606847000 at row 0; pass whole numbers"],
    [[2 ** 31, 2 ** 31], "counts has a sum of 4294967296; at most 4294967295 rows are told apart."],
    [["3"], 'counts has "3" at row 0; pass whole numbers from 0'],
    [[Infinity], "counts has Infinity at row 0"],
  ])("counts of %j are refused", (counts, message) => {
    expect(() => readRowOptions({ counts: counts as number[] })).toThrow(message);
  });

  test("counts of none and of very many are taken", () => {
    expect(readRowOptions({ counts: [0, 2 ** 32 - 1] }).counts).toEqual(Float64Array.of(0, 2 ** 32 - 1));
  });
});

test("counts may be integers of any type", () => {
  expect(readRowOptions({ counts: [1n, 0n, 12n] }).counts).toEqual(Float64Array.of(1, 0, 12));
  expect(readRowOptions({ counts: BigUint64Array.of(3n) }).counts).toEqual(Float64Array.of(3));
});
