import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readText, tempFolder, valuesOf } from "../testing/files.js";
import { DEEPEST_JSON, scanJson } from "./json-scan.js";
import { readTable } from "./read.js";

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

describe("JSON that is nested deep", () => {
  test.each([
    ["t.json", nested(20_000)],
    ["t.json", `[{"a":${nested(20_000)}}]`],
    ["t.ndjson", `{"a":1}\n{"a":${'{"x":'.repeat(20_000)}1${"}".repeat(20_000)}}`],
    ["t.json", "[".repeat(DEEPEST_JSON + 1)],
  ])("is refused before the database sees it: %s", async (name, text) => {
    const message = `nested more than ${DEEPEST_JSON} levels deep; flatten it into columns`;
    await expect(readText(name, text)).rejects.toThrow(message);
    await expect(readText(`${name}.gz`, gzipSync(text))).rejects.toThrow(message);
  });

  test("is read up to that depth, and brackets in strings do not count", async () => {
    const rows = [1, 2].map(
      (b) => `{"b":${b},"deep":${nested(DEEPEST_JSON - 2)},"text":"\\\\\\"${"[{".repeat(999)}"}`,
    );
    expect(valuesOf(await readText("t.json", `[${rows}]`)).b).toEqual([1, 2]);
  });
});

describe("keys of JSON", () => {
  test("are kept as they are: in any case, empty, with blanks and escapes", async () => {
    const text = '[{"a":1,"A":2,"":5," b ":7,"c/~\\"\\u0041":8},{"A":3,"a":4,"":6," b ":9,"c/~\\"A":1}]';
    const table = await readText("t.json", text);
    expect(table.notes).toEqual([]);
    expect(valuesOf(table)).toEqual({ a: [1, 4], A: [2, 3], "": [5, 6], " b ": [7, 9], 'c/~"A': [8, 1] });
    expect(table.names).toEqual(["a", "A", "", " b ", 'c/~"A']);
  });

  test("that clash with each other hold all kinds of values", async () => {
    const rows = [
      { k: 1, K: "x", d: "2020-01-01", t: true, o: {}, n: null },
      { k: null, K: "y", d: "2020-01-02", t: false, o: {}, n: 1 },
      { K: "x", d: "2020-01-03", t: true, o: {}, n: 2 },
      null,
      { K: "y", d: "2020-01-04", t: true, o: {}, n: 2 },
    ];
    const table = await readText("t.json", JSON.stringify(rows));
    expect(valuesOf(table)).toMatchObject({
      K: [0, 1, 0, Number.NaN, 1],
      d: [1577836800, 1577923200, 1578009600, Number.NaN, 1578096000],
      t: [1, 0, 1, Number.NaN, 1],
      n: [Number.NaN, 1, 2, Number.NaN, 2],
    });
    expect(table.unusable.map(({ name }) => name)).toEqual(["k", "o"]);
    expect(valuesOf(await readText("t.json", '{"a":[1,2,null],"A":[3,4,5]}'))).toEqual({
      a: [1, 2, Number.NaN],
      A: [3, 4, 5],
    });
  });

  test.each(["json", "rowid"])("may be called %s", async (key) => {
    const rows = [5, 4, 9].map((value, k) => ({ [key]: value, other: k }));
    expect(valuesOf(await readText("t.json", JSON.stringify(rows)))).toEqual({
      [key]: [5, 4, 9],
      other: [0, 1, 2],
    });
    expect(valuesOf(await readText("t.json", `[{"${key}":1},{"${key}":2}]`))).toEqual({ [key]: [1, 2] });
  });

  test("may be many, and rare", async () => {
    const rows = [0, 1, 2].map((row) =>
      Object.fromEntries(Array.from({ length: 3000 }, (_, k) => [`k${k}`, k * row])),
    );
    const table = await readText("t.json", JSON.stringify(rows));
    expect(table.columns).toHaveLength(2999);
    expect(valuesOf(table).k2999).toEqual([0, 2999, 5998]);
    const rare = Array.from({ length: 100 }, (_, k) => ({ a: k, [`k${k}`]: 1 }));
    expect((await readText("t.json", JSON.stringify(rare))).names).toHaveLength(101);
  });

  test("are not found twice in one object", async () => {
    await expect(readText("t.json", '[{"a":1,"A":1},{"a":1,"a":2}]')).rejects.toThrow(
      'row 2 has the key "a" twice',
    );
  });
});

describe("what JSON begins and ends with", () => {
  test("may be a byte order mark", async () => {
    const expected = { a: [1, 2] };
    for (const [name, text] of [
      ["t.json", '\ufeff[{"a":1},{"a":2}]'],
      ["t.ndjson", '\ufeff{"a":1}\n{"a":2}\n'],
    ]) {
      expect(valuesOf(await readText(name, text))).toEqual(expected);
      expect(valuesOf(await readText(`${name}.gz`, gzipSync(text)))).toEqual(expected);
      expect(valuesOf(await readText(name, Buffer.from(text, "utf16le")))).toEqual(expected);
    }
  });

  test("is missed where it breaks off", async () => {
    const text = '[{"a":1,"b":"x"},{"a":2,"b":"y"}]';
    for (let length = 1; length < text.length; length++) {
      await expect(readText("t.json", text.slice(0, length)), text.slice(0, length)).rejects.toThrow(
        /t\.json (cannot be read as JSON: it breaks off|is empty)/,
      );
    }
  });
});

describe("JSON that is no table", () => {
  test.each([
    ["[1,2,3]", "holds no objects; JSON must be an array of objects or one object a line."],
    ['"x"', "holds no objects; "],
    ["[]", "holds no objects; "],
    ['[{"a":1},3,{"a":2}]', "row 2 is not an object; "],
    ['{"a":1}\n[2]\n', "row 2 is not an object; "],
    ['[{"a":1}]\n[{"a":2}]', "holds 2 arrays one after the other; "],
    ["[{},{}]", "its objects have no keys, so there are no columns."],
    ['[{"a":1},{"a":-Infinity}]', "row 2 holds an infinite value, which is not JSON; "],
    ['{"a":[1,2,3],"b":[1]}', 'the columns differ in length ("a" has 3 values, "b" has 1 values); '],
    ['{"a":[1,2,3],"A":[1]}', 'the columns differ in length ("a" has 3 values, "A" has 1 values); '],
  ])("is refused with the true cause: %s", async (text, message) => {
    await expect(readText("t.json", text)).rejects.toThrow(message);
  });
});

describe("scanJson", () => {
  test("minds no borders between the pieces that it reads", async () => {
    const key = "ké\\\\y\\u0041";
    const pad = (length: number) => `{"pad":"${"x".repeat(length)}"}`;
    const folder = tempFolder();
    for (let back = 0; back < 40; back += 3) {
      const path = join(folder, `${back}.json`);
      writeFileSync(path, `[${pad((1 << 20) - back)},{"${key}":"]\\"["}]`);
      const shape = await scanJson("t.json", path);
      expect(shape, `${back}`).toEqual({
        keys: ["pad", "ké\\yA"],
        objects: 2,
        firstOther: 0,
        arrays: 1,
        firstInfinite: 0,
      });
    }
  });
});

test("makes no columns of folders called like a=b", async () => {
  const folder = join(tempFolder(), "a=5");
  mkdirSync(folder);
  writeFileSync(join(folder, "t.ndjson"), '{"a":1,"A":2}\n{"a":3,"A":4}\n');
  expect(valuesOf(await readTable(join(folder, "t.ndjson")))).toEqual({ a: [1, 3], A: [2, 4] });
});
