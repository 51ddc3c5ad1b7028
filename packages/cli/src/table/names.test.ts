import { describe, expect, test } from "vitest";
import { missingColumn, nearestColumn } from "./names.js";

const NAMES = ["Species", "Beak Length (mm)", "Body Mass (g)"];

describe("missingColumn", () => {
  test("names the nearest column and all columns", () => {
    expect(missingColumn("t.csv", NAMES, "body mass").message).toBe(
      't.csv has no column "body mass"; did you mean "Body Mass (g)"? Its columns: "Species", "Beak Length (mm)", "Body Mass (g)".',
    );
    expect(missingColumn("t.csv", NAMES, "xyz").message).toContain(
      't.csv has no column "xyz". Its columns: ',
    );
  });

  test("lists a dozen columns at most", () => {
    const many = Array.from({ length: 40 }, (_, k) => `column ${k}`);
    expect(missingColumn("t.csv", many, "?").message).toMatch(/"column 11" and 28 more\.$/);
  });
});

describe("nearestColumn", () => {
  test("minds neither case nor signs", () => {
    expect(nearestColumn(NAMES, "BEAK_LENGTH_MM")).toBe("Beak Length (mm)");
  });

  test("forgives typing errors", () => {
    expect(nearestColumn(NAMES, "Speices")).toBe("Species");
  });

  test("takes a part for the whole, but not a scrap", () => {
    expect(nearestColumn(NAMES, "beak")).toBe("Beak Length (mm)");
    expect(nearestColumn(NAMES, "e")).toBeUndefined();
    expect(nearestColumn(NAMES, "()")).toBeUndefined();
  });
});
