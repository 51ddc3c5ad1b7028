import { describe, expect, test } from "vitest";
import { columnsOf, notesOf, readText, reasonsOf, valuesOf } from "../testing/files.js";
import { findSplit } from "./spaced.js";

const XY = { x: [1.5, 3, 5], y: [2, 4, 7] };
const ROWS = "1.5,2\n3,4\n5,7\n";

describe("what stands above and between", () => {
  test.each([
    ["comments", `# made by a logger\n# units: m\nx,y\n${ROWS}`],
    ["comments among the rows", "x,y\n1.5,2\n# half\n3,4\n5,7\n# end\n"],
    ["a header that is a comment", `# x,y\n${ROWS}`],
    ["a title", `Report of 2024\n\nx,y\n${ROWS}`],
    ["a title as a spreadsheet writes it", `Report of 2024,\n,\nx,y\n${ROWS}`],
    ["a line that names the separator", "sep=;\r\nx;y\r\n1.5;2\r\n3;4\r\n5;7\r\n"],
    ["a row of units", `x,y\nm,m/s\n${ROWS}`],
    ["blanks between columns", "x y\n1.5 2\n3 4\n5 7\n"],
    ["columns that are aligned", "    x    y\n  1.5    2\n    3    4\n    5    7\n"],
  ])("%s", async (_, text) => {
    expect(valuesOf(await readText("t.csv", text))).toEqual(XY);
  });

  test("lines of names and values", async () => {
    const text =
      "Station,Berlin\nLatitude,52.5\n\nday,x,y\n2020-01-01,1.5,2\n2020-01-02,3,4\n2020-01-03,5,7\n";
    const table = await readText("t.csv", text);
    expect(valuesOf(table)).toMatchObject(XY);
    expect(notesOf(table)).toEqual(['2 lines above the header are left out ("Station Berlin")']);
  });

  test("names of rows, with commas and with blanks", async () => {
    for (const text of [
      '"x","y"\n"a",1.5,2\n"b",3,4\n"c",5,7\n',
      '"x" "y"\n"a b" 1.5 2\n"b" 3 4\n"c" 5 7\n',
    ]) {
      const table = await readText("t.csv", text);
      expect(valuesOf(table), text).toEqual(XY);
      expect(reasonsOf(table)).toEqual({ row: "holds the names of the rows" });
      expect(table.notes.at(-1)).toBe(
        "the header is one name short: the first column holds the names of the rows",
      );
    }
    const named = await readText("t.csv", "x\n1,5\n2,6\n3,8\n", { columns: ["row", "x"] });
    expect(valuesOf(named)).toEqual({ row: [1, 2, 3], x: [5, 6, 8] });
  });

  test("fixed places of the line, with holes", async () => {
    const text = "name       age    h\nJohn Smith  12  1.5\nJane        13  1.7\nBo          14     \n";
    const table = await readText("t.dat", text, { columns: ["age", "h"] });
    expect(valuesOf(table)).toEqual({ age: [12, 13, 14], h: [1.5, 1.7, Number.NaN] });
  });

  test("words with blanks are no columns", () => {
    expect(findSplit(["full name", "John Smith", "Jane Doe"])).toBeUndefined();
    expect(findSplit(["name,age", "John Smith,12", "Jane Doe,13"])).toBeUndefined();
    expect(findSplit(["x", "1", "2"])).toBeUndefined();
  });
});

describe("a header", () => {
  test("is none where the user says so, and doubtful where it holds data", async () => {
    const text = "0.5,a,1\n0.25,b,2\n0.75,a,3\n0.5,b,4\n";
    const table = await readText("t.csv", text, { header: false });
    expect(table.rows).toBe(4);
    expect(columnsOf(table).column1.values[0]).toBe(0.5);
    expect(notesOf(table)).toEqual([]);
    expect((await readText("t.csv", text)).notes).toEqual([
      'the first row, which is taken for the header, holds "0.5"; if it is data, add --no-header',
    ]);
  });
});

describe("what looks like something else", () => {
  test("a delimiter at the end of every row is no column, and the first one no names of rows", async () => {
    const table = await readText("t.csv", "a,b\n1,2,\n3,4,\n5,7,\n");
    expect(valuesOf(table)).toEqual({ a: [1, 3, 5], b: [2, 4, 7] });
  });

  test("a comment with as many fields as a row is a comment", async () => {
    const table = await readText("t.csv", "a,b\n1,2\n# half, of them\n3,4\n5,7\n");
    expect(valuesOf(table)).toEqual({ a: [1, 3, 5], b: [2, 4, 7] });
  });

  test("values that begin with # are no comments, whatever the length of a row", async () => {
    const table = await readText("t.csv", "tag,b\n#1,2\n#2,3,9\n#1,4\n#2,5\n");
    expect(table.rows).toBe(4);
    expect(valuesOf(table)).toEqual({ tag: [0, 1, 0, 1], b: [2, 3, 4, 5] });
  });

  test("1d3 is a number of Fortran, and no 1 of the unit d3", async () => {
    expect(valuesOf(await readText("t.csv", "a,b\n1d3,1\n2.5D-2,2\n1e2,3\n")).a).toEqual([1000, 0.025, 100]);
  });
});

