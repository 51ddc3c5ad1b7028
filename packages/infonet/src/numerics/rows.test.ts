import { expect, test } from "vitest";
import { allRows, appended, pick, rowsOfFold } from "./rows.js";

test("all rows, in order", () => {
  expect(allRows(0)).toEqual(new Uint32Array(0));
  expect(allRows(4)).toEqual(Uint32Array.of(0, 1, 2, 3));
});

test("the values at some rows, which may repeat and stand in any order", () => {
  const values = Float64Array.of(10, 11, 12, 13);
  expect(pick(values, Uint32Array.of(3, 0, 0))).toEqual(Float64Array.of(13, 10, 10));
  expect(pick(values, new Uint32Array(0))).toEqual(new Float64Array(0));
});

test("rows of a fold and those of all the others, ascending, are all rows", () => {
  const fold = Uint8Array.of(1, 0, 2, 1, 1, 0);
  expect(rowsOfFold(fold, 1, true)).toEqual(Uint32Array.of(0, 3, 4));
  expect(rowsOfFold(fold, 1, false)).toEqual(Uint32Array.of(1, 2, 5));
  expect(rowsOfFold(fold, 3, true)).toEqual(new Uint32Array(0));
  expect(rowsOfFold(fold, 3, false)).toEqual(allRows(6));
  const all = [0, 1, 2].flatMap((wanted) => [...rowsOfFold(fold, wanted, true)]);
  expect(all.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
});

test("one after the other, of the kind that they are", () => {
  expect(appended([Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)])).toEqual(Uint8Array.of(1, 2, 3));
  expect(appended([new Float64Array()])).toEqual(new Float64Array());
});
