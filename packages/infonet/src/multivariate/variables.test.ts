import { expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import type { Variable } from "../input/variables.js";
import { chosenPlaces } from "../numerics/random.js";
import { ofColumns } from "../testing/matrices.js";
import { draws } from "../testing/random.js";
import { readRows, readSides } from "./variables.js";

const { NaN: missing } = Number;
const column = (n: number, value: (row: number) => number) =>
  Float64Array.from({ length: n }, (_, k) => value(k));
const named = (values: Record<string, Variable>) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));
const sidesOf = (values: Record<string, Variable>) => readSides(named(values), 1, 10_000);
/** Without the first number, which is far out whatever the seed. */
const noise = (seed: number, n: number) =>
  Float64Array.from({ length: n + 1 }, draws(seed).normal).subarray(1);

test("rows that lack a value in any column of any variable are left out, and it is said where they are many", () => {
  const x = [0, 1, 2, 3, 4, 5, 6, 7, 8, missing];
  const a = [10, 11, missing, 13, 14, 15, 16, 17, 18, 19];
  const b = column(10, (row) => 20 + row);
  const { columns, n, complete, warnings } = readRows(named({ X: x, Y: ofColumns(a, b) }), 100);
  const kept = [0, 1, 3, 4, 5, 6, 7, 8];
  expect(columns).toEqual([
    [Float64Array.from(kept)],
    [Float64Array.from(kept, (row) => 10 + row), Float64Array.from(kept, (row) => 20 + row)],
  ]);
  expect({ n, complete }).toEqual({ n: 8, complete: 8 });
  expect(warnings).toEqual([
    {
      code: "missing",
      message:
        "2 of 10 rows (20 %) lack one of the values and were left out; the result speaks of the others.",
    },
  ]);
});

test("of more rows than are wanted, the same choice of the complete ones for every variable", () => {
  const x = column(100, (row) => (row % 50 === 0 ? missing : row));
  const { columns, n, complete, warnings } = readRows(named({ X: x, Y: column(100, (row) => -row) }), 20);
  expect({ n, complete, warnings }).toEqual({ n: 20, complete: 98, warnings: [] });
  const present = x.filter((value) => !Number.isNaN(value));
  expect([...columns[0][0]]).toEqual([...chosenPlaces(98, 20)].map((place) => present[place]));
  expect(columns[1][0]).toEqual(columns[0][0].map((value) => -value));
  expect(readRows(named({ X: x }), 98).n).toBe(98);
});

const tenRows = column(10, (row) => row);
test.each<[string, string, Record<string, Variable>]>([
  [
    "unequal-lengths",
    "X has 10 rows and Z has 9; pass equally many, NaN for missing values.",
    { X: tenRows, Y: tenRows, Z: tenRows.subarray(1) },
  ],
  [
    "too-few-samples",
    "X, Y and Z have 7 complete rows of 10; at least 8 are needed. Collect more rows.",
    {
      X: tenRows.map((v) => (v < 2 ? missing : v)),
      Y: tenRows,
      Z: tenRows.map((v) => (v > 8 ? missing : v)),
    },
  ],
  [
    "too-few-samples",
    "column 1 of Y has no values: all 10 are missing. Leave it out.",
    {
      X: tenRows,
      Y: ofColumns(
        tenRows,
        tenRows.map(() => missing),
      ),
    },
  ],
  [
    "not-a-number",
    'Y has "a" at row 1; pass numbers only, NaN for missing values.',
    { X: tenRows, Y: [0, "a"] as unknown as number[] },
  ],
  [
    "not-finite",
    "X.data has Infinity at row 3; pass NaN if it is missing, or a finite value beyond all others.",
    { X: { data: [0, 1, 2, Number.POSITIVE_INFINITY], width: 2 } },
  ],
  [
    "invalid-option",
    "X.data has 10 values, which are no whole rows of 3; pass the width of its rows.",
    { X: { data: tenRows, width: 3 } },
  ],
])("%s: %s", (code, message, given) => {
  for (const read of [() => readRows(named(given), 100), () => sidesOf(given)]) {
    expect(read).toThrow(InfoNetError);
    expect(read).toThrow(expect.objectContaining({ code, message }));
  }
});

test("variables that do not vary in the rows used: which, and in how many rows", () => {
  const varies = column(12, (row) => row);
  const once = column(12, (row) => (row === 3 ? 1 : 0));
  const gap = column(12, (row) => (row === 3 ? missing : row));
  const rest = "; a constant shares no information with anything. Leave it out.";
  expect(() => sidesOf({ X: varies, Y: once, Z: gap })).toThrow(
    expect.objectContaining({ code: "constant", message: `Y is constant in the 11 rows used${rest}` }),
  );
  const constants = ofColumns(
    column(12, () => 7),
    column(12, () => 8),
  );
  expect(() => sidesOf({ X: constants, Y: varies })).toThrow(
    expect.objectContaining({ message: `all columns of X are constant in the 12 rows used${rest}` }),
  );
  const { sides, warnings } = readSides(
    [...named({ X: varies }), { name: "Z", value: constants, optional: true }],
    1,
    100,
  );
  expect(sides[1]).toEqual({ name: "Z", index: [], columns: [], ranks: [], scores: [] });
  expect(warnings.map(({ message }) => message)).toEqual([
    "Z has 2 columns of one value only (position 0, 1), left out: nothing is lost by it.",
  ]);
});

test("constants and copies of earlier columns are left out of a variable, monotone maps and mirror images too", () => {
  const a = noise(1, 50);
  const b = noise(2, 50);
  const x = ofColumns(
    column(50, () => 1),
    a,
    b,
    a.map(Math.exp),
    b.map((v) => -(v ** 3)),
    a,
  );
  const { sides, warnings } = sidesOf({ X: x, Y: a });
  expect(sides[0].index).toEqual([1, 2]);
  expect(sides[0].columns).toEqual([a, b]);
  // A copy in the other variable is what is to be found.
  expect(sides[1].columns).toEqual([a]);
  expect(warnings).toEqual([
    {
      code: "dropped-columns",
      message: "X has a column of one value only (position 0), left out: nothing is lost by it.",
    },
    {
      code: "dropped-columns",
      message:
        "X has 3 columns in the same order as another one (position 3, 4, 5), left out: nothing is lost by it.",
    },
  ]);
});

test("of many columns left out, eight positions are told", () => {
  const x = ofColumns(...Array.from({ length: 10 }, (_, k) => tenRows.map((v) => v * (k + 1))));
  const [{ message }] = sidesOf({ X: x, Y: tenRows }).warnings;
  expect(message).toMatch(/^X has 9 columns .* \(position 1, 2, 3, 4, 5, 6, 7, 8 …\), left out/);
  const nine = ofColumns(...Array.from({ length: 9 }, () => tenRows));
  expect(sidesOf({ X: nine, Y: tenRows }).warnings[0].message).toMatch(
    / \(position 1, 2, 3, 4, 5, 6, 7, 8\), left/,
  );
});

test("columns of one value fewer, or that agree or are mirrored in their first row alone, are no copies", () => {
  const tied = tenRows.map((v) => Math.max(v, 1));
  const swapped = Float64Array.from([1, 0, ...tenRows.subarray(2)]);
  const alike = Float64Array.from([0, 2, 1, ...tenRows.subarray(3)]);
  const mirrored = Float64Array.from([9, ...tenRows.subarray(0, 9)]);
  const { sides } = sidesOf({ X: ofColumns(tenRows, tied, swapped, alike, mirrored) });
  expect(sides[0].index).toEqual([0, 1, 2, 3, 4]);
});
