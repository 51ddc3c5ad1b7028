import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { columnsOf, readText, tempFile } from "../testing/files.js";
import { LONGEST_RECORD, MOST_COLUMNS } from "./dialect.js";
import { lineEndCheck, readDialect } from "./head.js";

const list = (count: number, item: (k: number) => unknown) =>
  Array.from({ length: count }, (_, k) => item(k));
const ENDLESS = /first record does not end within 16 MiB/;

describe("a wide header", () => {
  test("is whole: 100,000 names", async () => {
    const names = list(100_000, (k) => `a name of some length ${k}`);
    const rows = list(2, (row) => list(100_000, (k) => `${(row as number) + (k as number)}`).join(";"));
    const path = tempFile("t.csv", `${names.join(";")}\n${rows.join("\n")}\n`);
    expect(await readDialect("t.csv", path)).toMatchObject({
      delimiter: ";",
      hasHeader: true,
      names,
      renamed: [],
    });
  });

  test("keeps the values of its last columns", async () => {
    const lines = [
      list(25_000, (k) => `name number ${k}`),
      ...list(3, (row) => list(25_000, (k) => `${row}${k}`)),
    ];
    const table = await readText("t.csv", (lines as string[][]).map((line) => line.join(",")).join("\n"));
    expect(table.columns).toHaveLength(25_000);
    expect(table.notes).toEqual([]);
    expect([...columnsOf(table)["name number 24999"].values]).toEqual([24_999, 124_999, 224_999]);
  });

  test("of equal names takes one line to tell", async () => {
    const line = (item: unknown) => list(20_000, () => item).join(",");
    const table = await readText("t.csv", `${line("a")}\n${line(1)}\n${line(2)}\n`);
    expect(table.names.at(-1)).toBe("a_20000");
    expect(table.notes).toEqual([
      "columns renamed: a → a_2, a → a_3, a → a_4, a → a_5, a → a_6 and 19994 more",
    ]);
  });

  test("is refused where it has more columns than anybody pairs", async () => {
    const most = `has more than ${MOST_COLUMNS} columns; keep those that matter`;
    await expect(readText("t.csv", `${",".repeat(1 << 20)}\n`)).rejects.toThrow(most);
    await expect(readText("t.csv", ",".repeat(1 << 20))).rejects.toThrow(most);
  });
});

describe("a line without an end", () => {
  test.each(["a", ","])("is refused, of %j", async (sign) => {
    await expect(readText("t.csv", sign.repeat(LONGEST_RECORD + 1))).rejects.toThrow(ENDLESS);
  });

  test("is refused while it is unpacked", async () => {
    for (const sign of ["a", ",", "\n"]) {
      await expect(readText("t.csv.gz", gzipSync(sign.repeat(3 * LONGEST_RECORD)))).rejects.toThrow(ENDLESS);
    }
    const check = lineEndCheck("t.csv.gz");
    const piece = Buffer.alloc(LONGEST_RECORD, "a");
    check(piece);
    check(piece);
    expect(() => check(piece)).toThrow(ENDLESS);
  });
});

describe("a quote in the header", () => {
  test("must be closed before the first row", async () => {
    await expect(readText("t.csv", 'a,"b\n1,2\n3,4\n')).rejects.toThrow(
      /t\.csv: the header opens a quote that is never closed, so 2 lines after it would be lost; close it or remove it\.$/,
    );
    await expect(readText("t.csv", 'a,"b\n1,"2"\n3,4\n')).rejects.toThrow("is closed only by a later quote");
  });
});
