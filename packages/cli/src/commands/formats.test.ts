import { describe, expect, test } from "vitest";
import { UsageError } from "../errors.js";
import { checkReportName, chooseFormat, MATRIX_FORMATS, NETWORK_FORMATS } from "./formats.js";

describe("chooseFormat", () => {
  test("is the one asked for, else by the ending, else text", () => {
    expect(chooseFormat("csv", "x.json", MATRIX_FORMATS)).toBe("csv");
    expect(chooseFormat(undefined, "a/x.JSON", MATRIX_FORMATS)).toBe("json");
    expect(chooseFormat(undefined, "x.parquet", MATRIX_FORMATS)).toBe("parquet");
    expect(chooseFormat(undefined, "x.txt", MATRIX_FORMATS)).toBe("text");
    expect(chooseFormat(undefined, "x.pq", MATRIX_FORMATS)).toBe("parquet");
    expect(chooseFormat(undefined, "x", MATRIX_FORMATS)).toBe("text");
    expect(chooseFormat(undefined, "a.b/x", MATRIX_FORMATS)).toBe("text");
    expect(chooseFormat(undefined, undefined, MATRIX_FORMATS)).toBe("text");
  });

  test.each(["m.xlsx", "m.tsv", "m.ndjson", "m.html", "m.", "m.constructor", "m.csv~", "run.2"])(
    "refuses an ending that names none: %s",
    (out) => {
      expect(() => chooseFormat(undefined, out, MATRIX_FORMATS)).toThrow(UsageError);
      expect(() => chooseFormat(undefined, out, MATRIX_FORMATS)).toThrow(
        /ending \..*end the name in \.txt, \.json, \.csv or \.parquet/,
      );
      expect(chooseFormat("csv", out, MATRIX_FORMATS)).toBe("csv");
    },
  );

  test("an ending counts where the command has its format", () => {
    expect(chooseFormat(undefined, "links.graphml", NETWORK_FORMATS)).toBe("graphml");
    expect(() => chooseFormat(undefined, "links.graphml", MATRIX_FORMATS)).toThrow(/ending \.graphml/);
    expect(() => chooseFormat(undefined, "links.parquet", NETWORK_FORMATS)).toThrow(
      /end the name in \.txt, \.json, \.csv, \.graphml, \.gexf or \.cyjs/,
    );
  });

  test.each(["m.csv.gz", "m.json.GZ", "m.zip", "m.parquet.zst"])("refuses to compress: %s", (out) => {
    expect(() => chooseFormat(undefined, out, MATRIX_FORMATS)).toThrow(
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
