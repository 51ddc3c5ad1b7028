import { describe, expect, test } from "vitest";
import { findColumn, nearestColumn } from "./names.js";

const NAMES = ["Species", "Beak Length (mm)", "Body Mass (g)"];

describe("findColumn", () => {
  test("gives the position", () => {
    expect(findColumn("t.csv", NAMES, "Body Mass (g)")).toBe(2);
  });

  test("names the nearest column and all columns if there is none", () => {
    expect(() => findColumn("t.csv", NAMES, "body mass")).toThrow(
      't.csv has no column "body mass"; did you mean "Body Mass (g)"? Its columns: "Species", "Beak Length (mm)", "Body Mass (g)".',
    );
    expect(() => findColumn("t.csv", NAMES, "xyz")).toThrow('t.csv has no column "xyz". Its columns: ');
  });

  test("lists a dozen columns at most", () => {
    const many = Array.from({ length: 40 }, (_, k) => `column ${k}`);
    expect(() => findColumn("t.csv", many, "?")).toThrow(/"column 11" and 28 more\.$/);
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
