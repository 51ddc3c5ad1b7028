import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { CliError } from "../errors.js";
import { notesOf, readText, tempFile, tempFolder, valuesOf } from "../testing/files.js";
import { openDatabase } from "./database.js";
import { readTable } from "./read.js";
import { detectFormat, watchFile } from "./source.js";

describe("delimited text", () => {
  test("reads quoted names and values", async () => {
    const table = await readText("t.csv", '"a, b","say ""x""",c\n"1","2",3\n4,"5",6\n');
    expect(valuesOf(table)).toEqual({ "a, b": [1, 4], 'say "x"': [2, 5], c: [3, 6] });
  });

  test("reads a name that goes over two lines", async () => {
    const table = await readText("t.csv", '"two\nlines",b\n1,2\n3,4\n');
    expect(valuesOf(table)).toEqual({ "two\nlines": [1, 3], b: [2, 4] });
  });

  test("reads semicolons with decimal commas", async () => {
    const table = await readText("t.csv", "a;b\n1,5;2\n-3,25;1.234,5\n");
    expect(valuesOf(table)).toEqual({ a: [1.5, -3.25], b: [2, 1234.5] });
  });

  test("takes the comma for a mark of thousands in other files", async () => {
    const table = await readText("t.csv", 'a,b\n"1,234",2\n"-5,000,000.5",3\n');
    expect(valuesOf(table)).toEqual({ a: [1234, -5000000.5], b: [2, 3] });
  });

  test.each(["t.tsv", "t.tab", "t.txt", "t.csv"])("reads tabs from %s", async (name) => {
    expect(valuesOf(await readText(name, "a\tb\n1\t2\n3\t4\n"))).toEqual({ a: [1, 3], b: [2, 4] });
  });

  test("minds no kind of line break, no final line break and no blank lines", async () => {
    const expected = { a: [1, 3], b: [2, 4] };
    for (const text of [
      "a,b\r\n1,2\r\n3,4",
      "a,b\r1,2\r3,4\r",
      "\ufeffa,b\n1,2\n3,4\n\n\n",
      "a,b\n1,2\n\n3,4\n",
    ]) {
      expect(valuesOf(await readText("t.csv", text)), JSON.stringify(text)).toEqual(expected);
    }
  });

  test("takes line breaks inside of names for no ends of rows, of whichever kind these are", async () => {
    for (const inside of ["\n", "\r\n", "\r"]) {
      for (const end of ["\n", "\r\n", "\r"]) {
        const text = ['a,"length', '(mm)"'].join(inside) + ["", "1,2", "3,4", ""].join(end);
        const table = await readText("t.csv", text);
        expect(valuesOf(table), JSON.stringify(text)).toEqual({ a: [1, 3], [`length${inside}(mm)`]: [2, 4] });
      }
    }
  });

  test("looks for the header below blank lines", async () => {
    for (const text of ["\n\na,b\n1,2\n3,4\n", "\r\n\r\n\r\na,b\r\n1,2\r\n3,4\r\n", "  \na,b\n1,2\n3,4\n"]) {
      expect(valuesOf(await readText("t.csv", text)), JSON.stringify(text)).toEqual({ a: [1, 3], b: [2, 4] });
    }
    const bare = await readText("t.csv", "\n1,2\n3,4\n");
    expect(valuesOf(bare)).toEqual({ column1: [1, 3], column2: [2, 4] });
  });

  test("counts a blank line of a single column as a missing value", async () => {
    const table = await readText("t.csv", "a\n1\n\n3\n");
    expect(valuesOf(table)).toEqual({ a: [1, Number.NaN, 3] });
  });

  test("names the columns of a file without a header and tells", async () => {
    const table = await readText("t.csv", "1,2\n3,4\n");
    expect(valuesOf(table)).toEqual({ column1: [1, 3], column2: [2, 4] });
    expect(table.notes).toEqual([
      "the first row holds only numbers: no header, columns are column1, column2, …",
    ]);
  });

  test("renames repeated names and tells", async () => {
    const table = await readText("t.csv", "a,a,\n1,2,3\n4,5,6\n");
    expect(table.names).toEqual(["a", "a_2", "column3"]);
    expect(table.notes).toEqual(["column renamed: a → a_2"]);
  });

  test("fills short rows, cuts long ones, and tells", async () => {
    const table = await readText("t.csv", "a,b,c\n1,2,3\n4,5\n6,7,8,9\n");
    expect(valuesOf(table)).toEqual({ a: [1, 4, 6], b: [2, 5, 7], c: [3, Number.NaN, 8] });
    expect(table.notes.join()).toContain("missing fields are empty, extra ones ignored");
  });

  test("finds a word far down the file", async () => {
    const rows = Array.from({ length: 30_000 }, (_, k) => `${k},${k % 7}`);
    rows[29_000] = "none,3";
    const table = await readText("t.csv", `a,b\n${rows.join("\n")}\n`);
    expect(table.rows).toBe(30_000);
    expect(table.columns[0].values[29_000]).toBeNaN();
    expect(notesOf(table)).toEqual(['a: "none" in 1 row counts as missing']);
  });

  test("reads UTF-16 and Windows-1252 and tells", async () => {
    const text = "größe,b\n1,2\n3,4\n";
    const wide = await readText("t.csv", Buffer.from(`\ufeff${text}`, "utf16le"));
    expect(wide.names).toEqual(["größe", "b"]);
    expect(wide.notes).toEqual(["read as utf-16le (it is not UTF-8)"]);
    const narrow = await readText("t.csv", Buffer.from(text, "latin1"));
    expect(narrow.names).toEqual(["größe", "b"]);
    expect(narrow.notes).toEqual(["read as windows-1252 (it is not UTF-8)"]);
  });
});

