import { describe, expect, test } from "vitest";
import { columnsFrom } from "./columns-from.js";

const list = (table: Parameters<typeof columnsFrom>[0]) => [...columnsFrom(table)];

describe("rows", () => {
  test("as objects or Maps; what a row lacks is missing", () => {
    const expected = [
      ["a", [1, undefined, 3]],
      ["b", [undefined, "x", undefined]],
    ];
    expect(list([{ a: 1 }, { b: "x" }, { a: 3 }])).toEqual(expected);
    expect(list([new Map([["a", 1]]), new Map([["b", "x"]]), new Map([["a", 3]])])).toEqual(expected);
    expect(list([])).toEqual([]);
  });

  test("from any iterable, in the order in which names appear", () => {
    function* rows() {
      yield { z: null, a: true };
      yield { a: false, z: 2n };
    }
    expect(list(rows())).toEqual([
      ["z", [null, 2n]],
      ["a", [true, false]],
    ]);
  });
});

/** A vector as Arrow has them: its memory has a number where nothing is, and only `get` knows. */
const vector = (values: unknown[]) => ({
  length: values.length,
  get: (row: number) => values[row],
  toArray: () => Float64Array.from(values, (value) => Number(value ?? 0)),
});

describe("tables of other libraries", () => {
  test("of Arrow, by what is valid", () => {
    const columns: Record<string, unknown> = { n: vector([1, null, 3]), t: vector(["a", "b", null]) };
    const table = {
      schema: { fields: [{ name: "n" }, { name: "t" }] },
      getChild: (name: string) => columns[name],
    };
    expect(list(table)).toEqual([
      ["n", [1, null, 3]],
      ["t", ["a", "b", null]],
    ]);
  });

  test("of Arquero", () => {
    const table = {
      columnNames: () => ["a", "b"],
      array: (name: string) => (name === "a" ? [1, 2] : ["x", null]),
    };
    expect(list(table)).toEqual([
      ["a", [1, 2]],
      ["b", ["x", null]],
    ]);
  });

  test("columns of DuckDB: decimals, instants and days become numbers", () => {
    const columns = {
      price: [{ width: 5, scale: 2, value: 150n, toDouble: () => 1.5 }, null],
      at: [{ micros: 2_000_000n }, null],
      day: [{ days: 3 }, { days: -1 }],
      big: [2n ** 60n, 1n],
    };
    expect(list(columns)).toEqual([
      ["price", [1.5, null]],
      ["at", [2000, null]],
      ["day", [259_200_000, -86_400_000]],
      ["big", [2n ** 60n, 1n]],
    ]);
  });

  test("objects and Maps of arrays and vectors", () => {
    const columns = { a: Float32Array.of(1, 2), b: vector([null, 4]) };
    const expected = [
      ["a", [1, 2]],
      ["b", [null, 4]],
    ];
    expect(list(columns)).toEqual(expected);
    expect(list(new Map(Object.entries(columns)))).toEqual(expected);
  });
});

test.each<[unknown, string]>([
  [
    null,
    "table is null; pass a list of rows, a table of Arrow or Arquero, or an object or a Map of columns.",
  ],
  ["a,b", 'table is "a,b"; pass a list of rows'],
  [new Date(0), "table is an object; pass a list of rows"],
  [[1, 2], "row 0 is 1; pass rows as objects or Maps of cells by their names."],
  [[{ a: 1 }, [2]], "row 1 is an array; pass rows as objects"],
  [{ a: 1 }, 'column "a" is 1; pass an array of cells.'],
  [new Map([[3, [1]]]), "the name of a column is 3; pass texts as names."],
])("%o is refused", (table, message) => {
  expect(() => columnsFrom(table as never)).toThrow(
    expect.objectContaining({ code: "invalid-option", message: expect.stringContaining(message) }),
  );
});
