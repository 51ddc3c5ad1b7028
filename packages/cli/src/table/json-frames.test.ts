import { expect, test } from "vitest";
import { readText, valuesOf } from "../testing/files.js";

const EXPECTED = { x: [0.5, 1.5, 2.5], y: [3, Number.NaN, 9] };

test.each([
  ["columns", { x: { 0: 0.5, 1: 1.5, 2: 2.5 }, y: { 0: 3, 1: null, 2: 9 } }],
  ["index", { 0: { x: 0.5, y: 3 }, 1: { x: 1.5, y: null }, 2: { x: 2.5, y: 9 } }],
  ["index with names", { a: { x: 0.5, y: 3 }, b: { x: 1.5 }, c: { x: 2.5, y: 9 } }],
  [
    "split",
    {
      columns: ["x", "y"],
      index: [0, 1, 2],
      data: [
        [0.5, 3],
        [1.5, null],
        [2.5, 9],
      ],
    },
  ],
  [
    "table",
    {
      schema: { fields: [{ name: "x" }, { name: "y" }] },
      data: [{ x: 0.5, y: 3 }, { x: 1.5 }, { x: 2.5, y: 9 }],
    },
  ],
  [
    "wrapped",
    {
      count: 3,
      results: [
        { x: 0.5, y: 3 },
        { x: 1.5, y: null },
        { x: 2.5, y: 9 },
      ],
    },
  ],
  [
    "wrapped twice",
    {
      data: {
        items: [
          { x: 0.5, y: 3 },
          { x: 1.5, y: null },
          { x: 2.5, y: 9 },
        ],
      },
    },
  ],
  [
    "arrays below their names",
    [
      ["x", "y"],
      [0.5, 3],
      [1.5, null],
      [2.5, 9],
    ],
  ],
] as const)("JSON of a data frame: %s", async (_, value) => {
  expect(valuesOf(await readText("t.json", JSON.stringify(value)))).toEqual(EXPECTED);
});

test("JSON of arrays has no names, and long integers stay apart", async () => {
  const text = "[[9007199254740993, 1], [9007199254740992, 2], [9007199254740995, 3]]";
  expect(valuesOf(await readText("t.json", text))).toEqual({ column1: [1, 0, 3], column2: [1, 2, 3] });
});

test("features are rows of their properties", async () => {
  const features = [0.5, 1.5, 2.5].map((x) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [1, 2] },
    properties: { x },
  }));
  const table = await readText("t.geojson", JSON.stringify({ type: "FeatureCollection", features }));
  expect(valuesOf(table)).toEqual({ x: [0.5, 1.5, 2.5] });
});