describe("compressed files", () => {
  test("reads CSV and JSON", async () => {
    const expected = { a: [1, 3], b: [2, 4] };
    expect(valuesOf(await readText("t.csv.gz", gzipSync("a,b\n1,2\n3,4\n")))).toEqual(expected);
    const json = gzipSync('[{"a":1,"b":2},{"a":3,"b":4}]');
    expect(valuesOf(await readText("t.json.gz", json))).toEqual(expected);
  });

  test("reads a compressed file whose head is cut", async () => {
    // Numbers without pattern, so that the compressed file is longer than the head that is looked at.
    const rows = Array.from({ length: 120_000 }, (_, k) => `${(k * 2654435761) % 4294967296},${k}`);
    const table = await readText("t.csv.gz", gzipSync(`a,b\n${rows.join("\n")}\n`));
    expect(table.rows).toBe(120_000);
    expect(table.columns[1].values[119_999]).toBe(119_999);
  });

  test("knows a compressed file by its first bytes too", async () => {
    expect(valuesOf(await readText("t.csv", gzipSync("a,b\n1,2\n3,4\n")))).toEqual({ a: [1, 3], b: [2, 4] });
  });

  test("reads a file that only pretends to be compressed", async () => {
    expect(valuesOf(await readText("t.csv.gz", "a,b\n1,2\n3,4\n"))).toEqual({ a: [1, 3], b: [2, 4] });
  });

  test("reports a compressed file that breaks off", async () => {
    const whole = gzipSync("a,b\n1,2\n3,4\n");
    await expect(readText("t.csv.gz", whole.subarray(0, 12))).rejects.toThrow(/t\.csv\.gz /);
  });
});

describe("JSON", () => {
  const expected = { a: [1, 3, 4], b: [2.5, Number.NaN, 5] };

  test("reads an array of rows, rows line by line, and an object of columns", async () => {
    for (const [name, text] of [
      ["t.json", '[{"a":1,"b":2.5},{"a":3,"b":null},{"b":5,"a":4}]'],
      ["t.ndjson", '{"a":1,"b":2.5}\n{"a":3}\n{"a":4,"b":5}\n'],
      ["t.jsonl", '{"a":1,"b":2.5}\n{"b":null,"a":3}\n{"a":4,"b":5}'],
      ["t.json", '{"a":[1,3,4],"b":[2.5,null,5]}'],
    ]) {
      expect(valuesOf(await readText(name, text)), text).toEqual(expected);
    }
  });

  test("is known by its first sign where the ending says nothing", async () => {
    expect(valuesOf(await readText("export", ' [{"a":1,"b":2.5},{"a":3},{"a":4,"b":5}]'))).toEqual(expected);
  });

  test("refuses what holds no rows", async () => {
    await expect(readText("t.json", "[1,2,3]")).rejects.toThrow(
      /t\.json holds no objects; JSON must be an array of objects or one object a line\.$/,
    );
    await expect(readText("t.json", '{"a": [1, 2')).rejects.toThrow(/t\.json cannot be read as JSON: /);
  });
});

