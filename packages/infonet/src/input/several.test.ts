import { describe, expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import { readSeveral, type Variable } from "./several.js";

const read = (variable: Variable) =>
  readSeveral("X", variable).map(({ kind, values }) => [kind, ...values] as const);

describe("a variable", () => {
  test("is a column of any kind", () => {
    expect(read([3, 1, Number.NaN])).toEqual([["number", 3, 1, Number.NaN]]);
    expect(read(["b", null, "a"])).toEqual([["category", 1, Number.NaN, 0]]);
    expect(read([2n, 5n])).toEqual([["number", 2, 5]]);
    expect(read([true, false])).toEqual([["category", 1, 0]]);
    expect(read([new Date(5), new Date(2)])).toEqual([["number", 5, 2]]);
    expect(read({ values: [7, 5], kind: "category" })).toEqual([["category", 1, 0]]);
  });

  test("is a list of columns, or numbers row after row", () => {
    expect(read([[1, 2], Float64Array.of(3, 4), { values: ["u", "v"] }])).toEqual([
      ["number", 1, 2],
      ["number", 3, 4],
      ["category", 0, 1],
    ]);
    expect(read({ data: [1, 2, 3, 4], width: 2 })).toEqual([
      ["number", 1, 3],
      ["number", 2, 4],
    ]);
    expect(read([])).toEqual([["number"]]);
  });

  test.each<[string, unknown, string, string]>([
    ["nothing", null, "not-a-number", "X is null; pass an array of cells, or { values, kind } with one."],
    ["a text", "abc", "not-a-number", 'X is "abc"; pass an array of cells, or { values, kind } with one.'],
    [
      "a list of columns and something else",
      [[1, 2], 3],
      "not-a-number",
      "column 1 of X is 3; pass an array of cells, or { values, kind } with one.",
    ],
    [
      "columns of two types of cells",
      [
        [1, 2],
        [1, "a"],
      ],
      "not-a-number",
      'column 1 of X has numbers and, at row 1, "a"; pass cells of one type, and null for missing values.',
    ],
    [
      "a width that does not fit",
      { data: [1, 2, 3], width: 2 },
      "invalid-option",
      "X.data has 3 values, which are no whole rows of 2; pass the width of its rows.",
    ],
  ])("is not %s", (_, value, code, message) => {
    const thrown = (() => {
      try {
        return read(value as Variable);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(InfoNetError);
    expect([(thrown as InfoNetError).code, (thrown as InfoNetError).message]).toEqual([code, message]);
  });
});
