import { expect, test } from "vitest";
import { unnamedIndex } from "./pandas.js";

test.each([
  [
    ["__index_level_0__", "__index_level_1__"],
    ["__index_level_0__", "__index_level_1__"],
  ],
  // One with a name may be a column that somebody made the index.
  [["date", "__index_level_1__"], ["__index_level_1__"]],
  // An index of numbers from 0 is no column of the file.
  [[{ kind: "range", name: null, start: 0, stop: 9, step: 1 }], []],
  ["__index_level_0__", []],
  [undefined, []],
])("index_columns %j: %j", (index, expected) => {
  expect(unnamedIndex(JSON.stringify({ index_columns: index, columns: [] }))).toEqual(expected);
});

test("what is not of pandas says nothing", () => {
  for (const text of [undefined, "", "{", "[]", "null", "7"]) expect(unnamedIndex(text)).toEqual([]);
});
