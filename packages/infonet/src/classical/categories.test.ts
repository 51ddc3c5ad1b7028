import { expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import { discrete } from "./discrete.js";
import { gaussian } from "./gaussian.js";
import { type Categories, renumbered } from "./input.js";
import { ksg } from "./ksg.js";

test.each([
  ["null", null],
  ["undefined", undefined],
  ["a string, though it has a length", "abc"],
  ["a function, though it has a length", (_: unknown, __: unknown) => 0],
  ["an object without a length", {}],
  ["an object whose length is no whole number", { length: 1.5 }],
])("categories that are %s are refused", (_, values) => {
  const wrong = values as unknown as Categories;
  for (const [x, y] of [
    [wrong, ["a", "b"]],
    [["a", "b"], wrong],
  ]) {
    expect(() => discrete(x, y)).toThrow(/^[xy] is .*; pass an array of numbers or strings\.$/);
  }
});

test.each([Infinity, -Infinity])("a category %d is refused", (value) => {
  expect(() => discrete([1, value], [1, 2])).toThrow(InfoNetError);
  expect(() => discrete([1, value], [1, 2])).toThrow(`x has ${value} at row 1;`);
});

test("categories are renumbered by first appearance", () => {
  expect(renumbered([7, 3, 7, 0, 3])).toEqual({ codes: Uint32Array.of(0, 1, 0, 2, 1), distinct: 3 });
});

test("rows that miss several values are left out once, and the others stay in order", () => {
  const [x, y] = [
    [1, Number.NaN, 3, 2, Number.NaN, 5, 4],
    [2, Number.NaN, 1, 3, 7, Number.NaN, 5],
  ];
  const rows = [0, 2, 3, 6];
  const kept = (column: number[]) => rows.map((row) => column[row]);
  expect(ksg(x, y, { k: 1 })).toBe(ksg(kept(x), kept(y), { k: 1 }));
  expect(() => ksg(x, y, { k: 4 })).toThrow(/have 4 complete rows; at least 5 are needed/);
  expect(ksg(x, y, { k: 3 })).toBe(ksg(kept(x), kept(y), { k: 3 }));
});

test("switches take true and false alone", () => {
  const [x, y] = [
    [1, 2, 3, 4, 6],
    [2, 1, 4, 3, 5],
  ];
  expect(() => gaussian(x, y, { normalScores: "no" as unknown as boolean })).toThrow(/^normalScores is "no"/);
  expect(() => gaussian(x, y, { biasCorrection: 0 as unknown as boolean })).toThrow(/^biasCorrection is 0/);
  expect(() => ksg(x, y, { normalScores: 1 as unknown as boolean })).toThrow(/^normalScores is 1/);
});
