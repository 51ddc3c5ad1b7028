import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { columnsOf, tempFolder, valuesOf } from "../testing/files.js";
import { openDatabase } from "./database.js";
import { findInput } from "./input.js";
import { type ReadOptions, readTable } from "./read.js";

/** Writes files into one folder and reads them as one table, in that order. */
async function readFiles(files: Record<string, string | Uint8Array>, options?: ReadOptions) {
  const folder = tempFolder();
  const paths = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
  const table = await readTable(await findInput(paths), options);
  return { ...table, notes: table.notes.map((note) => note.replaceAll(`${folder}/`, "")) };
}

const NUMBERS = Array.from({ length: 12 }, (_, k) => [k - 3, 200 + 50 * k]);
const lines = (rows: readonly (readonly (number | string)[])[], between = ",") =>
  rows.map((row) => row.join(between)).join("\n");

describe("several files as one table", () => {
  test("rows stand in the order of the files, columns are matched by name", async () => {
    const table = await readFiles({ "jan.csv": "a,b\n1,2.5\n3,4\n", "feb.csv": "b,a\n6,5\n8,7\n" });
    expect(valuesOf(table)).toEqual({ a: [1, 3, 5, 7], b: [2.5, 4, 6, 8] });
    expect(table.rows).toBe(4);
    expect(table.file).toMatch(/jan\.csv and 1 more file$/);
    expect(table.notes).toEqual(["2 files, one below another: jan.csv (2 rows), feb.csv (2 rows)"]);
  });

  test("kinds are decided over all rows: codes, levels, words for what is missing", async () => {
    const table = await readFiles({
      "a.csv": "x,k\n1,red\n2,green\n?,red\n",
      "b.csv": "x,k\n4,green\n5,blue\n6,blue\n",
    });
    const { x, k } = columnsOf(table);
    expect([...x.values]).toEqual([1, 2, Number.NaN, 4, 5, 6]);
    expect(k.levels).toEqual(["blue", "green", "red"]);
    expect([...k.values]).toEqual([2, 1, 2, 1, 0, 0]);
  });

  test.each([
    ["lacks", "a,c\n1,2\n", 'b.csv has no column "b", which'],
    ["adds", "a,b,c\n1,2,3\n", 'b.csv has a column "c", which'],
  ])("columns that differ are refused: one file %s a column", async (_, other, message) => {
    const failed = readFiles({ "a.csv": "a,b\n1,2\n", "b.csv": other });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toThrow("give all files the same columns");
  });

  test("the columns that all have, where that is asked for; those that some lack are named", async () => {
    const files = {
      "a.csv": "u,a,b\n9,1,2\n",
      "b.csv": "b,v,a,w\n4,9,3,8\n",
      "c.json": '[{"w": 7, "b": 6, "a": 5}]',
    };
    const table = await readFiles(files, { common: true });
    expect(valuesOf(table)).toEqual({ a: [1, 3, 5], b: [2, 4, 6] });
    expect(table.notes.slice(1)).toEqual([
      "only in a.csv, left out: u",
      "only in b.csv, left out: v",
      "only in b.csv and c.json, left out: w",
    ]);
    await expect(readFiles({ "a.csv": "a\n1\n", "b.csv": "b\n1\n" }, { common: true })).rejects.toThrow(
      /a\.csv and 1 other file have no column in common; give files/,
    );
  });

  test("each file has its own delimiter, encoding, compression and format", async () => {
    const folder = tempFolder();
    const database = await openDatabase({ threads: 1 });
    const parquet = join(folder, "t.parquet");
    await database.run(`COPY (SELECT 9 AS n, 'ä' AS w, 10.5::DOUBLE AS x) TO '${parquet}' (FORMAT parquet)`);
    database.close();
    const { readFileSync } = await import("node:fs");
    const table = await readFiles({
      "a.csv": "x,w,n\n1.5,ä,1\n2.5,o,2\n",
      "b.csv": Buffer.from("n;w;x\n3;ä;3,5\n4;o;4,5\n", "latin1"),
      "c.tsv.gz": gzipSync("x\tw\tn\n5.5\to\t5\n6.5\tä\t6\n"),
      "d.json": JSON.stringify([
        { n: 7, w: "o", x: 7.5 },
        { n: 8, w: "ä", x: 8.25 },
      ]),
      "e.parquet": readFileSync(parquet),
    });
    const { x, w, n } = columnsOf(table);
    expect([...n.values]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...x.values]).toEqual([1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.25, 10.5]);
    expect(w.levels).toEqual(["o", "ä"]);
    expect([...w.values]).toEqual([1, 0, 1, 0, 0, 1, 0, 1, 1]);
    expect(table.notes.join("\n")).toContain("b.csv: read as windows-1252");
  });

  test("types that differ between files of types are joined", async () => {
    const table = await readFiles({
      "a.json": '[{"x": 1, "y": true, "d": 1.5}, {"x": 2, "y": false, "d": 2}]',
      "b.json": '[{"x": 1.5, "y": true, "d": "3.5"}, {"x": 4, "y": false, "d": null}]',
    });
    expect(valuesOf(table)).toEqual({ x: [1, 2, 1.5, 4], y: [1, 0, 1, 0], d: [1.5, 2, 3.5, Number.NaN] });
    expect(columnsOf(table).y.kind).toBe("boolean");
  });

  test("nested values in one file make the column one of nested values", async () => {
    const table = await readFiles({
      "a.json": '[{"x": 1, "y": 2}, {"x": 2, "y": 5}]',
      "b.json": '[{"x": {"z": 1}, "y": 3}, {"x": {"z": 2}, "y": 4}]',
    });
    expect(table.unusable.map(({ name }) => name)).toEqual(["x"]);
    expect(valuesOf(table).y).toEqual([2, 5, 3, 4]);
  });

  test("one file has decimal commas, another one decimal points: 1.234 is what it is in its file", async () => {
    const german = lines(
      [["a", "b"], ...NUMBERS.map(([a, b]) => [String(a + 0.5).replace(".", ","), `1.${b}`])],
      ";",
    );
    const english = lines([["a", "b"], ...NUMBERS.map(([a, b]) => [String(a + 0.5), `1.${b}`])]);
    const table = await readFiles({ "de.csv": german, "en.csv": english });
    const expected = NUMBERS.map(([a]) => a + 0.5);
    expect(valuesOf(table).a).toEqual([...expected, ...expected]);
    const thousands = NUMBERS.map(([, b]) => 1000 + b);
    expect(valuesOf(table).b).toEqual([...thousands, ...thousands.map((value) => value / 1000)]);
  });

  test("one file has days first, another one months", async () => {
    const days = Array.from({ length: 20 }, (_, k) => new Date(Date.UTC(2020, k % 12, 3 + k)));
    const [dmy, mdy] = [0, 1].map((first) =>
      lines([
        ["d", "x"],
        ...days.map((day, k) => {
          const parts = [day.getUTCDate(), day.getUTCMonth() + 1];
          return [`${parts[first]}/${parts[1 - first]}/2020`, k % 7];
        }),
      ]),
    );
    const table = await readFiles({ "uk.csv": dmy, "us.csv": mdy });
    const seconds = days.map((day) => day.getTime() / 1000);
    expect(valuesOf(table).d).toEqual([...seconds, ...seconds]);
  });

  test("wide files, whose cells are kept one by one, and one that is long enough for a table", async () => {
    const names = Array.from({ length: 100 }, (_, k) => `c${k}`);
    const rows = (count: number, from: number) =>
      Array.from({ length: count }, (_, row) =>
        names.map((_, k) => (k === 5 && row === 1 ? "" : from + row * 100 + k)),
      );
    const reversed = [...names].reverse();
    const table = await readFiles({
      "a.csv": lines([names, ...rows(3, 0)]),
      "b.csv": lines([reversed, ...rows(2, 5000).map((row) => [...row].reverse())]),
      "c.csv": lines([names, ...rows(9000, 10_000)]),
    });
    expect(table.rows).toBe(9005);
    const { c5, c99 } = columnsOf(table);
    expect([...c5.values.subarray(0, 7)]).toEqual([5, Number.NaN, 205, 5005, Number.NaN, 10_005, Number.NaN]);
    expect([...c99.values.subarray(0, 7)]).toEqual([99, 199, 299, 5099, 5199, 10_099, 10_199]);
    expect(c99.values[9004]).toBe(10_000 + 8999 * 100 + 99);
  });

  test("wide JSON", async () => {
    const row = (from: number) =>
      Object.fromEntries(Array.from({ length: 300 }, (_, k) => [`k${k}`, from + k]));
    const table = await readFiles({
      "a.json": JSON.stringify([row(0), row(1)]),
      "b.json": JSON.stringify([row(2), row(3)]),
    });
    expect(valuesOf(table).k7).toEqual([7, 8, 9, 10]);
  });

  test("a file without rows adds none; the names of rows are none of the columns", async () => {
    const table = await readFiles({ "a.csv": "a,b\n1,2\n2,1\n", "b.csv": "a,b\n" });
    expect(table.rows).toBe(2);
    const named = await readFiles({
      "a.csv": '"h","w"\n"1",3,4\n"2",4,5\n',
      "b.csv": '"h","w"\n"3",5,6\n"4",7,8\n',
    });
    expect(valuesOf(named)).toEqual({ h: [3, 4, 5, 7], w: [4, 5, 6, 8] });
  });

  test("integers that doubles would round stay apart over all files", async () => {
    const ids = ["9007199254740993", "9007199254740992", "9007199254740995", "9007199254740994"];
    const table = await readFiles({
      "a.csv": `id,x\n${ids[0]},1\n${ids[1]},2\n`,
      "b.csv": `id,x\n${ids[2]},3\n${ids[3]},4\n`,
    });
    expect(valuesOf(table).id).toEqual([1, 0, 3, 2]);
  });
});

