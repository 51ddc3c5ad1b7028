import { expect, test } from "vitest";
import { draws } from "../testing/random.js";
import { completePair, prepareColumn } from "./prepared.js";

const prepare = (x: ArrayLike<number>, y: ArrayLike<number>) =>
  completePair(prepareColumn("a", x), prepareColumn("b", y));

const numbers = (n: number, seed = 1): number[] => {
  const { normal } = draws(seed);
  return Array.from({ length: n }, normal);
};

test("columns without gaps are taken whole", () => {
  const [a, b] = [prepareColumn("a", numbers(30)), prepareColumn("b", numbers(30, 2))];
  const pair = completePair(a, b);
  expect(pair.x).toBe(a.coded);
  expect(pair.y).toBe(b.coded);
  expect([pair.n, pair.rows, pair.warnings]).toEqual([30, undefined, []]);
});

test("rows that miss a value on either side are left out, and told of where they are many", () => {
  const [x, y] = [numbers(40), numbers(40, 2)];
  x[3] = y[7] = x[9] = y[9] = Number.NaN;
  const pair = prepare(x, y);
  const rows = [...x.keys()].filter((row) => ![3, 7, 9].includes(row));
  expect([...(pair.rows ?? [])]).toEqual(rows);
  const complete = prepare(
    rows.map((row) => x[row]),
    rows.map((row) => y[row]),
  );
  expect([pair.x, pair.y]).toEqual([complete.x, complete.y]);
  expect(pair.n).toBe(37);
  expect(pair.warnings.map(({ code, message }) => [code, message.slice(0, 20)])).toEqual([
    ["missing", "3 of 40 rows (8 %) l"],
  ]);
});

test("a gap in one of the columns is enough", () => {
  const whole = numbers(20);
  for (const gap of [0, 1]) {
    const holed = numbers(20, 2);
    holed[4] = Number.NaN;
    const pair = gap === 0 ? prepare(holed, whole) : prepare(whole, holed);
    expect(pair.n).toBe(19);
    expect(pair.rows).toHaveLength(19);
  }
});

test("what cannot be estimated says so: lengths, rows, constants", () => {
  expect(() => prepare(numbers(9), numbers(10))).toThrow(/^a has 9 rows and b has 10; pass equally many,/);
  expect(() => prepare(numbers(9), new Array(9).fill(Number.NaN))).toThrow(
    /^b has no values: all 9 are missing\./,
  );
  expect(() => prepare(numbers(7), numbers(7))).toThrow(
    "a and b have 7 rows; at least 8 are needed. Collect more rows.",
  );
  expect(prepare(numbers(8), numbers(8, 2)).n).toBe(8);
  const holed = numbers(8);
  holed[0] = Number.NaN;
  expect(() => prepare(holed, numbers(8))).toThrow(
    "a and b have 7 complete rows of 8; at least 8 are needed.",
  );
  expect(() => prepare(numbers(9), new Array(9).fill(2))).toThrow(/^b is constant in the 9 rows used;/);
  expect(() => prepare([...new Array(8).fill(2), 3], [...numbers(8), Number.NaN])).toThrow(
    /^a is constant in the 8 rows used;/,
  );
  expect(() => prepare(numbers(9), new Array(9).fill(2))).toThrow(
    expect.objectContaining({ code: "constant" }),
  );
});
