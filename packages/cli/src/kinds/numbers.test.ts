import { describe, expect, test } from "vitest";
import { readColumns } from "./decide.js";
import type { AskedKind, KindOptions } from "./types.js";

/** Reads one column of different texts. */
function read(texts: readonly string[], options: KindOptions = {}, asked?: AskedKind) {
  const [reading] = readColumns([{ texts, counts: texts.map(() => 1), asked }], options);
  if ("unusable" in reading) throw new Error(reading.unusable);
  return { ...reading, values: [...reading.values], notes: reading.notes.map(({ text }) => text) };
}

const valuesOf = (texts: readonly string[], options?: KindOptions) => read(texts, options).values;

describe("numbers", () => {
  test.each([
    [
      ["1", "-2.5", "+3e2", ".5", "1E-3", "7.", "1.5D+03"],
      [1, -2.5, 300, 0.5, 0.001, 7, 1500],
    ],
    [
      ["0,5", "-12,25", "1,5E+03", "1.234,5"],
      [0.5, -12.25, 1500, 1234.5],
    ],
    [
      ["1.098", "377", "12.000"],
      [1098, 377, 12000],
    ],
    [
      ["1.098", "377", "1200"],
      [1.098, 377, 1200],
    ],
    [
      ["1.098", "0.377", "1"],
      [1.098, 0.377, 1],
    ],
    [
      ["1.098", "2.377"],
      [1.098, 2.377],
    ],
    [
      ["1,098", "377", "12,000"],
      [1098, 377, 12000],
    ],
    [
      ["1,234,567.8", "9"],
      [1234567.8, 9],
    ],
    [
      ["1.234.567", "1.098", "9,5"],
      [1234567, 1098, 9.5],
    ],
    [
      ["12,34,567", "1,00,000.5"],
      [1234567, 100000.5],
    ],
    [
      ["1 234,5", "12 345 678", "9"],
      [1234.5, 12345678, 9],
    ],
    [
      ["1\u00a0234", "1\u202f234\u202f567", "1\u2009000"],
      [1234, 1234567, 1000],
    ],
    [
      ["1'234.5", "1\u2019000", "1_000_000"],
      [1234.5, 1000, 1000000],
    ],
    [
      ["5%", "7.5 %"],
      [5, 7.5],
    ],
    [
      ["$1,098.00", "-$5", "($7.50)"],
      [1098, -5, -7.5],
    ],
    [
      ["1.098,50 €", "€ 5", "-3 €"],
      [1098.5, 5, -3],
    ],
    [
      ["$ (1,000.00)", "$ 5"],
      [-1000, 5],
    ],
    [
      ["\u0661\u0662", "\u06f5", "\uff11.\uff15"],
      [12, 5, 1.5],
    ],
    [
      ["'12'", '="007"', '"5"'],
      [12, 7, 5],
    ],
    [
      ["CHF 1'000.50", "CHF 2"],
      [1000.5, 2],
    ],
    [
      ["5 kg", "7.5kg"],
      [5, 7.5],
    ],
    [
      ["1 day", "2 days"],
      [1, 2],
    ],
    [
      ["(0.27)", "0.3"],
      [-0.27, 0.3],
    ],
    [
      ["\u22120.27", "\u20131", "3-"],
      [-0.27, -1, -3],
    ],
    [
      ["<0.5", "≤1", "> 3", "0.7"],
      [0.5, 1, 3, 0.7],
    ],
    [
      ["1.5 × 10^3", "2x10-2", "3"],
      [1500, 0.02, 3],
    ],
    [
      ["inf", "-Infinity", "1"],
      [Infinity, -Infinity, 1],
    ],
  ] as [string[], number[]][])("%j", (texts, expected) => {
    expect(read(texts)).toMatchObject({ kind: "number", values: expected });
  });

  test("of one file have one decimal mark", () => {
    const [a, b] = readColumns([
      { texts: ["1.677", "2.361"], counts: [1, 1] },
      { texts: ["796,3", "1,5"], counts: [1, 1] },
    ]) as { values: Float64Array }[];
    expect([...a.values]).toEqual([1677, 2361]);
    expect([...b.values]).toEqual([796.3, 1.5]);
    const [c] = readColumns([{ texts: ["1.677", "2.361"], counts: [1, 1] }], { seen: ["."] }) as (typeof a)[];
    expect([...c.values]).toEqual([1.677, 2.361]);
  });

  test("follow what the user says, and tell what is a guess", () => {
    expect(valuesOf(["1.098", "377"], { decimal: "." })).toEqual([1.098, 377]);
    expect(valuesOf(["1,098", "2,377"], { decimal: "," })).toEqual([1.098, 2.377]);
    expect(valuesOf(["1,098", "2,377"], { delimiter: ";" })).toEqual([1.098, 2.377]);
    expect(read(["1.098", "377"]).notes).toEqual([
      '"1.098" is read as 1098; --decimal point reads it otherwise',
    ]);
    expect(read(["1,098", "377"], { delimiter: "," }).notes).toEqual([]);
  });

  test("with thousands and millions behind some of them are multiplied", () => {
    const { values, notes } = read(["5k", "7.5k", "1M", "800"]);
    expect(values).toEqual([5000, 7500, 1e6, 800]);
    expect(notes).toEqual(["read with k for 1\u202f000, M for 1\u202f000\u202f000"]);
    expect(read(["300 K", "310 K"]).values).toEqual([300, 310]);
  });

  test("are no codes of digits and letters", () => {
    expect(read(["1e5", "2e3", "4a1", "4b7"], {}, "category").levels).toHaveLength(4);
    expect(() => read(["1e5", "2e3", "4a1", "4b7"])).toThrow("identifier");
    expect(read(["12 m2", "13 m2"]).values).toEqual([12, 13]);
  });

  test("with commas between fields too tell that a comma is taken for one of decimals", () => {
    expect(read(["1,2", "3", "2"], { delimiter: "," }).notes).toEqual([
      'read with decimal commas (such as "1,2"); --categorical takes the texts as they are',
    ]);
    expect(read(["1,2", "3", "2"], { delimiter: ";" }).notes).toEqual([]);
  });

  test("are none where all that there is means missing", () => {
    expect(() => read(["?"])).toThrow("has no values (all missing)");
  });

  test("with units of several kinds cannot be compared", () => {
    expect(() => read(["5 kg", "300 g", "2 kg"])).toThrow(
      "holds numbers with different units (kg, g); write them all in one",
    );
    expect(() => read(["5%", "0.5", "7%"])).toThrow(
      "holds numbers with % and 1 without; write them all in one way",
    );
    expect(read(["1a", "1b", "2a", "2b"], {}, "category").kind).toBe("category");
  });

  test("of any length keep their order", () => {
    const texts = ["100000000000000072", "100000000000000071", "100000000000000200"];
    expect(valuesOf(texts)).toEqual([1, 0, 129]);
    expect(valuesOf(["9".repeat(30), "9".repeat(29) + "8", "5"])).toEqual([2, 1, 0]);
  });

  test("are not what only begins like one", () => {
    for (const texts of [
      ["12 34", "1 2"],
      ["1.2.3", "1.2.4"],
      ["1,2,3", "4,5,6"],
      ["1-2", "3-4"],
    ]) {
      expect(read(texts, {}, "category").kind, texts[0]).toBe("category");
      expect(() => read([...texts, "x y"]), texts[0]).toThrow("all different");
    }
  });
});