describe("Parquet", () => {
  test("reads columns of all kinds of numbers, also with a hostile name", async () => {
    const path = join(tempFolder(), "t.parquet");
    const database = await openDatabase({ threads: 1 });
    await database.run(
      `COPY (SELECT 1::TINYINT AS a, 1.5::DECIMAL(4,1) AS "b""; DROP TABLE x; --", 2::HUGEINT AS c, true AS d
        UNION ALL SELECT 3, 2.5, NULL, false) TO '${path}' (FORMAT parquet)`,
    );
    database.close();
    const table = await readTable(path);
    expect(valuesOf(table)).toEqual({ a: [1, 3], 'b"; DROP TABLE x; --': [1.5, 2.5], d: [1, 0] });
    expect(table.unusable).toEqual([
      {
        name: "c",
        reason: "is constant: every value is 2 or missing (1); if missing means something, write it out",
      },
    ]);
  });

  test("reads a compressed file, and names as they are", async () => {
    const path = join(tempFolder(), "t.parquet");
    const database = await openDatabase({ threads: 1 });
    await database.run(
      `COPY (SELECT range AS " a ", {'x': range, 'y': 1} AS s, -range AS "position" FROM range(3)) TO '${path}' (FORMAT parquet)`,
    );
    database.close();
    const expected = { " a ": [0, 1, 2], position: [0, -1, -2] };
    expect(valuesOf(await readTable(path))).toEqual(expected);
    expect(valuesOf(await readText("t.parquet.gz", gzipSync(readFileSync(path))))).toEqual(expected);
  });

  test("reports a broken file", async () => {
    await expect(readText("t.parquet", "PAR1 and then nothing")).rejects.toThrow(
      /t\.parquet cannot be read as PARQUET: /,
    );
  });

  test("reports a file that is damaged where its values are, in one line", async () => {
    const path = join(tempFolder(), "t.parquet");
    const database = await openDatabase({ threads: 1 });
    await database.run(
      `COPY (SELECT 'text ' || range AS a FROM range(5000)) TO '${path}' (FORMAT parquet, COMPRESSION zstd)`,
    );
    database.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 100, 2000);
    writeFileSync(path, bytes);
    await expect(readTable(path)).rejects.toThrow(/^.*t\.parquet cannot be read: .+$/);
    await expect(readTable(path)).rejects.toBeInstanceOf(CliError);
  });
});

describe("detectFormat", () => {
  test("follows the ending, except where the first bytes are Parquet's", () => {
    const none = Buffer.alloc(0);
    expect(detectFormat("/x/T.CSV.GZ", none)).toBe("csv");
    expect(detectFormat("/x/t.pq", none)).toBe("parquet");
    expect(detectFormat("/x/t.csv", Buffer.from("PAR1"))).toBe("parquet");
    expect(detectFormat("/x/t.csv", Buffer.from("[1]"))).toBe("csv");
    expect(detectFormat("/x/t", Buffer.from("\ufeff {"))).toBe("json");
    expect(detectFormat("/x/t", Buffer.from("a,b"))).toBe("csv");
  });
});

describe("what is not a table", () => {
  test("is refused in one line with a remedy", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "sub.csv"));
    await expect(readTable(join(folder, "none.csv"))).rejects.toThrow(
      /none\.csv does not exist; check the path\.$/,
    );
    await expect(readTable(join(folder, "sub.csv"))).rejects.toThrow(
      /sub\.csv is a folder; name one file in it\.$/,
    );
    await expect(readText("t.csv", "")).rejects.toThrow(
      /is empty \(0 bytes\); a table with a header and rows/,
    );
    await expect(readText("t.csv", "a,b\n")).rejects.toThrow(
      /has a header but no rows; add data below the header/,
    );
    await expect(readTable("/dev/null")).rejects.toThrow(
      "/dev/null is not a regular file; save the data to a file",
    );
    await expect(readTable(tempFile("t.csv", "x") + "/t.csv")).rejects.toThrow(
      /cannot be opened \(ENOTDIR\)/,
    );
  });

  test.each([
    ["t.xlsx", "PK\x03\x04…[Content_Types].xml", "a spreadsheet or an office document; save the sheet with"],
    ["t.sav", "$FL2@(#) SPSS", "a file of SPSS; save the table as CSV."],
    ["t.csv", "<!DOCTYPE html><html>", "a page; save the table in it as CSV."],
    ["t.lz4", "\x04\x22\x4d\x18…", "compressed with lz4; unpack it, or compress it with gzip or zstd."],
    ["t.zip", "PK\x03\x04\x14\0\0\0\x08\0…………t.csv", "a ZIP archive; unpack it and name the table in it."],
    ["t.db", `……${"\0".repeat(6)}DUCK`, "a database of DuckDB; write a table of it with COPY"],
    ["t.tar", `t.csv${"\0".repeat(252)}ustar`, "a tar archive; unpack it and name the table in it."],
  ])("is known by its first bytes: %s", async (name, start, what) => {
    await expect(readText(name, Buffer.from(start, "latin1"))).rejects.toThrow(`${name} is ${what}`);
  });

  test.skipIf(process.getuid?.() === 0)("is refused where it may not be read", async () => {
    const path = tempFile("t.csv", "a,b\n1,2\n");
    chmodSync(path, 0);
    await expect(readTable(path)).rejects.toThrow(/cannot be opened \(EACCES\)/);
  });
});

