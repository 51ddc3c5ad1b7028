import { describe, expect, test } from "vitest";
import { discrete, gaussian, histogram, kde, ksg, ross, type Variable } from "../classical/index.js";
import { InfoNetError } from "../errors.js";

const ESTIMATORS: Record<string, (x: Variable, y: Variable) => number> = { ksg, kde, histogram, gaussian };
const good = [1, 5, 2, 4, 3, 6];

/** Code and message of what a call throws. */
function thrown(call: () => unknown): [string, string] {
  try {
    call();
  } catch (error) {
    if (error instanceof InfoNetError) return [error.code, error.message];
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe.each(Object.entries(ESTIMATORS))("%s refuses", (_, estimate) => {
  test.each<[string, unknown, string, string]>([
    ["what is no array", 7, "not-a-number", "x is 7; pass an array of numbers."],
    ["nothing", undefined, "not-a-number", "x is undefined; pass an array of numbers."],
    [
      "strings",
      [1, "2", 3, 4, 5, 6],
      "not-a-number",
      'x has "2" at row 1; pass numbers only, NaN for missing values.',
    ],
    [
      "infinity",
      [1, 2, 3, 4, 5, -Infinity],
      "not-finite",
      "x has -Infinity at row 5; pass NaN if it is missing, or a finite value beyond all others.",
    ],
    [
      "other lengths",
      [1, 2, 3],
      "unequal-lengths",
      "x has 3 rows and y has 6; pass equally many, NaN for missing values.",
    ],
    [
      "a constant",
      [2, 2, 2, 2, 2, 2],
      "constant",
      "x is constant, 2, in the 6 rows used; a constant shares no information with anything. Leave it out.",
    ],
    [
      "a constant among columns",
      { data: good.flatMap((v) => [v, 1]), width: 2 },
      "constant",
      "column 1 of x is constant, 1, in the 6 rows used; a constant shares no information with anything. Leave it out.",
    ],
    ["a bad width", { data: good, width: 0 }, "invalid-option", "x.width is 0; pass a whole number from 1."],
    [
      "a width that does not fit",
      { data: good, width: 4 },
      "invalid-option",
      "x.data has 6 values, which are no whole rows of 4; pass the width of its rows.",
    ],
    [
      "data that are no array",
      { data: null, width: 1 },
      "not-a-number",
      "x.data is null; pass an array of numbers.",
    ],
  ])("%s", (_, x, code, message) => {
    expect(thrown(() => estimate(x as Variable, good))).toEqual([code, message]);
  });

  test("too few complete rows", () => {
    const [code, message] = thrown(() => estimate([1, Number.NaN, 3], [1, 2, Number.NaN]));
    expect(code).toBe("too-few-samples");
    expect(message).toMatch(
      /^x and y have 1 complete row of 3; at least \d are needed\. Collect more rows\.$/,
    );
  });
});

test.each<[string, () => unknown, string]>([
  ["k", () => ksg(good, good, { k: 0 }), "k is 0; pass a whole number from 1."],
  ["k", () => ross(good, good, { k: 1.5 }), "k is 1.5; pass a whole number from 1."],
  ["algorithm", () => ksg(good, good, { algorithm: 3 as 1 }), "algorithm is 3; pass 1 or 2."],
  ["noise", () => ksg(good, good, { noise: -1 }), "noise is -1; pass a number from 0."],
  ["noise", () => ksg(good, good, { noise: Number.NaN }), "noise is NaN; pass a number from 0."],
  ["seed", () => ksg(good, good, { seed: -1 }), "seed is -1; pass a whole number from 0 to 2^53 − 1."],
  [
    "normalScores",
    () => ksg(good, good, { normalScores: 1 as never }),
    "normalScores is 1; pass true or false.",
  ],
  ["units", () => ksg(good, good, { units: "bans" as "bits" }), 'units is "bans"; pass "nats" or "bits".'],
  ["units", () => discrete(good, good, { units: 1 as never }), 'units is 1; pass "nats" or "bits".'],
  [
    "correction",
    () => discrete(good, good, { correction: "yes" as "none" }),
    'correction is "yes"; pass "none", "miller-madow" or "chao-wang-jost".',
  ],
  [
    "bins",
    () => histogram(good, good, { bins: 0 }),
    'bins is 0; pass a whole number from 1, "freedman-diaconis", "equiprobable" or "adaptive".',
  ],
  [
    "bins",
    () => histogram(good, good, { bins: "many" as "adaptive" }),
    'bins is "many"; pass a whole number from 1, "freedman-diaconis", "equiprobable" or "adaptive".',
  ],
  ["count", () => histogram(good, good, { count: -1 }), "count is -1; pass a whole number from 1."],
  [
    "bandwidth",
    () => kde(good, good, { bandwidth: 0 }),
    'bandwidth is 0; pass "scott", "silverman" or numbers above 0.',
  ],
  [
    "bandwidth",
    () => kde(good, good, { bandwidth: "wide" as "scott" }),
    'bandwidth is "wide"; pass "scott", "silverman" or numbers above 0.',
  ],
  [
    "bandwidth",
    () => kde(good, good, { bandwidth: [1] }),
    "bandwidth has 1 numbers; pass one for each of the 2 columns.",
  ],
  [
    "bandwidth",
    () => kde(good, good, { bandwidth: [] }),
    "bandwidth has 0 numbers; pass one for each of the 2 columns.",
  ],
  ["method", () => kde(good, good, { method: "fft" as "grid" }), 'method is "fft"; pass "exact" or "grid".'],
  [
    "method",
    () => kde({ data: [1, 2, 3, 5], width: 2 }, [1, 2], { method: "grid" }),
    'method is "grid"; pass "exact" for variables of several columns.',
  ],
  [
    "leaveOneOut",
    () => kde(good, good, { leaveOneOut: "no" as never }),
    'leaveOneOut is "no"; pass true or false.',
  ],
  [
    "biasCorrection",
    () => gaussian(good, good, { biasCorrection: 0 as never }),
    "biasCorrection is 0; pass true or false.",
  ],
])("the option %s is checked", (_, call, message) => {
  expect(thrown(call)).toEqual(["invalid-option", message]);
});

test.each<[string, unknown, string, string]>([
  ["what is no list", 3, "not-a-number", "x is 3; pass an array of numbers or strings."],
  [
    "objects",
    [{}, "a"],
    "not-a-number",
    "x has an object at row 0; pass numbers or strings, NaN for missing values.",
  ],
  [
    "infinity",
    [1, Infinity],
    "not-finite",
    "x has Infinity at row 1; pass NaN if it is missing, or a string of your own as its category.",
  ],
  [
    "other lengths",
    ["a"],
    "unequal-lengths",
    "x has 1 row and y has 2; pass equally many, NaN for missing values.",
  ],
  [
    "no complete row",
    ["a", null],
    "too-few-samples",
    "x and y have 0 complete rows of 2; at least 1 is needed. Collect more rows.",
  ],
])("discrete refuses %s", (_, x, code, message) => {
  expect(thrown(() => discrete(x as string[], [Number.NaN, "b"]))).toEqual([code, message]);
});

test("ross names labels", () => {
  expect(thrown(() => ross(["a"], good))).toEqual([
    "unequal-lengths",
    "labels has 1 row and y has 6; pass equally many, NaN for missing values.",
  ]);
});
