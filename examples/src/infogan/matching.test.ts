import { expect, test } from "vitest";
import { Random } from "../random.js";
import { contingency, matchingError } from "./matching.js";

test("codes that name the modes have no error, under any names", () => {
  const random = new Random(1);
  const names = random.permutation(10);
  const modes = Array.from({ length: 1000 }, () => random.integer(0, 9));
  const codes = modes.map((mode) => names[mode]);
  expect(matchingError(contingency(codes, modes, 10))).toBe(0);
});

test("codes that say nothing are right as often as a guess", () => {
  const table = Array.from({ length: 8 }, () => new Array<number>(8).fill(5));
  expect(matchingError(table)).toBeCloseTo(7 / 8, 12);
});

test("every code has a mode of its own: two codes for one mode leave another without", () => {
  expect(
    matchingError([
      [10, 0, 0],
      [10, 0, 0],
      [0, 5, 5],
    ]),
  ).toBeCloseTo(15 / 30, 12);
});

test("the best of all orders is found", () => {
  const random = new Random(2);
  const size = 5;
  const table = Array.from({ length: size }, () => Array.from({ length: size }, () => random.integer(0, 20)));
  const most = (rest: number[], code: number): number =>
    code === size
      ? 0
      : Math.max(
          ...rest.map(
            (mode) =>
              table[code][mode] +
              most(
                rest.filter((m) => m !== mode),
                code + 1,
              ),
          ),
        );
  const total = table.flat().reduce((sum, count) => sum + count, 0);
  expect(matchingError(table)).toBeCloseTo(1 - most([0, 1, 2, 3, 4], 0) / total, 12);
});