describe("the files that are named", () => {
  test("a pattern gives its files in natural order, without hidden ones", async () => {
    const folder = tempFolder();
    for (const k of [10, 9, 2, 1]) writeFileSync(join(folder, `part${k}.csv`), `a,b\n${k},1\n`);
    writeFileSync(join(folder, "._part1.csv"), "\0\0");
    const input = await findInput([join(folder, "*.csv")]);
    expect(input.files.map((file) => file.slice(folder.length + 1))).toEqual(
      [1, 2, 9, 10].map((k) => `part${k}.csv`),
    );
    expect(input.name).toBe(join(folder, "*.csv"));
    expect(valuesOf(await readTable(input)).a).toEqual([1, 2, 9, 10]);
  });

  test("a file whose name looks like a pattern is itself", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "t[1].csv"), "a,b\n1,2\n3,1\n");
    writeFileSync(join(folder, "t1.csv"), "a,b\n5,6\n7,1\n");
    const input = await findInput([join(folder, "t[1].csv")]);
    expect(valuesOf(await readTable(input)).a).toEqual([1, 3]);
  });

  test("what matches nothing, is missing or named twice is refused", async () => {
    const folder = tempFolder();
    const [a, b] = ["a.csv", "b.csv"].map((name) => join(folder, name));
    for (const path of [a, b]) writeFileSync(path, "a,b\n1,2\n");
    await expect(findInput([join(folder, "*.tsv")])).rejects.toThrow("as a pattern it matches none");
    await expect(findInput([a, join(folder, "c.csv")])).rejects.toThrow(
      "c.csv does not exist; check the path.",
    );
    await expect(findInput([a, b, a])).rejects.toThrow("a.csv is named twice; name it once, or its rows");
    await expect(findInput([a, join(folder, "*.csv")])).rejects.toThrow("is named twice");
    await expect(findInput([a, `${folder}/../${folder.split("/").at(-1)}/a.csv`])).rejects.toThrow(
      "are one file",
    );
    await expect(findInput(["-", "-"])).rejects.toThrow("- is named twice");
  });

  test("many files are counted, and what holds for all of them is told once", async () => {
    const files = Object.fromEntries(
      Array.from({ length: 9 }, (_, k) => [`f${k}.csv`, `# taken by hand\nA title\na;b\n${k};1\n`]),
    );
    const { notes } = await readFiles(files);
    expect(notes[0]).toMatch(
      /^9 files, .* f4\.csv \(1 row\) and 4 more, the last of them f8\.csv \(1 row\)$/,
    );
    expect(notes.slice(1)).toEqual(['all files: 1 line above the header is left out ("A title")']);
  });
});