describe("numbers with an uncertainty", () => {
  test.each([
    ["12 ± 0.5", "13.5 ± 0.4", "14 ± 1e-1"],
    ["12±0.5", "13.5±.4", "14±0.3"],
    ["12 +/- 0.5", "13.5+/-0.4", "14 +/- 0.3"],
    ["12 ± 0.5 kg", "13.5 ± 0.4 kg", "14 ± 0.3 kg"],
    ["12 kg ± 0.5 kg", "13.5 kg ± 0.4 kg", "14 kg ± 0.3 kg"],
  ])("are the number where the whole column is such: %s", async (...cells) => {
    const table = await readText("t.csv", `a,b\n${cells.map((cell, k) => `${cell},${k}`).join("\n")}\n`);
    expect(valuesOf(table).a).toEqual([12, 13.5, 14]);
    expect(notesOf(table).join()).toContain(`the uncertainties (such as that of "${cells[0]}") are left out`);
  });

  test("are none where others have no uncertainty", async () => {
    const cells = Array.from({ length: 40 }, (_, k) => (k % 2 === 0 ? `${k}` : `${k} ± 1`));
    const table = await readText("t.csv", `a,b\n${cells.map((cell, k) => `${cell},${k}`).join("\n")}\n`);
    expect(Object.keys(reasonsOf(table))).toEqual(["a"]);
    const few = [...Array.from({ length: 60 }, (_, k) => `${k}.5`), "7 ± 1"];
    const other = await readText("t.csv", `a,b\n${few.map((cell, k) => `${cell},${k}`).join("\n")}\n`);
    expect(valuesOf(other).a?.at(-1)).toBeNaN();
    expect(notesOf(other).join()).toContain('not a number (such as "7 ± 1")');
  });
});

describe("single quotes", () => {
  test("around fields are no part of them, and may hold delimiters", async () => {
    const table = await readText(
      "t.csv",
      "name,b\n'x, y',1.5\n'z, w',2\n'x, y',3\n'it''s',4\n'it''s',5\n'z, w',6\n",
    );
    const { name, b } = columnsOf(table);
    expect(name.levels).toEqual(["it's", "x, y", "z, w"]);
    expect([...b.values]).toEqual([1.5, 2, 3, 4, 5, 6]);
    const ragged = await readText("t.csv", "'a';'b'\n'x; y';1\n'z';2;3\n'x; y';4\n'z';5\n");
    expect(columnsOf(ragged).a.levels).toEqual(["x; y", "z"]);
  });

  test("that are apostrophes, groups of thousands or beside double quotes stay", async () => {
    const apostrophes = await readText("t.csv", "name,b\nO'Hara,1\nit's,2\nO'Hara,3\nit's,4\n");
    expect(columnsOf(apostrophes).name.levels).toEqual(["O'Hara", "it's"]);
    const both = await readText("t.csv", `name,b\n"'x'",1\n"'y'",2\n"'x'",3\n"'y'",4\n`);
    expect(columnsOf(both).name.levels).toEqual(["'x'", "'y'"]);
    expect(valuesOf(await readText("t.csv", "a,b\n1'234.5,1\n2'345.5,2\n12.5,3\n")).a).toEqual([
      1234.5, 2345.5, 12.5,
    ]);
  });
});

test("rows that begin with #N/A or with a tag are rows", async () => {
  const rows = Array.from({ length: 12 }, (_, k) => `${k % 3 === 0 ? "#N/A" : k},${k}${k === 5 ? ",9" : ""}`);
  const table = await readText("t.csv", `a,b\n${rows.join("\n")}\n`);
  expect(valuesOf(table).b).toEqual(rows.map((_, k) => k));
  const tags = Array.from(
    { length: 12 },
    (_, k) => `${k % 3 === 0 ? "#red" : "blue"},${k}${k === 5 ? ",9" : ""}`,
  );
  expect((await readText("t.csv", `a,b\n${tags.join("\n")}\n`)).rows).toBe(12);
});

describe("what programs write above and among rows", () => {
  const forty = (row: (k: number) => string): string =>
    Array.from({ length: 40 }, (_, k) => row(k)).join("\n");

  test("a text that begins with # in a row as wide as the others is a value", async () => {
    const names = ["# of users", "# of hits", "latency", "uptime"];
    const rows = forty((k) => `"${names[k % 4]}",${k},${k % 3}`);
    const table = await readText("t.csv", `metric,v,g\n${rows}\n# the end\n`);
    expect(table.rows).toBe(40);
    expect(table.columns[0].levels?.toSorted()).toEqual(names.toSorted());
  });

  test.each([
    [
      "dates and amounts",
      "#date,price,city",
      (k: number) => `2020-01-${10 + (k % 20)},$${k}.50,${"AB"[k % 2]}`,
    ],
    [
      "texts that come again",
      "#name,color,size",
      (k: number) => `n${k},${"rgb"[k % 3]},${"SML"[(k >> 1) % 3]}`,
    ],
    ["below a comment", "# made today\n#name,color", (k: number) => `n${k},${"rgb"[k % 3]}`],
  ])("a header behind # above %s", async (_, header, row) => {
    const { names, rows } = await readText("t.csv", `${header}\n${forty(row)}\n`);
    expect(rows).toBe(40);
    expect(names).toEqual(header.split("\n").at(-1)?.slice(1).split(","));
  });

  test("several titles, each filled up to the width of the table", async () => {
    const rows = forty((k) => `r${k % 4},c${k % 3},k${k % 5}`);
    for (const titles of [
      "Report,,\n",
      "Report,,\nMade by me,,\n",
      "Report,,\n,,\nMade by me,,\nIn May,,\n\n",
    ]) {
      const table = await readText("t.csv", `${titles}region,city,kind\n${rows}\n`);
      expect(table.names, titles).toEqual(["region", "city", "kind"]);
      expect(table.rows).toBe(40);
    }
  });

  test("a header whose first name is empty is no title", async () => {
    const table = await readText("t.csv", `,color\n${forty((k) => `n${k},${"rgb"[k % 3]}`)}\n`);
    expect(table.rows).toBe(40);
    expect(table.names[1]).toBe("color");
  });
});