describe("missing words", () => {
  test("beside numbers are missing, and told but for the plainest", () => {
    const texts = [
      "1",
      "2",
      "?",
      "-",
      ".",
      "None",
      "#N/A",
      "\\N",
      "<NA>",
      "NaT",
      "unknown",
      "*",
      "#DIV/0!",
      "NA",
    ];
    const { kind, values, notes } = read(texts);
    expect(kind).toBe("number");
    expect(values).toEqual([1, 2, ...texts.slice(2).map(() => Number.NaN)]);
    expect(notes).toEqual(['"?", "-", "." and 8 more in 11 rows count as missing']);
    expect(read(["1", "NA", "n/a", "NaN", "null"]).notes).toEqual([]);
  });

  test("are those that the user says", () => {
    expect(valuesOf(["1", "-999", "2"], { missing: ["-999"] })).toEqual([1, Number.NaN, 2]);
    const kept = read(["a", "NA", "null"], { missing: [] }, "category");
    expect(kept).toMatchObject({ levels: ["NA", "a", "null"], notes: [] });
  });

  test("among levels are missing, unless the levels are spelt like them", () => {
    const levels = (...texts: string[]) => read(texts, {}, "category").levels;
    expect(levels("MALE", "FEMALE", "NA")).toEqual(["FEMALE", "MALE"]);
    expect(levels("M", "F", "NA", "?", "#N/A")).toEqual(["F", "M"]);
    expect(levels("DE", "NA", "FR")).toEqual(["DE", "FR", "NA"]);
    expect(levels("Smith", "Null", "Lee")).toEqual(["Lee", "Null", "Smith"]);
    expect(levels("+", "-")).toEqual(["+", "-"]);
    expect(levels("none", "mild", "unknown")).toEqual(["mild", "none", "unknown"]);
  });
});

describe("levels with an order", () => {
  test("are numbers from 1", () => {
    const asked = { ordered: ["low", "mid", "high"] };
    expect(read(["high", "low", "mid", "?"], {}, asked)).toMatchObject({
      kind: "number",
      values: [3, 1, 2, Number.NaN],
      notes: ["levels in order, from 1 (low) to 3 (high)"],
    });
    expect(() => read(["high", "Low", "mid"], {}, asked)).toThrow(
      'has no "low", which --ordered names; what it has besides: "Low"',
    );
  });
});
