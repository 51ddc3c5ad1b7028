import { describe, expect, test } from "vitest";
import { parseRecord } from "../table/record.js";
import { estimated, resultOf } from "../testing/samples.js";
import { matrixCsv, OUTPUT_COLUMNS, outputRows } from "./csv.js";

const result = resultOf(
  [
    estimated("a, b", 'say "x"', 0.1 + 0.2, {
      interval: [0.25, 0.5],
      pValue: 0.01,
      qValue: 0.02,
      warnings: [
        { code: "few-samples", message: "n is 9." },
        { code: "missing", message: "many" },
      ],
    }),
    estimated("a", "b", 0.25, {
      interval: [0.2, 0.3],
      kinds: ["levels", "mixture"],
      entropies: [0.5, undefined],
      normalized: 0.5,
    }),
    { x: "a", y: "c", error: "c is constant: every value is 1" },
  ],
  { units: "bits" },
);

const HEADER =
  "x,y,mi,low,high,units,p_value,q_value,n,warnings,error,x_kind,y_kind,x_entropy,y_entropy,normalized";
const whole = (given: typeof result) => [...matrixCsv(given)].join("");

describe("matrixCsv", () => {
  test("has a header and one quoted line a pair, empty where there is no value", () => {
    expect(whole(result).split("\n")).toEqual([
      HEADER,
      '"a, b","say ""x""",0.30000000000000004,0.25,0.5,bits,0.01,0.02,100,few-samples missing,,number,number,,,',
      "a,b,0.25,0.2,0.3,bits,,,100,,,levels,mixture,0.5,,0.5",
      "a,c,,,,bits,,,,,c is constant: every value is 1,,,,,",
      "",
    ]);
  });

  test("leaves names that a spreadsheet takes for a formula what they are, in quotes", () => {
    const names = ["=1+2", '=cmd|"/c calc"!A1', "+a", "-b", "@c"];
    const [, ...lines] = whole(resultOf(names.map((name) => estimated(name, "-0", 0.1))))
      .trimEnd()
      .split("\n");
    expect(lines[0].startsWith('"=1+2","-0",0.1,')).toBe(true);
    expect(lines.map((line) => parseRecord(line).fields[0])).toEqual(names);
  });

  test("can be read back", () => {
    const [header, first] = whole(result).split("\n");
    expect(parseRecord(header).fields).toEqual([...OUTPUT_COLUMNS]);
    expect(parseRecord(first).fields.slice(0, 3).map(String)).toEqual(["a, b", 'say "x"', String(0.1 + 0.2)]);
  });

  test("is only the header without pairs", () => {
    expect(whole(resultOf([]))).toBe(`${HEADER}\n`);
  });
});

test("outputRows: no warnings are an empty text, no numbers are null", () => {
  const [, plain, failed] = [...outputRows(result)];
  expect(plain).toMatchObject({ warnings: "", error: null, p_value: null });
  expect(failed).toMatchObject({ mi: null, n: null, warnings: null, x_kind: null, normalized: null });
});
