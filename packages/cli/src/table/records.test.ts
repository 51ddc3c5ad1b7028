import { describe, expect, test } from "vitest";
import { notesOf, readText, tempFile, valuesOf } from "../testing/files.js";
import { detectDialect } from "./dialect.js";
import { readRecords } from "./records.js";

/** A table of 1000 rows `k, k % 7`, with some rows written in another way. */
function table(change: Record<number, string>): string {
  const rows = Array.from({ length: 1000 }, (_, k) => change[k + 1] ?? `${k + 1},${k % 7}`);
  return `a,b\n${rows.join("\n")}\n`;
}

async function records(text: string): Promise<string[][]> {
  const rows: string[][] = [];
  const dialect = detectDialect(text, false, { delimiter: "," });
  for await (const batch of readRecords("t.csv", tempFile("t.csv", text), dialect)) rows.push(...batch);
  return rows;
}

describe("readRecords", () => {
  test("gives the records below the header, without blank lines", async () => {
    expect(await records('\ufeff\n\na,b\n1,2\r\n\r\n"x\ny",\r   \n3')).toEqual([
      ["1", "2"],
      ["x\ny", ""],
      ["3"],
    ]);
    expect(await records("1,2\n3,4\n")).toEqual([
      ["1", "2"],
      ["3", "4"],
    ]);
  });

  test("minds no borders between the pieces that it reads", async () => {
    const row = (k: number) => `${k},"${"é\n".repeat(k % 11)}"`;
    const rows = Array.from({ length: 120_000 }, (_, k) => row(k));
    const read = await records(`a,b\r\n${rows.join("\r\n")}`);
    expect(read).toHaveLength(rows.length);
    expect(read.every(([k, text], index) => k === `${index}` && text === "é\n".repeat(index % 11))).toBe(
      true,
    );
  });
});

describe("a quote that goes wrong", () => {
  test("is refused with its row and what would be lost, where it is never closed", async () => {
    for (const bad of ['100,"5', '"100,5']) {
      await expect(readText("t.csv", table({ 100: bad }))).rejects.toThrow(
        /t\.csv: row 100 opens a quote \(column "[ab]"\) that is never closed, so 900 lines after it would be lost; close it or remove it\.$/,
      );
    }
  });

  test("is refused where only the quote of a later row closes it", async () => {
    const text = table({ 100: '100,"5', 140: '140,"6"' });
    await expect(readText("t.csv", text)).rejects.toThrow("row 100 opens a quote");
    await expect(readText("t.csv", text)).rejects.toThrow("so 40 lines after it would be lost");
  });

  test("is refused in a table of many columns too", async () => {
    const line = (k: number, first = `${k}`) => [first, ...Array.from({ length: 99 }, () => k)].join(",");
    const lines = Array.from({ length: 50 }, (_, k) => line(k, k === 30 ? '"30' : undefined));
    await expect(
      readText("t.csv", `${line(0, "a").replaceAll("0", "x")}\n${lines.join("\n")}`),
    ).rejects.toThrow('row 31 opens a quote (column "a") that is never closed');
  });

  test("is refused where the record grows beyond all measure", async () => {
    const text = table({ 100: '100,"5', 200: `200,${"x".repeat(17 * 2 ** 20)}` });
    await expect(readText("t.csv", text)).rejects.toThrow("row 100 does not end within 16 MiB");
  });

  test("inside one line is text", async () => {
    const read = await readText("t.csv", table({ 100: '100,"3"x' }));
    expect(read.rows).toBe(1000);
    expect(notesOf(read)).toEqual(['b: 1 value is not a number (such as "3x") and taken as missing']);
  });
});

describe("rows of another length than the header", () => {
  test("are counted and named, and none is lost", async () => {
    const read = await readText("t.csv", table({ 17: "17", 500: "500,1,2", 501: "501,1,2" }));
    expect(read.rows).toBe(1000);
    expect(valuesOf(read).a).toEqual(Array.from({ length: 1000 }, (_, k) => k + 1));
    expect(read.notes).toEqual([
      "row 17 is shorter than the header, 2 rows (the first is row 500) are longer than the header: missing fields are empty, extra ones ignored",
    ]);
  });

  test("are told of in a table of many columns too", async () => {
    const lines = Array.from({ length: 9 }, (_, k) =>
      Array.from({ length: k === 5 ? 99 : 100 }, (_, j) => k * j),
    );
    const text = lines.map((line) => line.join(",")).join("\n");
    const read = await readText("t.csv", text);
    expect(read.notes.at(-1)).toBe(
      "row 6 is shorter than the header: missing fields are empty, extra ones ignored",
    );
    expect(read.columns.at(-1)?.values[5]).toBeNaN();
  });

  test("may end with a delimiter, which is no field", async () => {
    const read = await readText("t.csv", table({ 17: "17,1,", 20: "20" }));
    expect(read.notes).toEqual([
      "row 20 is shorter than the header: missing fields are empty, extra ones ignored",
    ]);
  });

  test("are all read where the database's reader gives up: long lines, mixed line ends", async () => {
    const long = await readText("t.csv", table({ 100: `100,${"x".repeat(3_000_000)}` }));
    expect(long.rows).toBe(1000);
    expect(valuesOf(await readText("t.csv", "a,b\n1,2\r\n3,4\r5,6\n7,8"))).toEqual({
      a: [1, 3, 5, 7],
      b: [2, 4, 6, 8],
    });
  });
});
