import { describe, expect, test } from "vitest";
import { UsageError } from "../errors.js";
import { checkReportName, chooseFormat } from "./formats.js";

describe("chooseFormat", () => {
  test("is the one asked for, else by the ending, else text", () => {
    expect(chooseFormat("csv", "x.json")).toBe("csv");
    expect(chooseFormat(undefined, "a/x.JSON")).toBe("json");
    expect(chooseFormat(undefined, "x.parquet")).toBe("parquet");
    expect(chooseFormat(undefined, "x.txt")).toBe("text");
    expect(chooseFormat(undefined, "x.pq")).toBe("parquet");
    expect(chooseFormat(undefined, "x")).toBe("text");
    expect(chooseFormat(undefined, "a.b/x")).toBe("text");
    expect(chooseFormat(undefined, undefined)).toBe("text");
  });

  test.each(["m.xlsx", "m.tsv", "m.ndjson", "m.html", "m.", "m.constructor", "m.csv~", "run.2"])(
    "refuses an ending that names none: %s",
    (out) => {
      expect(() => chooseFormat(undefined, out)).toThrow(UsageError);
      expect(() => chooseFormat(undefined, out)).toThrow(
        /ending \..*end the name in \.txt, \.json, \.csv or \.parquet/,
      );
      expect(chooseFormat("csv", out)).toBe("csv");
    },
  );

  test.each(["m.csv.gz", "m.json.GZ", "m.zip", "m.parquet.zst"])("refuses to compress: %s", (out) => {
    expect(() => chooseFormat(undefined, out)).toThrow(
      /results are written as they are; leave out \.\w+ and/,
    );
  });
});

describe("checkReportName", () => {
  test("takes pages and names without an ending", () => {
    for (const name of ["r.html", "R.HTM", "report", "/dev/stdout"]) checkReportName(name);
    expect(() => checkReportName("r.pdf")).toThrow(
      "--report r.pdf: a report is a page; end its name in .html.",
    );
  });
});
