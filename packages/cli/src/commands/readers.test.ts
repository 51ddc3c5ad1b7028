import { describe, expect, test } from "vitest";
import { UsageError } from "../errors.js";
import { columnNames, fileName, oneOf, share, wholeNumber, wholeNumberOrAll, wordsAmong } from "./readers.js";

describe("wholeNumber", () => {
  const parse = wholeNumber("--threads", 1);

  test("reads whole numbers from the least on", () => {
    expect([parse("1"), parse("007"), parse("16")]).toEqual([1, 7, 16]);
  });

  test.each(["0", "-1", "1.5", "1e3", "", " 1", "0x10", "abc", "99999999999999999999"])(
    "refuses %j",
    (text) => {
      expect(() => parse(text)).toThrow(
        new UsageError(`--threads takes a whole number of at least 1, not ${JSON.stringify(text)}.`),
      );
    },
  );
});

describe("wholeNumberOrAll", () => {
  const parse = wholeNumberOrAll("--top");

  test("reads a number, or all", () => {
    expect(parse("3")).toBe(3);
    expect(parse("all")).toBe(Number.POSITIVE_INFINITY);
    expect(() => parse("0")).toThrow('--top takes a whole number of at least 1, not "0".');
  });
});

describe("share", () => {
  const parse = share("--fdr");

  test("reads shares above 0, up to 1", () => {
    expect(["0.05", " 1", "1e-3"].map((text) => parse(text))).toEqual([0.05, 1, 0.001]);
  });

  test.each(["0", "-0.1", "1.01", "", " ", "5 %", "NaN"])("refuses %j", (text) => {
    expect(() => parse(text)).toThrow(
      new UsageError(`--fdr takes a share above 0 and up to 1, such as 0.05, not ${JSON.stringify(text)}.`),
    );
  });
});

describe("oneOf", () => {
  test("takes words as they are written", () => {
    expect(oneOf("--format", ["text", "json"])("json")).toBe("json");
    expect(() => oneOf("--format", ["text", "json"])("JSON")).toThrow(
      '--format takes one of text, json, not "JSON".',
    );
  });
});

describe("columnNames", () => {
  const parse = columnNames("--columns");

  test("reads a list, also with commas in names, and adds it to earlier ones", () => {
    expect(parse("a, b")).toEqual(["a", "b"]);
    expect(parse('"name, with comma",b', ["a"])).toEqual(["a", "name, with comma", "b"]);
  });

  test("keeps each name once", () => {
    expect(parse("a,b,a", ["b"])).toEqual(["b", "a"]);
  });

  test.each(["", "a,,b", "a,", " "])("refuses %j", (text) => {
    expect(() => parse(text)).toThrow("--columns takes names with commas between them");
  });
});

describe("fileName", () => {
  test("is not empty", () => {
    expect([fileName("FILE", "a table")("a"), fileName("--out")("b")]).toEqual(["a", "b"]);
    expect(() => fileName("FILE", "a table")("")).toThrow(new UsageError("FILE is empty; name a table."));
    expect(() => fileName("--out")("")).toThrow(new UsageError("--out is empty; name a file."));
  });
});

test("wordsAmong reads words of a list, and says where a file goes", () => {
  const parse = wordsAmong("--parts", ["day", "hour"]);
  expect(parse("hour, day")).toEqual(["hour", "day"]);
  expect(parse("day", ["hour"])).toEqual(["hour", "day"]);
  expect(() => parse("day,t.csv")).toThrow(
    '--parts takes some of day,hour, not "day,t.csv"; if that is the file, name it before --parts.',
  );
});
