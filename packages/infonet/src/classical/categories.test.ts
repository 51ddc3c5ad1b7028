import { expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import { type Categories, renumbered } from "../input/variables.js";
import { discrete } from "./discrete.js";
import { gaussian } from "./gaussian.js";
import { ksg } from "./ksg.js";
import { ross } from "./ross.js";

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
  expect(() => ksg(x, y, { k: 4 })).toThrow(/have 4 complete rows of 7; at least 5 are needed/);
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

test("rows that miss their label or a value are left out; labels need no values of their own kind", () => {
  const labels = ["a", null, "b", "a", "b", undefined, "a", "b", "a"];
  const y = [1, 2, 3, 1.5, 3.25, 5, Number.NaN, 2.5, 0.75];
  const rows = [0, 2, 3, 4, 7, 8];
  const kept = (column: (string | number | null | undefined)[]) => rows.map((row) => column[row]);
  const [keptLabels, keptY] = [kept(labels), kept(y) as number[]];
  expect(ross(labels, y, { k: 2 })).toBe(ross(keptLabels, keptY, { k: 2 }));
  // Four categories told apart by a column that follows them: no neighbour is of another one.
  const far = Array.from({ length: 20 }, (_, row) => 100 * (row % 4) + row);
  const names = far.map((_, row) => "wxyz"[row % 4]);
  expect(ross(names, far)).toBeGreaterThan(1.2);
});

test("variables and categories without any value are named", () => {
  const [none, some] = [new Array(9).fill(Number.NaN), [1, 2, 3, 4, 5, 6, 7, 8, 9]];
  const pair = { data: some.flatMap((v) => [v, Number.NaN]), width: 2 };
  expect(() => ksg(none, some)).toThrow(/^x /);
  expect(() => ksg(some, none)).toThrow(/^y /);
  expect(() => ksg(pair, some)).toThrow(/^column 1 of x /);
  expect(() => ross(none, some)).toThrow(/^labels /);
  expect(() => ross(["a", "a"], [Number.NaN, Number.NaN])).toThrow(/^y /);
  expect(() => discrete(none, some)).toThrow(/^x /);
  expect(() => discrete(some, new Array(9).fill(null))).toThrow(/^y /);
  for (const call of [() => ksg(none, some), () => discrete(none, some)]) {
    expect(call).toThrow(expect.objectContaining({ code: "too-few-samples" }));
  }
});
