/** The page reads as the command does. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { literal, openDatabase } from "@infonet/cli/table/database.js";
import { readTable } from "@infonet/cli/table/read.js";
import { describe, expect, test } from "vitest";
import { decideColumns, readTexts } from "./read.js";

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const bytesOf = (text: string): ArrayBuffer => new TextEncoder().encode(text).buffer;
const read = async (text: string, asked = {}) =>
  decideColumns(await readTexts("t.csv", bytesOf(text)), asked);

describe("the columns are those of the command", () => {
  test.each(["examples/penguins.csv", "examples/seattle-weather.csv", "apps/playground/samples/shapes.csv"])(
    "%s",
    async (file) => {
      const path = at(`../../../../${file}`);
      const { buffer, byteOffset, byteLength } = await readFile(path);
      const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
      const { table, summary } = decideColumns(await readTexts(file, bytes), {});
      const expected = await readTable(path, {});
      expect(table.rows).toBe(expected.rows);
      expect(table.columns).toEqual(expected.columns);
      expect(table.unusable).toEqual(expected.unusable);
      expect(summary.usable).toEqual(expected.columns.map(({ name }) => name));
    },
  );
});

describe("Parquet is read as its CSV", () => {
  test.each(["snappy", "zstd", "gzip", "brotli", "lz4_raw"])("%s", async (codec) => {
    const folder = await mkdtemp(join(tmpdir(), "infonet-parquet-"));
    const database = await openDatabase({ threads: 1 });
    try {
      for (const name of ["examples/penguins.csv", "examples/seattle-weather.csv"]) {
        const csv = at(`../../../../${name}`);
        const path = join(folder, "t.parquet");
        await database.run(
          `COPY (SELECT * FROM read_csv(${literal(csv)})) TO ${literal(path)} (FORMAT parquet, COMPRESSION ${codec})`,
        );
        const { buffer, byteOffset, byteLength } = await readFile(path);
        const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
        const { table } = decideColumns(await readTexts(name, bytes), {});
        const { columns, rows } = await readTable(csv, {});
        expect(table.rows).toBe(rows);
        expect(table.columns).toEqual(columns);
      }
    } finally {
      database.close();
      await rm(folder, { recursive: true });
    }
  });
});

test("an index of pandas without a name is no column, unless it is asked for; a column of that name is one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "infonet-pandas-"));
  const database = await openDatabase({ threads: 1 });
  try {
    for (const pandas of ['{"index_columns": ["__index_level_0__"], "columns": []}', "{}", "{"]) {
      const path = join(folder, "t.parquet");
      await database.run(
        `COPY (SELECT range::DOUBLE AS a, (range * range) % 7 AS b, 3 * range AS "__index_level_0__" FROM range(50))
          TO ${literal(path)} (FORMAT parquet, KV_METADATA {pandas: ${literal(pandas)}})`,
      );
      const { buffer, byteOffset, byteLength } = await readFile(path);
      const texts = await readTexts(
        "t.parquet",
        buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer,
      );
      const { table, summary } = decideColumns(texts, {});
      const expected = await readTable(path, {});
      const isIndex = pandas.length > 2;
      expect(table.columns).toEqual(expected.columns);
      expect(summary.usable).toEqual(isIndex ? ["a", "b"] : ["a", "b", "__index_level_0__"]);
      if (!isIndex) continue;
      const reason = expect.stringMatching(/^holds the names of the rows/);
      expect(expected.unusable).toEqual([{ name: "__index_level_0__", reason }]);
      expect(table.unusable).toEqual([{ name: "__index_level_0__", reason }]);
      const asked = decideColumns(texts, { __index_level_0__: "number" }).table;
      const named = await readTable(path, { columns: ["a", "b", "__index_level_0__"] });
      expect(asked.columns).toEqual(named.columns);
      expect(asked.columns).toHaveLength(3);
    }
  } finally {
    database.close();
    await rm(folder, { recursive: true });
  }
});

test("columns make groups where two of their levels have thirty rows", async () => {
  const rows = Array.from(
    { length: 90 },
    (_, k) => `${k},${k % 2 ? "a" : "b"},${k < 80 ? "c" : "d"},${"xyzuvw"[k % 6]}`,
  );
  const { summary } = await read(`n,two,most,many\n${rows.join("\n")}\n`);
  expect(summary.grouping).toEqual(["two"]);
});

test("semicolons, decimal commas, titles, units, dates: by the same rules", async () => {
  const rows = Array.from({ length: 12 }, (_, k) => `${k + 1}.03.2020;${k},5;${k % 2 ? "ja" : "nein"};`);
  const { table, summary } = await read(`Report;;;\nday;size;told;empty\n${rows.join("\n")}\n`);
  expect(table.columns.map(({ name, kind }) => [name, kind])).toEqual([
    ["day", "date"],
    ["size", "number"],
    ["told", "boolean"],
  ]);
  expect([...table.columns[1].values]).toEqual(rows.map((_, k) => k + 0.5));
  expect(summary.notes[0]).toMatch(/1 line above the header/);
  expect(summary.columns[3]).toMatchObject({
    kind: "unusable",
    missing: 12,
    remarks: [expect.stringMatching(/no values/)],
  });
});

test("kinds are corrected, columns left out, and no remark names an option of the command", async () => {
  const text = `code,size,id\n${Array.from({ length: 300 }, (_, k) => `0${k % 4},${k % 7},u${k}x`).join("\n")}\n`;
  const { summary } = await read(text);
  expect(summary.columns.map(({ kind }) => kind)).toEqual(["number", "number", "unusable"]);
  const corrected = await read(text, { code: "category", size: "out", id: "category" });
  expect(corrected.summary.columns.map(({ kind }) => kind)).toEqual(["category", "out", "category"]);
  expect(corrected.table.columns[0].levels).toEqual(["00", "01", "02", "03"]);
  for (const { remarks } of [...summary.columns, ...corrected.summary.columns]) {
    expect(remarks.join(" ")).not.toMatch(/--/);
  }
});

test("JSON records, one a line, columns; gzip; Windows-1252; UTF-16", async () => {
  const rows = [
    { x: 1, y: "a" },
    { x: 2.5, y: null },
    { x: -3, y: "b" },
  ];
  const expected = { names: ["x", "y"], rows: 3 };
  const columns = { x: [1, 2.5, -3], y: ["a", null, "b"] };
  for (const text of [
    JSON.stringify(rows),
    rows.map((row) => JSON.stringify(row)).join("\n"),
    JSON.stringify(columns),
  ]) {
    const texts = await readTexts("t.json", bytesOf(text));
    expect(texts).toMatchObject(expected);
    expect(texts.columns.map(({ texts, codes }) => [texts, codes])).toEqual([
      [
        ["1", "2.5", "-3"],
        [0, 1, 2],
      ],
      [
        ["a", "b"],
        [0, -1, 1],
      ],
    ]);
  }
  const packed = gzipSync("x,y\n1,2\n3,4\n");
  const gz = packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.length) as ArrayBuffer;
  expect(await readTexts("t.csv.gz", gz)).toMatchObject({ names: ["x", "y"], rows: 2 });
  const latin = Uint8Array.from([..."gr\u00f6\u00dfe,y\n1,2\n"].map((char) => char.charCodeAt(0)));
  expect(await readTexts("t.csv", latin.buffer)).toMatchObject({ names: ["gr\u00f6\u00dfe", "y"] });
  const wide = new Uint8Array(Buffer.from("\ufeffx,y\n1,2\n", "utf16le"));
  expect(await readTexts("t.csv", wide.buffer)).toMatchObject({ names: ["x", "y"], rows: 1 });
});

test.each([
  ["", /t\.csv is empty/],
  ["a\n1\n", /single column/],
  ["a,b\n", /no rows/],
  ["PAR1....", /begins like Parquet and cannot be read \(.*\); it may be cut off/],
  ["a\0b", /no text; drop a CSV, JSON or Parquet file/],
  ["{", /t\.csv is not JSON/],
  ["[1, 2]", /holds no table/],
  ['a,b\n1,"2\n3,4\n5,6\n', /row 1 opens a quote .* never closed/],
])("%j is refused, with what to do", async (text, message) => {
  await expect(readTexts("t.csv", bytesOf(text))).rejects.toThrow(message);
});
