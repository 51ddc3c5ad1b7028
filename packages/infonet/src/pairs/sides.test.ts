import { describe, expect, test } from "vitest";
import { codeColumn } from "../copula/index.js";
import { draws } from "../testing/random.js";
import type { ColumnKind } from "../types.js";
import { FREE, mayBeCounted, sidesOf } from "./sides.js";

const { uniform, normal } = draws(11);
const many = (n: number, cell: (row: number) => number): number[] =>
  Array.from({ length: n }, (_, k) => cell(k));
const coded = (values: number[]) => codeColumn(Float64Array.from(values));
const kinds = (x: number[], y: number[], [a, b]: [ColumnKind, ColumnKind] = ["number", "number"]) =>
  sidesOf([coded(x), a], [coded(y), b]).map(({ kind }) => kind);

describe("numbers", () => {
  const other = many(400, normal);
  test.each<[string, number[]]>([
    ["all different", many(400, normal)],
    ["rounded", many(400, () => Math.round(4 * normal()))],
    ["of a few values beside many", many(400, () => Math.floor(5 * uniform()))],
    ["ages", many(400, () => 20 + Math.floor(60 * uniform()))],
    ["counts that fall off slowly", many(400, () => Math.floor(-6 * Math.log(uniform())))],
  ])("%s are numbers", (_, values) => {
    expect(kinds(values, other)).toEqual(["number", "number"]);
    expect(kinds(other, values)).toEqual(["number", "number"]);
  });

  test.each<[string, number[], number]>([
    ["zeros", many(400, () => (uniform() < 0.3 ? 0 : normal())), 1],
    ["a limit of detection", many(400, () => Math.max(normal(), -0.5)), 1],
    ["zeros before counts", many(400, () => (uniform() < 0.4 ? 0 : 30 + Math.round(6 * normal()))), 1],
    ["both ends of a scale", many(400, () => Math.min(1, Math.max(-1, normal()))), 2],
    ["two values among others", many(400, () => (uniform() < 0.5 ? normal() : uniform() < 0.5 ? 1 : -1)), 2],
  ])("%s are atoms", (_, values, atoms) => {
    const [side] = sidesOf([coded(values), "number"], [coded(other), "number"]);
    expect(side.kind).toBe("mixture");
    expect(new Set(side.atoms.filter((atom) => atom !== FREE)).size).toBe(atoms);
    expect(side.free).toBe(side.atoms.filter((atom) => atom === FREE).length);
  });

  test("few rows of a value are no atom", () => {
    const values = [0, 0, 0, 0, 0, 0, 0, ...many(30, normal)];
    expect(kinds(values, many(37, normal))).toEqual(["number", "number"]);
  });
});

describe("levels", () => {
  test("are categories, columns of two values, and small counts with many zeros", () => {
    const number = many(300, normal);
    expect(
      kinds(
        many(300, (k) => k % 7),
        number,
        ["category", "number"],
      ),
    ).toEqual(["levels", "number"]);
    expect(
      kinds(
        number,
        many(300, (k) => k % 2),
      ),
    ).toEqual(["number", "levels"]);
    expect(
      kinds(
        number,
        many(300, (k) => (k % 3 === 0 ? Math.floor(9 * uniform()) : 0)),
      ),
    ).toEqual(["number", "levels"]);
  });

  test("are two columns whose table is well filled", () => {
    const [five, six] = [many(150, (k) => k % 5), many(150, (k) => k % 6)];
    expect(kinds(five, six)).toEqual(["levels", "levels"]);
    expect(kinds(five.slice(1), six.slice(1))).toEqual(["number", "number"]);
    // Beside categories two rows a cell are enough.
    const [a, b] = [five.slice(0, 60), six.slice(0, 60)];
    expect(kinds(a, b, ["category", "number"])).toEqual(["levels", "levels"]);
    expect(kinds(a.slice(1), b.slice(1), ["category", "number"])).toEqual(["levels", "number"]);
    // Beyond twenty values they need ten rows a cell.
    const [thirty, three] = [many(900, (k) => k % 30), many(900, (k) => Math.floor(k / 30) % 3)];
    expect(kinds(thirty, three)).toEqual(["levels", "levels"]);
    expect(kinds(thirty.slice(1), three.slice(1))).toEqual(["number", "number"]);
  });
});

test("categories, columns of two values and full tables may be counted, many numbers may not", () => {
  const column = (values: number[], kind: ColumnKind = "number") => ({ kind, coded: coded(values) });
  const [two, five, number] = [many(100, (k) => k % 2), many(100, (k) => k % 5), many(100, normal)];
  expect(mayBeCounted(column(number, "category"), column(two))).toBe(true);
  expect(mayBeCounted(column(five), column(two))).toBe(true);
  expect(mayBeCounted(column(five), column(five))).toBe(false);
  expect(mayBeCounted(column(number), column(number))).toBe(false);
  expect(mayBeCounted(column(number), column(five, "category"))).toBe(false);
});
