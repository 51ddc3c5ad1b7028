import type { Warning } from "infonet";
import { expect, test } from "vitest";
import { warningText } from "./warnings.js";

const warning = (code: Warning["code"], message: string): Warning => ({ code, message });

test("what programs would be told is told to a reader, with what to press and the names of the columns", () => {
  const serial = warning(
    "serial-dependence",
    'rows depend, in x and in y. Say that the rows are a series (rows: "series", --series).',
  );
  const names = { x: "y", y: "x <b>" };
  const told = /^In y and in x <b>, .* Tick “Rows follow each other in time” above/;
  expect(warningText(serial, names)).toMatch(told);
  // Whoever has named the columns has not told what to press.
  expect(warningText(serial, names, true)).toMatch(told);
  const season = warning(
    "shared-season",
    "x and y both repeat every 12 rows; any two that do are dependent through the season. Take the mean of every phase off first (--deseason 12).",
  );
  expect(warningText(season, { x: "a", y: "b" })).toMatch(/^A and b both repeat .* in the file first\.$/);
});

test("names take the place of letters once, and not where a message has them already", () => {
  const missing = warning("missing", "what X and Y are beyond Z is little");
  expect(warningText(missing, { x: "z", y: "x", given: ["y", "w"] })).toBe(
    "What z and x are beyond y, w is little",
  );
  expect(warningText(warning("many-levels", "x has 40 levels"), { x: "b", y: "x" }, true)).toBe(
    "X has 40 levels",
  );
});
