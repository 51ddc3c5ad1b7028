import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseRecord, quoteField } from "./record.js";

const fields = (text: string, delimiter?: string) => parseRecord(text, 0, delimiter).fields;

describe("parseRecord", () => {
  test("cuts at the delimiter", () => {
    expect(fields("a,b,,c")).toEqual(["a", "b", "", "c"]);
    expect(fields("a;b,c", ";")).toEqual(["a", "b,c"]);
    expect(fields("")).toEqual([""]);
  });

  test("keeps delimiters, quotes and line breaks inside quotes", () => {
    expect(fields('"a,b","say ""hi""","two\nlines"')).toEqual(["a,b", 'say "hi"', "two\nlines"]);
  });

  test("ends at any of the three line breaks and says where the next record begins", () => {
    expect(parseRecord("a,b\nc")).toEqual({ fields: ["a", "b"], end: 4 });
    expect(parseRecord("a,b\r\nc")).toEqual({ fields: ["a", "b"], end: 5 });
    expect(parseRecord("a,b\rc")).toEqual({ fields: ["a", "b"], end: 4 });
    expect(parseRecord("a\nb,c", 2)).toEqual({ fields: ["b", "c"], end: 5 });
  });

  test("loses nothing of files that quote badly", () => {
    expect(fields('"never closed,b')).toEqual(["never closed,b"]);
    expect(fields('"a"x,b')).toEqual(["ax", "b"]);
    expect(fields('5" pipe,b')).toEqual(['5" pipe', "b"]);
  });

  test("minds no blanks around quotes", () => {
    expect(fields('a, "b, c" ,d')).toEqual(["a", "b, c", "d"]);
    expect(fields(" a , b")).toEqual([" a ", " b"]);
  });

  test("says where a quote swallows lines", () => {
    expect(parseRecord('a,"b\nc\nd\n').trouble).toEqual({ field: 1, lines: 2, closed: false });
    expect(parseRecord('a,"b\nc"d,e\n').trouble).toEqual({ field: 1, lines: 1, closed: true });
    expect(parseRecord('a,"b\nc",e\n').trouble).toBeUndefined();
    expect(parseRecord('a,"b"c,e\n').trouble).toBeUndefined();
  });

  test("stops behind as many fields as are wanted", () => {
    expect(parseRecord("a,b,c,d,e\nf", 0, ",", 2)).toEqual({ fields: ["a", "b", "c"], end: 5 });
  });
});

describe("quoteField", () => {
  test("leaves plain text alone", () => {
    expect(quoteField("Body Mass (g)")).toBe("Body Mass (g)");
    expect(quoteField("a,b", ";")).toBe("a,b");
  });

  test("quotes what a reader would take apart", () => {
    expect(quoteField("a,b")).toBe('"a,b"');
    expect(quoteField('6"')).toBe('"6"""');
    expect(quoteField(" a")).toBe('" a"');
    expect(quoteField("a\rb")).toBe('"a\rb"');
  });

  test("is undone by parseRecord, whatever the fields hold", () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(",", ";", '"', "\n", "\r", " ", "a") }),
    );
    fc.assert(
      fc.property(
        fc.array(text, { minLength: 1 }),
        fc.constantFrom(",", ";", "\t", "|"),
        (row, delimiter) => {
          const record = row.map((field) => quoteField(field, delimiter)).join(delimiter);
          expect(parseRecord(`${record}\nnext`, 0, delimiter)).toEqual({
            fields: row,
            end: record.length + 1,
          });
        },
      ),
    );
  });
});