describe("names of files", () => {
  test.each(["it's.csv", "a[1].csv", "*.csv", "50%.csv", "größe 😀.csv", "-x.csv", "year=2020.csv"])(
    "%j means just that file",
    async (name) => {
      const path = tempFile(name, "a,b\n1,2\n3,4\n");
      writeFileSync(join(path, "..", "a1.csv"), "x,y\n9,9\n8,8\n");
      expect((await readTable(path)).names).toEqual(["a", "b"]);
    },
  );

  test("does not make columns of folders called like a=b", async () => {
    const folder = join(tempFolder(), "year=2020");
    mkdirSync(folder);
    writeFileSync(join(folder, "t.json"), '[{"a":1,"b":2},{"a":3,"b":4}]');
    expect((await readTable(join(folder, "t.json"))).names).toEqual(["a", "b"]);
    for (const name of ["c0=5", "c1=5", "b=5"]) {
      const other = join(tempFolder(), name);
      mkdirSync(other);
      writeFileSync(join(other, "t.csv"), "a,b\n1,2\n3,4\n");
      expect(valuesOf(await readTable(join(other, "t.csv"))), name).toEqual({ a: [1, 3], b: [2, 4] });
      const path = join(other, "t.parquet");
      const database = await openDatabase({ threads: 1 });
      await database.run(
        `COPY (SELECT range AS a, range * 2 AS b FROM range(2)) TO '${path}' (FORMAT parquet)`,
      );
      database.close();
      expect(valuesOf(await readTable(path)), name).toEqual({ a: [0, 1], b: [0, 2] });
    }
  });
});

describe("temporary copies", () => {
  test("are gone after every way out", async () => {
    const folder = tempFolder();
    vi.stubEnv("TMPDIR", folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const inside = () => readdirSync(folder).filter((name) => name.startsWith(".infonet-"));
    const text = "a,b\n1,2\n3,4\n";
    await readText("t.csv.gz", gzipSync(text));
    await readText("t.csv", Buffer.from(text, "utf16le"));
    await expect(readText("t.csv.gz", gzipSync(text).subarray(0, 20))).rejects.toThrow("is cut");
    await expect(readText("t.csv.gz", gzipSync(text), { columns: ["c"] })).rejects.toThrow("has no column");
    await expect(readText("t.json.gz", gzipSync("[1]"))).rejects.toThrow("holds no objects");
    const controller = new AbortController();
    const rows = Array.from({ length: 300_000 }, (_, k) => `${k},${k % 7}`);
    const reading = readText("t.csv.gz", gzipSync(`a,b\n${rows.join("\n")}`), { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("stop")), 50);
    await expect(reading).rejects.toThrow("stop");
    expect(inside()).toEqual([]);
  });

  test("that find no room are told of", async () => {
    const nowhere = join(tempFolder(), "nowhere");
    const path = tempFile("t.csv.gz", gzipSync("a,b\n1,2\n3,4\n"));
    vi.stubEnv("TMPDIR", nowhere);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(readTable(path)).rejects.toThrow(
      /t\.csv\.gz needs a temporary copy, and no folder for it can be made \(ENOENT\); set TMPDIR/,
    );
  });
});

describe("watchFile", () => {
  test("notices that a file grows, is replaced or vanishes", async () => {
    const path = tempFile("t.csv", "a,b\n1,2\n");
    const message = `${path} changed while it was read; run again when it is at rest.`;
    await (await watchFile(path))();
    const grows = await watchFile(path);
    appendFileSync(path, "3,4\n");
    await expect(grows()).rejects.toThrow(message);
    const replaced = await watchFile(path);
    writeFileSync(`${path}.new`, readFileSync(path));
    renameSync(`${path}.new`, path);
    await expect(replaced()).rejects.toThrow(message);
    const vanishes = await watchFile(path);
    rmSync(path);
    await expect(vanishes()).rejects.toThrow(message);
  });
});

test("ends with the reason of an abort, whatever was running", async () => {
  const reason = new Error("stop");
  const path = tempFile("t.csv", "a,b\n1,2\n3,4\n");
  await expect(readTable(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
