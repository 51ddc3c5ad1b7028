import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { columnsOf, readText, tempFile, valuesOf } from "../testing/files.js";
import { readTable } from "./read.js";

const TEXT = "id,x,y,kind\nk1,1,5,a\nk2,2,,b\nk3,3,7,a\nk4,4,8,b\n";

describe("readTable", () => {
  it("gives all columns in the order of the file, with what is missing", async () => {
    const path = tempFile("t.csv", TEXT);
    const table = await readTable(path);
    expect(table).toMatchObject({ file: path, rows: 4, names: ["id", "x", "y", "kind"], notes: [] });
    expect(valuesOf(table)).toEqual({ x: [1, 2, 3, 4], y: [5, Number.NaN, 7, 8], kind: [0, 1, 0, 1] });
    expect(columnsOf(table).y.missing).toBe(1);
    expect(table.unusable.map(({ name }) => name)).toEqual(["id"]);
  });

  it("gives only the columns that are asked for, in the order of the request", async () => {
    const table = await readText("t.csv", TEXT, { columns: ["kind", "x"] });
    expect(table.names).toEqual(["kind", "x"]);
    expect(table.columns.map(({ name }) => name)).toEqual(["kind", "x"]);
  });

  it("adds the target to the columns, and uses both even if they look like identifiers", async () => {
    const table = await readText("t.csv", TEXT, { columns: ["x"], target: "id" });
    expect(valuesOf(table)).toEqual({ x: [1, 2, 3, 4], id: [0, 1, 2, 3] });
    const all = await readText("t.csv", TEXT, { target: "id" });
    expect(all.columns.map(({ name }) => name)).toEqual(["id", "x", "y", "kind"]);
  });

  it("names the nearest column if one is not there", async () => {
    await expect(readText("t.csv", TEXT, { columns: ["x", "kinds"] })).rejects.toThrow(
      'did you mean "kind"?',
    );
    await expect(readText("t.csv", TEXT, { target: "Y" })).rejects.toThrow('did you mean "y"?');
  });

  it("reads the same with several threads", async () => {
    const rows = Array.from({ length: 50_000 }, (_, k) => `${(k * 7919) % 1000},${k}`);
    const path = tempFile("t.csv", `a,b\n${rows.join("\n")}\n`);
    const [one, two] = [await readTable(path), await readTable(path, { threads: 2 })];
    expect(two.columns.map(({ values }) => values)).toEqual(one.columns.map(({ values }) => values));
    expect(one.columns[1].values.every((value, row) => value === row)).toBe(true);
  });
});

describe("the example tables", () => {
  const example = (name: string) => fileURLToPath(new URL(`../../../../examples/${name}`, import.meta.url));

  it("penguins.csv has four measurements and three kinds of categories", async () => {
    const table = await readTable(example("penguins.csv"));
    expect(table.rows).toBe(344);
    expect(table.columns.map(({ name, kind, missing }) => [name, kind, missing])).toEqual([
      ["Species", "category", 0],
      ["Island", "category", 0],
      ["Beak Length (mm)", "number", 2],
      ["Beak Depth (mm)", "number", 2],
      ["Flipper Length (mm)", "number", 2],
      ["Body Mass (g)", "number", 2],
      ["Sex", "category", 11],
    ]);
    expect(columnsOf(table).Sex.levels).toEqual(["FEMALE", "MALE"]);
  });

  it("seattle-weather.csv has a date and nothing missing", async () => {
    const table = await readTable(example("seattle-weather.csv"));
    expect(table.rows).toBe(1461);
    expect(table.columns.map(({ kind }) => kind)).toEqual([
      "date",
      "number",
      "number",
      "number",
      "number",
      "category",
    ]);
    expect(table.columns.every(({ missing }) => missing === 0)).toBe(true);
  });
});
