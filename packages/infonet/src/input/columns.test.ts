import { expect, test } from "vitest";
import type { Column, Columns } from "../types.js";
import { readColumns, readPairs } from "./columns.js";

const a = [1, 2, 3];
const b = Float64Array.of(4, 5, 6);
const LIST = [
  { name: "a", values: a },
  { name: "b", values: b },
];

class Frame {
  a = a;
  b = b;
  sum(): number {
    return a[0] + b[0];
  }
}

test.each<[string, Columns]>([
  ["an object", { a, b }],
  ["an object without a prototype", Object.assign(Object.create(null) as Record<string, number[]>, { a, b })],
  ["a Map", new Map<string, ArrayLike<number>>(Object.entries({ a, b }))],
  ["a list", LIST],
  ["an instance of a class that holds nothing but arrays", new Frame() as never],
])("%s of columns is read, in its order", (_, columns) => {
  expect(readColumns(columns)).toEqual(LIST);
});

test("what is wrong with a single column is said by its pairs, not here", () => {
  expect(readColumns({ a, b: "text" as never })).toEqual([LIST[0], { name: "b", values: "text" }]);
});

/** Tables as Arrow and Arquero have them: names and arrays behind methods. */
class Table {
  schema = { fields: ["a", "b"] };
  batches = [1];
  _offsets = Uint32Array.of(0, 3);
  getChild(): unknown {
    return { toArray: () => a };
  }
}
class ColumnTable {
  _names = ["a", "b"];
  _data = { a, b };
  array(): unknown {
    return a;
  }
}

const REMEDY = "pass an object of arrays, a Map of them or a list of { name, values }.";
test.each<[unknown, string]>([
  [null, `columns is null; ${REMEDY}`],
  [undefined, `columns is undefined; ${REMEDY}`],
  [7, `columns is 7; ${REMEDY}`],
  ["a,b", `columns is "a,b"; ${REMEDY}`],
  [() => ({ a, b }), `columns is a function; ${REMEDY}`],
  [new Date(0), `columns is a Date, which has no columns; ${REMEDY}`],
  [new Set([a, b]), `columns is a Set, which has no columns; ${REMEDY}`],
  [b, `columns is a Float64Array, which has no columns; ${REMEDY}`],
  [new ArrayBuffer(8), `columns is an ArrayBuffer, which has no columns; ${REMEDY}`],
  [Promise.resolve({ a, b }), `columns is a Promise, which has no columns; ${REMEDY}`],
  [
    new Table(),
    `columns is a Table, whose columns lie behind methods: take them out with columnsFrom(table); ${REMEDY}`,
  ],
  [
    new ColumnTable(),
    `columns is a ColumnTable, whose columns lie behind methods: take them out with columnsFrom(table); ${REMEDY}`,
  ],
  [[a, b], "columns[0] is an array; pass { name, values } with a string as the name, or columnsFrom(rows)."],
  [
    [LIST[0], { values: b }],
    "columns[1] is an object; pass { name, values } with a string as the name, or columnsFrom(rows).",
  ],
  [[null], "columns[0] is null; pass { name, values } with a string as the name, or columnsFrom(rows)."],
  [new Map([[1, a]]), "columns is a Map with the key 1; pass names of columns as its keys."],
  [[LIST[0], LIST[0]], 'columns has two called "a"; give every column a name of its own.'],
  [{}, "columns has no columns; a pair needs two."],
  [[], "columns has no columns; a pair needs two."],
  [new Map(), "columns has no columns; a pair needs two."],
  [{ a }, 'columns has one column, "a"; a pair needs two.'],
  [new Map([["a", a]]), 'columns has one column, "a"; a pair needs two.'],
])("%o is refused as a table", (columns, message) => {
  expect(() => readColumns(columns as Columns)).toThrow(
    expect.objectContaining({ name: "InfoNetError", code: "invalid-option", message }),
  );
});

test.each<[unknown, string]>([
  [null, "pairs is null; pass a list of [x, y]."],
  [{ a, b }, "pairs is an object; pass a list of [x, y]."],
  [new Map([[a, b]]), "pairs is an object; pass a list of [x, y]."],
  [[a, b], "pairs[0] is an array of 3; pass [x, y], two columns."],
  [[[a, b], [a]], "pairs[1] is an array of 1; pass [x, y], two columns."],
  [[[a, b], undefined], "pairs[1] is undefined; pass [x, y], two columns."],
  [[b], "pairs[0] is an object; pass [x, y], two columns."],
  [new Array(1), "pairs[0] is undefined; pass [x, y], two columns."],
])("%o is refused as a list of pairs", (pairs, message) => {
  expect(() => readPairs(pairs as [Column, Column][])).toThrow(
    expect.objectContaining({ name: "InfoNetError", code: "invalid-option", message }),
  );
});

test("no pairs are a list of them", () => {
  expect(readPairs([])).toEqual([]);
  expect(readPairs<Column>([[a, b]])).toEqual([[a, b]]);
});
