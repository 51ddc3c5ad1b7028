import { describe, expect, it } from "vitest";
import { findColumn, nearestColumn } from "./names.js";

const NAMES = ["Species", "Beak Length (mm)", "Body Mass (g)"];

describe("findColumn", () => {
  it("gives the position", () => {
    expect(findColumn("t.csv", NAMES, "Body Mass (g)")).toBe(2);
  });

  it("names the nearest column and all columns if there is none", () => {
    expect(() => findColumn("t.csv", NAMES, "body mass")).toThrow(
      't.csv has no column "body mass"; did you mean "Body Mass (g)"? Its columns: "Species", "Beak Length (mm)", "Body Mass (g)".',
    );
    expect(() => findColumn("t.csv", NAMES, "xyz")).toThrow('t.csv has no column "xyz". Its columns: ');
  });

  it("lists a dozen columns at most", () => {
    const many = Array.from({ length: 40 }, (_, k) => `column ${k}`);
    expect(() => findColumn("t.csv", many, "?")).toThrow(/"column 11" and 28 more\.$/);
  });
});

describe("nearestColumn", () => {
  it("minds neither case nor signs", () => {
    expect(nearestColumn(NAMES, "BEAK_LENGTH_MM")).toBe("Beak Length (mm)");
  });

  it("forgives typing errors", () => {
    expect(nearestColumn(NAMES, "Speices")).toBe("Species");
  });

  it("takes a part for the whole, but not a scrap", () => {
    expect(nearestColumn(NAMES, "beak")).toBe("Beak Length (mm)");
    expect(nearestColumn(NAMES, "e")).toBeUndefined();
    expect(nearestColumn(NAMES, "()")).toBeUndefined();
  });
});
