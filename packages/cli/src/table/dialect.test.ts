import { describe, expect, test } from "vitest";
import { detectDialect, renamedNotes, uniqueNames } from "./dialect.js";

describe("detectDialect", () => {
  test.each([",", ";", "\t", "|"])("finds the delimiter %j", (delimiter) => {
    const head = [
      ["x", "y", "z"],
      ["1", "2", "3"],
    ]
      .map((row) => row.join(delimiter))
      .join("\n");
    expect(detectDialect(head, false)).toMatchObject({ delimiter, names: ["x", "y", "z"] });
  });

  test("prefers two clean columns to prose with commas", () => {
    const head = "id;text\n1;one, two, three\n2;four\n3;five, six\n";
    expect(detectDialect(head, false)).toMatchObject({ delimiter: ";", names: ["id", "text"] });
  });

  test("takes decimal commas for part of the numbers", () => {
    expect(detectDialect("a;b\n1,5;2,5\n3,5;4,5\n", false).delimiter).toBe(";");
  });

  test("ignores delimiters inside quotes", () => {
    expect(detectDialect('a,b\n"1;2;3",4\n"5;6;7",8\n', false).delimiter).toBe(",");
  });

  test("takes a delimiter that is given, and a comma for a single column", () => {
    expect(detectDialect("a,b\n1,2\n", false, { delimiter: "\t" }).names).toEqual(["a,b"]);
    expect(detectDialect("value\n1\n2\n", false)).toMatchObject({ delimiter: ",", names: ["value"] });
  });

  test("does not let a record that is cut off count", () => {
    expect(detectDialect("a,b,c\n1,2,3\n4;5", true).delimiter).toBe(",");
  });

  test("knows a file without a header by its first record of numbers", () => {
    const dialect = detectDialect("1.5,-2e3,.5\n2,3,4\n", false);
    expect(dialect).toMatchObject({
      hasHeader: false,
      names: ["column1", "column2", "column3"],
      renamed: [],
    });
    expect(detectDialect("1.5,x\n", false).hasHeader).toBe(true);
    expect(detectDialect("2020,,\n", false).hasHeader).toBe(true);
  });
});

describe("uniqueNames", () => {
  test("trims names and names empty ones by position", () => {
    expect(uniqueNames([" a ", "", "b"])).toEqual({ names: ["a", "column2", "b"], renamed: [] });
  });

  test("numbers repeated names and tells", () => {
    expect(uniqueNames(["a", "a", "a"])).toEqual({
      names: ["a", "a_2", "a_3"],
      renamed: ["a → a_2", "a → a_3"],
    });
  });

  test("takes time in proportion to the names, however often one is repeated", () => {
    const raw = [...Array.from({ length: 50_000 }, () => "a"), "a_7", "a"];
    const { names, renamed } = uniqueNames(raw);
    expect(new Set(names).size).toBe(raw.length);
    expect(names.slice(5, 7)).toEqual(["a_6", "a_8"]);
    expect(renamedNotes(renamed)).toHaveLength(1);
  });

  test("never gives a name twice", () => {
    for (const raw of [
      ["a", "a_2", "a"],
      ["", "column1"],
      ["column2", ""],
      ["a", "a", "a_2", "a_2"],
    ]) {
      const { names } = uniqueNames(raw);
      expect(new Set(names).size, raw.join()).toBe(raw.length);
    }
    expect(uniqueNames(["a", "a_2", "a"]).names).toEqual(["a", "a_2", "a_3"]);
  });
});
