import { describe, expect, test } from "vitest";
import { column, estimated, fakeEstimate, resultOf } from "../testing/samples.js";
import { estimateJson, matrixJson, toJson } from "./json.js";
import type { MatrixResult } from "./result.js";

const whole = (result: MatrixResult) => [...matrixJson(result)].join("");

describe("matrixJson", () => {
  const warning = { code: "few-samples", message: "n is 9." } as const;
  const result = resultOf([
    estimated("a", "b", 0.5, { interval: [0.4, 0.6], pValue: 0.01, n: 9, warnings: [warning] }),
    estimated("a", "c", 0.25, {
      interval: [0.2, 0.3],
      kinds: ["levels", "mixture"],
      entropies: [0.75, undefined],
      normalized: 1 / 3,
    }),
    { x: "b", y: 'c "\u2028</script>', error: "too few rows" },
  ]);

  test("has the shape of the contract and nothing else", () => {
    expect(JSON.parse(whole(result))).toStrictEqual({
      file: "data.csv",
      units: "nats",
      seed: 0,
      model: "fake 0123456789ab",
      pairs: [
        {
          x: "a",
          y: "b",
          mi: 0.5,
          interval: [0.4, 0.6],
          pValue: 0.01,
          qValue: null,
          n: 9,
          kinds: ["number", "number"],
          entropies: [null, null],
          normalized: null,
          warnings: [warning],
        },
        {
          x: "a",
          y: "c",
          mi: 0.25,
          interval: [0.2, 0.3],
          pValue: null,
          qValue: null,
          n: 100,
          kinds: ["levels", "mixture"],
          entropies: [0.75, null],
          normalized: 1 / 3,
          warnings: [],
        },
        { x: "b", y: 'c "\u2028</script>', error: "too few rows" },
      ],
    });
  });

  test("has one pair a line, for grep and diff", () => {
    const lines = whole(result).split("\n");
    expect(lines).toHaveLength(6);
    expect(JSON.parse(lines[1].replace(/,$/, ""))).toMatchObject({ x: "a", y: "b" });
    expect(lines[4]).toBe("]}");
  });

  test("is valid without pairs", () => {
    expect(JSON.parse(whole(resultOf([]))).pairs).toEqual([]);
  });
});

test("estimateJson has the same names, and the lower bound", async () => {
  const estimate = await fakeEstimate(
    column("a", [1, 2, 3, 4]),
    column("b", [2, 1, 4, 3], ["k", "l", "m", "n"]),
  );
  const head = { file: "t.csv", units: "bits", seed: 3, model: "m", x: "a", y: "b" } as const;
  const { mi, interval, n, kinds, normalized, warnings, lowerBound } = estimate;
  expect(JSON.parse(estimateJson(head, estimate))).toStrictEqual({
    ...head,
    mi,
    interval,
    pValue: null,
    lowerBound,
    n,
    kinds,
    entropies: [null, Math.log(4)],
    normalized,
    warnings,
  });
  expect(kinds).toEqual(["number", "levels"]);
});

test("toJson writes what cannot be seen as escapes, which mean the same", () => {
  const value = { "a\u202eb": "\u200b\u{e0041}\u009b \u{1f469}\u200d\u{1f52c}" };
  const text = toJson(value);
  expect(text).toBe('{"a\\u202eb":"\\u200b\\udb40\\udc41\\u009b \u{1f469}\u200d\u{1f52c}"}');
  expect(JSON.parse(text)).toEqual(value);
});
