import { expect, test } from "vitest";
import { orient, rankColumn, rankPair, rankPermutation, selectRows, thin } from "../copula/index.js";
import { waveEvidence } from "../evidence/index.js";
import { completeRows } from "../input/missing.js";
import { draws } from "../testing/random.js";
import { PreparedColumn, preparePair } from "./pairs.js";

const SEED = 5;
const named = (name: string, values: ArrayLike<number>) => ({
  name,
  column: new PreparedColumn(Float64Array.from(values), SEED),
});

const prepare = (x: ArrayLike<number>, y: ArrayLike<number>, most = 1e6) =>
  preparePair(named("a", x), named("b", y), { seed: SEED, most });

const numbers = (n: number, seed = 1): number[] => {
  const { normal } = draws(seed);
  return Array.from({ length: n }, normal);
};

test("columns without gaps: ranks of all rows, the canonical form and the way to it", () => {
  const [x, y] = [numbers(30), numbers(30, 2)];
  const pair = prepare(x, y);
  const ranks = (values: number[]) => values.map((v) => values.filter((other) => other < v).length);
  expect([...pair.xRanks]).toEqual(ranks(x));
  expect([...pair.yRanks]).toEqual(ranks(y));
  const { perm, orientation } = orient(rankPermutation(pair.xRanks, pair.yRanks));
  expect(pair.perm).toEqual(perm);
  expect(pair.orientation).toEqual(orientation);
  expect(pair.waves).toBe(waveEvidence(perm));
  expect([pair.n, pair.used, pair.rows]).toEqual([30, 30, undefined]);
  expect(pair.warnings).toEqual([]);
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
  expect(pair.xRanks).toEqual(complete.xRanks);
  expect(pair.yRanks).toEqual(complete.yRanks);
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

test("tied values are put in the order of the seed, also in the complete rows alone", () => {
  const x = numbers(60).map((v) => Math.round(v));
  const y = numbers(60, 2).map((v) => Math.round(v));
  y[11] = Number.NaN;
  const [a, b] = [named("a", x), named("b", y)];
  const rows = completeRows([a.column.coded.places, b.column.coded.places]);
  const [u, v] = [a, b].map(({ column }) => rankColumn(selectRows(column.coded, rows), SEED));
  const pair = prepare(x, y);
  expect([pair.xRanks, pair.yRanks]).toEqual(rankPair(u, v, SEED));
  // One ranking for all the pairs of a column without gaps.
  expect(a.column.ranked(undefined)).toBe(a.column.ranked(undefined));
});

test("a very long sample is thinned for the network, and its waves are those of what is left", () => {
  const pair = prepare(numbers(50), numbers(50, 2), 20);
  const { perm } = orient(rankPermutation(pair.xRanks, pair.yRanks));
  expect(pair.perm).toEqual(thin(perm, 20));
  expect([pair.n, pair.used]).toEqual([50, 20]);
  expect(pair.waves).toBe(waveEvidence(pair.perm));
});

test("ten rows a distinct value are heavy ties, on one side or on both", () => {
  const [plain, few] = [numbers(40), Array.from({ length: 40 }, (_, row) => row % 4)];
  const lighter = Array.from({ length: 40 }, (_, row) => row % 5);
  const messages = (x: number[], y: number[]) =>
    prepare(x, y).warnings.map(({ code, message }) => `${code}: ${message}`);
  const rest =
    " in 40 rows; tied values are put in random order (seed 5), so the last digits change with the seed.";
  expect(messages(plain, few)).toEqual([`heavy-ties: b has 4 different values${rest}`]);
  expect(messages(few, plain)).toEqual([`heavy-ties: a has 4 different values${rest}`]);
  expect(messages(few, few)).toEqual([
    `heavy-ties: a has 4 different values and b has 4 different values${rest}`,
  ]);
  expect(messages(lighter, plain)).toEqual([]);
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
