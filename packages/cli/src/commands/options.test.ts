import { describe, expect, it } from "vitest";
import { UsageError } from "../errors.js";
import {
  checkReportName,
  chooseFormat,
  collectColumns,
  oneOf,
  parseFile,
  parsePath,
  parseTop,
  parseUnits,
  wholeNumber,
} from "./options.js";

describe("wholeNumber", () => {
  const parse = wholeNumber("--threads", 1);

  it("reads whole numbers from the least on", () => {
    expect([parse("1"), parse("007"), parse("16")]).toEqual([1, 7, 16]);
  });

  it.each(["0", "-1", "1.5", "1e3", "", " 1", "0x10", "abc", "99999999999999999999"])(
    "refuses %j",
    (text) => {
      expect(() => parse(text)).toThrow(
        new UsageError(`--threads takes a whole number of at least 1, not ${JSON.stringify(text)}.`),
      );
    },
  );
});

describe("words", () => {
  it("are taken as they are written", () => {
    expect(oneOf("--format", ["text", "json"])("json")).toBe("json");
    expect(() => oneOf("--format", ["text", "json"])("JSON")).toThrow(
      '--format takes one of text, json, not "JSON".',
    );
    expect(() => parseUnits("bit")).toThrow('--units takes one of nats, bits, not "bit".');
  });
});

describe("parseTop", () => {
  it("is a number or all", () => {
    expect(parseTop("3")).toBe(3);
    expect(parseTop("all")).toBe(Number.POSITIVE_INFINITY);
    expect(() => parseTop("0")).toThrow("--top takes a whole number of at least 1");
  });
});

describe("collectColumns", () => {
  it("reads a list, also with commas in names, and adds it to earlier ones", () => {
    expect(collectColumns("a, b", undefined)).toEqual(["a", "b"]);
    expect(collectColumns('"name, with comma",b', ["a"])).toEqual(["a", "name, with comma", "b"]);
  });

  it("keeps each name once", () => {
    expect(collectColumns("a,b,a", ["b"])).toEqual(["b", "a"]);
  });

  it.each(["", "a,,b", "a,", " "])("refuses %j", (text) => {
    expect(() => collectColumns(text, undefined)).toThrow("--columns takes names with commas between them");
  });
});

describe("chooseFormat", () => {
  it("is the one asked for, else by the ending, else text", () => {
    expect(chooseFormat("csv", "x.json")).toBe("csv");
    expect(chooseFormat(undefined, "a/x.JSON")).toBe("json");
    expect(chooseFormat(undefined, "x.parquet")).toBe("parquet");
    expect(chooseFormat(undefined, "x.txt")).toBe("text");
    expect(chooseFormat(undefined, "x.pq")).toBe("parquet");
    expect(chooseFormat(undefined, "x")).toBe("text");
    expect(chooseFormat(undefined, "a.b/x")).toBe("text");
    expect(chooseFormat(undefined, undefined)).toBe("text");
  });

  it.each(["m.xlsx", "m.tsv", "m.ndjson", "m.html", "m.", "m.constructor", "m.csv~", "run.2"])(
    "refuses an ending that names none: %s",
    (out) => {
      expect(() => chooseFormat(undefined, out)).toThrow(UsageError);
      expect(() => chooseFormat(undefined, out)).toThrow(
        /ending \..*end the name in \.txt, \.json, \.csv or \.parquet/,
      );
      expect(chooseFormat("csv", out)).toBe("csv");
    },
  );

  it.each(["m.csv.gz", "m.json.GZ", "m.zip", "m.parquet.zst"])("refuses to compress: %s", (out) => {
    expect(() => chooseFormat(undefined, out)).toThrow(
      /results are written as they are; leave out \.\w+ and/,
    );
  });
});

describe("checkReportName", () => {
  it("takes pages and names without an ending", () => {
    for (const name of ["r.html", "R.HTM", "report", "/dev/stdout"]) checkReportName(name);
    expect(() => checkReportName("r.pdf")).toThrow(
      "--report r.pdf: a report is a page; end its name in .html.",
    );
  });
});

describe("paths", () => {
  it("are not empty", () => {
    expect([parseFile("a"), parsePath("--out")("b")]).toEqual(["a", "b"]);
    expect(() => parseFile("")).toThrow(new UsageError("FILE is empty; name a table."));
    expect(() => parsePath("--out")("")).toThrow(new UsageError("--out is empty; name a file."));
  });
});
