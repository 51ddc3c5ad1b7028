import { describe, expect, test } from "vitest";
import type { Column } from "../types.js";
import { readCells } from "./cells.js";

const read = (values: unknown) => readCells({ name: "x", values: values as Column });
const cells = (values: unknown) => [...read(values).values];
const { NaN: missing } = Number;

describe("numbers", () => {
  test("are taken as they are, in any list; what is missing is NaN", () => {
    expect(read([3, 1, null, undefined, missing])).toEqual({
      kind: "number",
      values: Float64Array.of(3, 1, missing, missing, missing),
    });
    expect(cells(Float32Array.of(0.5, 2))).toEqual([0.5, 2]);
    expect(cells({ length: 2, 0: 7, 1: 8 })).toEqual([7, 8]);
    const doubles = Float64Array.of(1, missing);
    expect(read(doubles).values).toBe(doubles);
    expect(read([null, undefined])).toEqual({ kind: "number", values: Float64Array.of(missing, missing) });
  });

  test("integers of any size keep their order", () => {
    expect(cells([3n, 1, null])).toEqual([3, 1, missing]);
    expect(cells(BigInt64Array.of(5n, -2n))).toEqual([5, -2]);
    const huge = 2n ** 60n;
    expect(cells([huge + 1n, huge, null, huge + 2n, huge, 7])).toEqual([2, 1, missing, 3, 1, 0]);
    // The same integer in two types is one.
    expect(cells([huge, 7, 7n])).toEqual([1, 0, 0]);
  });

  test("dates are numbers; one without a time is missing", () => {
    const [early, late] = [new Date("2020-01-01"), new Date("2021-01-01")];
    expect(read([late, early, new Date(missing), null])).toEqual({
      kind: "number",
      values: Float64Array.of(late.getTime(), early.getTime(), missing, missing),
    });
  });
});

describe("categories", () => {
  test("are texts and booleans, by their names", () => {
    expect(read(["b", "a", null, "b", ""])).toEqual({
      kind: "category",
      values: Float64Array.of(2, 1, missing, 2, 0),
    });
    expect(read([true, false, undefined])).toEqual({
      kind: "category",
      values: Float64Array.of(1, 0, missing),
    });
  });

  test("are numbers and dates that are said to be", () => {
    expect(read({ values: [30, 10, missing, 20, 10], kind: "category" })).toEqual({
      kind: "category",
      values: Float64Array.of(2, 0, missing, 1, 0),
    });
    const day = new Date(5);
    expect(cells({ values: [day, new Date(1), day], kind: "category" })).toEqual([1, 0, 1]);
    expect(read({ values: Float64Array.of(2, 1), kind: "category" }).values).toEqual(Float64Array.of(1, 0));
  });

  test("a column can be an object with or without a kind", () => {
    expect(read({ values: [1, 2] }).kind).toBe("number");
    expect(read({ values: ["a"], kind: null }).kind).toBe("category");
    expect(read({ values: [1, 2], kind: "number" })).toEqual({
      kind: "number",
      values: Float64Array.of(1, 2),
    });
  });
});

test.each<[string, unknown, string, string]>([
  ["no list", 7, "not-a-number", "x is 7; pass an array of cells, or { values, kind } with one."],
  ["nothing", undefined, "not-a-number", "x is undefined; pass an array of cells,"],
  ["a text", "abc", "not-a-number", 'x is "abc"; pass an array of cells,'],
  ["an object in a cell", [1, {}], "not-a-number", "x has an object at row 1; pass numbers, dates, texts"],
  [
    "a list in a cell",
    [[1]],
    "not-a-number",
    "x has an array at row 0; pass numbers, dates, texts or booleans, and null",
  ],
  [
    "numbers and texts",
    [1, null, "b"],
    "not-a-number",
    'x has numbers and, at row 2, "b"; pass cells of one',
  ],
  ["booleans and numbers", [true, 1], "not-a-number", "x has booleans and, at row 1, 1; pass cells of one"],
  ["infinity", [1, -Infinity], "not-finite", "x has -Infinity at row 1; pass NaN if it is missing,"],
  ["infinity among doubles", Float64Array.of(Infinity), "not-finite", "x has Infinity at row 0;"],
  [
    "texts as numbers",
    { values: ["1"], kind: "number" },
    "not-a-number",
    "x is declared a number and has texts; pass numbers, or leave its kind out.",
  ],
  ["a kind that is none", { values: [1], kind: "date" }, "invalid-option", 'x.kind is "date"; pass "number"'],
])("%s is refused", (_, values, code, message) => {
  expect(() => read(values)).toThrow(
    expect.objectContaining({ name: "InfoNetError", code, message: expect.stringContaining(message) }),
  );
});
