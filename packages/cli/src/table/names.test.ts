import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editDistance, findColumn, nearestName } from "./names.js";

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

describe("nearestName", () => {
  it("minds neither case nor signs", () => {
    expect(nearestName(NAMES, "BEAK_LENGTH_MM")).toBe("Beak Length (mm)");
  });

  it("forgives typing errors", () => {
    expect(nearestName(NAMES, "Speices")).toBe("Species");
  });

  it("takes a part for the whole, but not a scrap", () => {
    expect(nearestName(NAMES, "beak")).toBe("Beak Length (mm)");
    expect(nearestName(NAMES, "e")).toBeUndefined();
    expect(nearestName(NAMES, "()")).toBeUndefined();
  });
});

describe("editDistance", () => {
  it("counts insertions, deletions and substitutions", () => {
    expect(editDistance("kitten", "sitting")).toBe(3);
    expect(editDistance("", "abc")).toBe(3);
  });

  it("is a distance", () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom("a", "b", "c") });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
        expect(editDistance(a, c)).toBeLessThanOrEqual(editDistance(a, b) + editDistance(b, c));
      }),
    );
  });
});
