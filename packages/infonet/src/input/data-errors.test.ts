import { expect, test } from "vitest";
import { InfoNetError } from "../errors.js";
import {
  requireAnyValues,
  requireEqualLengths,
  requireRows,
  requireValues,
  requireVariation,
  requireVaried,
} from "./data-errors.js";

const [one, two, three] = [[5], [5, 5], [5, 6, 5]].map((values) => Float64Array.from(values));
const none = new Float64Array(2).fill(Number.NaN);
const leave = "a constant shares no information with anything. Leave it out.";

test.each<[() => void, string, string]>([
  [
    () => requireEqualLengths({ name: "x", rows: 1 }, { name: "y", rows: 0 }),
    "unequal-lengths",
    "x has 1 row and y has 0; pass equally many, NaN for missing values.",
  ],
  [
    () => requireEqualLengths({ name: "X", rows: 12 }, { name: "Z", rows: 9 }),
    "unequal-lengths",
    "X has 12 rows and Z has 9; pass equally many, NaN for missing values.",
  ],
  [() => requireValues("a", 3, 3), "too-few-samples", "a has no values: all 3 are missing. Leave it out."],
  [
    () => requireAnyValues("Y", [none]),
    "too-few-samples",
    "Y has no values: all 2 are missing. Leave it out.",
  ],
  [
    () => requireAnyValues("Y", [two, none]),
    "too-few-samples",
    "column 1 of Y has no values: all 2 are missing. Leave it out.",
  ],
  [
    () => requireRows(["a", "b"], { complete: 7, total: 7 }, 8),
    "too-few-samples",
    "a and b have 7 rows; at least 8 are needed. Collect more rows.",
  ],
  [
    () => requireRows(["x", "y", "Z"], { complete: 1, total: 20 }, 8),
    "too-few-samples",
    "x, y and Z have 1 complete row of 20; at least 8 are needed. Collect more rows.",
  ],
  [
    () => requireRows(["x", "y"], { complete: 0, total: 0 }, 1),
    "too-few-samples",
    "x and y have 0 rows; at least 1 is needed. Collect more rows.",
  ],
  [() => requireVaried("x", [two]), "constant", `x is constant, 5, in the 2 rows used; ${leave}`],
  [() => requireVaried("x", [one]), "constant", `x is constant, 5, in the 1 row used; ${leave}`],
  [
    () => requireVaried("x", [Float64Array.of(1, 2), two]),
    "constant",
    `column 1 of x is constant, 5, in the 2 rows used; ${leave}`,
  ],
  [() => requireVariation("X", [two]), "constant", `X is constant in the 2 rows used; ${leave}`],
  [
    () => requireVariation("X", [two, two]),
    "constant",
    `all columns of X are constant in the 2 rows used; ${leave}`,
  ],
])("error %# names subject, value and remedy", (call, code, message) => {
  expect(call).toThrow(InfoNetError);
  expect(call).toThrow(expect.objectContaining({ code, message }));
});

test("data that will do are not refused", () => {
  requireEqualLengths({ name: "x", rows: 3 }, { name: "y", rows: 3 });
  requireValues("x", 2, 3);
  // A column without rows has other faults.
  requireValues("x", 0, 0);
  requireAnyValues("x", [three, one]);
  requireRows(["x", "y"], { complete: 8, total: 20 }, 8);
  requireVaried("x", [three]);
  requireVariation("x", [two.slice(), three]);
});
